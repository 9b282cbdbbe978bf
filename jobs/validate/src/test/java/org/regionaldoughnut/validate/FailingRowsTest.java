package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.validate.Frames.batch;
import static org.regionaldoughnut.validate.Frames.check;
import static org.regionaldoughnut.validate.Frames.error;
import static org.regionaldoughnut.validate.Frames.failing;
import static org.regionaldoughnut.validate.Frames.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.QualityRule.Action;

@ExtendWith(SparkTest.class)
class FailingRowsTest {
    private static final String KEY = "IsPrimaryKey \"region\" \"flow\" \"period\"";

    @Test
    void allRowsOfAKeyWithDifferentValuesFail(SparkSession spark) {
        try (GateResult result = check(
                spark,
                List.of(error(KEY, Action.REMOVE)),
                batch(
                        spark,
                        "b1",
                        row(2, "UKL", "export", "2019", 1.0),
                        row(3, "UKL", "export", "2019", 2.0),
                        row(4, "UKM", "export", "2019", 1.0)))) {
            assertThat(failing(result))
                    .containsExactly(
                            "2 removed: key (UKL, export, 2019) stands in 2 rows, also in line 3 of f.csv, with other"
                                    + " values",
                            "3 removed: key (UKL, export, 2019) stands in 2 rows, also in line 2 of f.csv, with other"
                                    + " values");
            assertThat(result.outcomes().get(0).failingRows()).isEqualTo(2);
        }
    }

    @Test
    void ofEqualRowsTheFirstStays(SparkSession spark) {
        try (GateResult result = check(
                spark,
                List.of(error(KEY, Action.REMOVE)),
                batch(
                        spark,
                        "b1",
                        row(7, "UKL", "export", "2019", null),
                        row(3, "UKL", "export", "2019", null),
                        row(5, "UKL", "export", "2019", null)))) {
            assertThat(failing(result)).extracting(m -> m.substring(0, 9)).containsExactly("5 removed", "7 removed");
            assertThat(failing(result).get(0)).endsWith("also in line 3 of f.csv, with the same values");
            assertThat(result.accepted("t1", "b1")).isTrue();
        }
    }

    @Test
    void theSameKeyInAnotherBatchIsNoDuplicate(SparkSession spark) {
        Object[] wales = row(2, "UKL", "export", "2019", 1.0);
        try (GateResult result =
                check(spark, List.of(error(KEY)), batch(spark, "b1", wales), batch(spark, "b2", wales))) {
            assertThat(result.outcomes()).extracting(Outcome::state).containsOnly(Outcome.State.PASSED);
        }
    }

    @Test
    void aRowThatLacksAPartOfTheKeyFails(SparkSession spark) {
        try (GateResult result = check(
                spark,
                List.of(error(KEY)),
                batch(spark, "b1", row(2, "UKL", null, null, 1.0), row(3, "UKL", "export", "2019", 1.0)))) {
            assertThat(failing(result)).containsExactly("2 batch_stopped: flow, period is missing: a part of the key");
        }
    }

    @Test
    void aKeyIsJudgedAmongTheRowsThatMeetItsCondition(SparkSession spark) {
        try (GateResult result = check(
                spark,
                List.of(error("IsUnique \"region\" where \"flow = 'export'\"")),
                batch(
                        spark,
                        "b1",
                        row(2, "UKL", "export", "2019", 1.0),
                        row(3, "UKL", "import", "2019", 2.0),
                        row(4, "UKM", "export", "2019", 1.0),
                        row(5, "UKM", "export", "2018", 1.0)))) {
            assertThat(failing(result)).extracting(m -> m.charAt(0)).containsExactly('4', '5');
        }
    }

    /** So many rows are not gathered in one place first. */
    private static final int MANY = 21_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void verdictsAreTheSameOnAnyPartitioning(int partitions, SparkSession spark) {
        Object[][] all = IntStream.range(0, MANY)
                .mapToObj(i -> row(
                        i,
                        "R" + i % (MANY - 10),
                        i % 4000 == 7 ? "transit" : "export",
                        "2019",
                        i % 5000 == 3 ? -1.0 * i : i))
                .toArray(Object[][]::new);
        Dataset<Row> rows = Frames.rows(spark, "b1", all);
        Dataset<Row> shuffled = partitions == 1 ? rows.coalesce(1) : rows.repartition(partitions, rows.col("value"));
        List<QualityRule> rules = List.of(
                error("ColumnValues \"value\" >= 0", Action.REMOVE),
                error("ColumnValues \"flow\" in [\"export\", \"import\"]", Action.FLAG),
                error("IsUnique \"region\"", Action.REMOVE));
        try (GateResult result = check(spark, rules, new BatchRows("t1", "b1", List.of(), shuffled));
                Slices slices = Slices.open(spark, List.of(new BatchRows("t1", "b1", List.of(), shuffled)))) {
            assertThat(slices.rows().rdd().getNumPartitions()).isEqualTo(partitions);
            assertThat(result.outcomes()).extracting(Outcome::failingRows).containsExactly(5L, 6L, 20L);
            assertThat(linesOf(result, 0)).containsExactlyElementsOf(lines(i -> i % 5000 == 3));
            assertThat(linesOf(result, 1)).containsExactlyElementsOf(lines(i -> i % 4000 == 7));
            assertThat(linesOf(result, 2)).containsExactlyElementsOf(lines(i -> i < 10 || i >= MANY - 10));
        }
    }

    private static List<Long> linesOf(GateResult result, int rule) {
        String text = result.outcomes().get(rule).rule().rule();
        return result.failing().collectAsList().stream()
                .filter(r -> r.getAs("rule").equals(text))
                .map(r -> r.<Long>getAs("line"))
                .sorted()
                .toList();
    }

    private static List<Long> lines(IntPredicate failing) {
        return IntStream.range(0, MANY).filter(failing).mapToObj(i -> (long) i).toList();
    }

    /** Where Deequ fails a rule rows must be named, and where it passes one none would be. */
    @Test
    void rowVerdictsAgreeWithDeequ(SparkSession spark) {
        List<QualityRule> rules = Stream.of(
                        "ColumnValues \"value\" > 1",
                        "ColumnValues \"value\" < 9",
                        "ColumnValues \"value\" <= 9",
                        "ColumnValues \"value\" = 5",
                        "ColumnValues \"value\" != 5",
                        "ColumnValues \"value\" between 1 and 9",
                        "ColumnValues \"value\" not between 1 and 9",
                        "ColumnValues \"value\" in [1, 5]",
                        "ColumnValues \"value\" not in [1, 5]",
                        "ColumnValues \"value\" = NULL",
                        "ColumnValues \"value\" != NULL",
                        "ColumnValues \"value\" in [5, NULL]",
                        "ColumnValues \"value\" not in [5, NULL]",
                        "ColumnValues \"flow\" = \"it's\"",
                        "ColumnValues \"flow\" != \"it's\"",
                        "ColumnValues \"flow\" in [\"export\", NULL]",
                        "ColumnValues \"flow\" not in [\"export\", NULL]",
                        "ColumnValues \"flow\" in [\"export\", EMPTY]",
                        "ColumnValues \"flow\" not in [EMPTY]",
                        "ColumnValues \"flow\" not in [WHITESPACES_ONLY]",
                        "ColumnValues \"flow\" matches \"ex|export|it.*\"",
                        "ColumnValues \"flow\" matches \"\\w+\"",
                        "ColumnValues \"flow\" not matches \"export\"",
                        "ColumnLength \"flow\" > 0",
                        "ColumnLength \"flow\" <= 6",
                        "ColumnLength \"flow\" = 6",
                        "ColumnLength \"flow\" between 1 and 7",
                        "ColumnValues \"period\" > \"2019-01-01\"",
                        "ColumnValues \"period\" between \"2018-12-31\" and \"2019-12-31\"",
                        "ColumnValues \"period\" not in [\"2019-05-05\"]",
                        "ColumnValues \"period\" not between \"2019-01-01\" and \"2019-12-31\"",
                        "ColumnValues \"period\" != \"2019-05-05\"",
                        "ColumnValues \"period\" in [\"2019-05-05\", \"2018-01-01\"]",
                        "ColumnLength \"flow\" in [4, 6]",
                        "ColumnLength \"flow\" != 4",
                        "IsComplete \"flow\"",
                        "IsUnique \"flow\"",
                        "IsPrimaryKey \"flow\"")
                .map(Frames::error)
                .toList();
        List<BatchRows> batches = batchesOfEveryKind(spark);
        List<Integer> every = IntStream.range(0, batches.size()).boxed().toList();
        Map<Integer, List<Integer>> failed = new TreeMap<>();
        try (GateResult result = check(spark, rules, batches.toArray(BatchRows[]::new));
                Slices slices = Slices.open(spark, batches)) {
            for (int i = 0; i < result.outcomes().size(); i++) {
                Outcome outcome = result.outcomes().get(i);
                assertThat(outcome.state()).as(outcome.toString()).isNotEqualTo(Outcome.State.ERROR);
                if (outcome.state() == Outcome.State.FAILED) {
                    failed.computeIfAbsent(i % rules.size(), r -> new ArrayList<>())
                            .add(i / rules.size());
                }
            }
            Map<Integer, List<Integer>> asked = new TreeMap<>();
            IntStream.range(0, rules.size()).forEach(rule -> asked.put(rule, every));
            Map<Integer, List<Integer>> named = new TreeMap<>();
            new FailingRows(slices.rows(), Slices.COLUMN, References.none(), Map.of())
                    .of(Ruleset.of(rules, batches).parsed(), asked)
                    .orElseThrow()
                    .select(FailingRows.RULE, Slices.COLUMN)
                    .distinct()
                    .orderBy(FailingRows.RULE, Slices.COLUMN)
                    .collectAsList()
                    .forEach(row -> named.computeIfAbsent(row.getInt(0), r -> new ArrayList<>())
                            .add(row.getInt(1)));
            SoftAssertions.assertSoftly(all -> {
                for (int rule = 0; rule < rules.size(); rule++) {
                    all.assertThat(named.get(rule)).as(rules.get(rule).rule()).isEqualTo(failed.get(rule));
                }
            });
        }
    }

    private static List<BatchRows> batchesOfEveryKind(SparkSession spark) {
        Double[] values = {1.0, 5.0, 9.0, null, -3.0};
        String[] flows = {"export", "it's", null, "", "  "};
        String[] periods = {"2019-05-05", "2018-01-01", null, "2020-02-02", "2019-05-05"};
        List<BatchRows> batches = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            batches.add(batch(spark, "b" + i, row(1, "UKL", flows[i], periods[i], values[i])));
        }
        Object[][] all = IntStream.range(0, values.length)
                .mapToObj(i -> row(i, "UKL", flows[i], periods[i], values[i]))
                .toArray(Object[][]::new);
        batches.add(batch(spark, "all", all));
        return batches;
    }
}
