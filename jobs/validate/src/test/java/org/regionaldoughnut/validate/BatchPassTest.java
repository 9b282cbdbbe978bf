package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.validate.Frames.batch;
import static org.regionaldoughnut.validate.Frames.error;
import static org.regionaldoughnut.validate.Frames.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.office.QualityRule;

/** Asking about all batches at once gives what Deequ gives about each alone. */
@ExtendWith(SparkTest.class)
class BatchPassTest {
    private static final List<QualityRule> RULES = List.of(
            error("RowCount > 3"),
            error("RowCount > 1 where \"flow = 'export'\""),
            error("Completeness \"value\" > 0.7"),
            error("IsComplete \"flow\""),
            error("Uniqueness \"region\" > 0.9"),
            error("UniqueValueRatio \"region\" > 0.9"),
            error("IsUnique \"region\""),
            error("IsPrimaryKey \"region\" \"flow\""),
            error("Mean \"value\" > 3"),
            error("Sum \"value\" > 10"),
            error("StandardDeviation \"value\" > 1"),
            error("ColumnLength \"flow\" = 6"),
            error("ColumnValues \"value\" between 0 and 6"),
            error("ColumnValues \"flow\" matches \"ex.*\""),
            error("Entropy \"flow\" > 0.1"),
            error("DistinctValuesCount \"region\" > 1"));

    private static List<BatchRows> batches(SparkSession spark) {
        List<BatchRows> batches = new ArrayList<>();
        for (int b = 0; b < 4; b++) {
            int number = b;
            batches.add(batch(
                    spark,
                    "b" + b,
                    IntStream.range(0, 3 + 2 * b)
                            .mapToObj(i -> row(
                                    i,
                                    "R" + i % (2 + number),
                                    i % 3 == 0 ? "export" : i % 3 == 1 ? "import" : null,
                                    "2019",
                                    i % 4 == 3 ? null : 1.5 * i + number))
                            .toArray(Object[][]::new)));
        }
        return batches;
    }

    @Test
    void manyBatchesAtOnceAreJudgedAsEachAlone(SparkSession spark) {
        List<BatchRows> batches = batches(spark);
        List<String> alone = new ArrayList<>();
        List<Double> figures = new ArrayList<>();
        for (BatchRows batch : batches) {
            List<Answer> answers = new DeequPass(
                            Slices.open(spark, List.of(batch)).rows())
                    .ask(RULES.stream()
                            .map(rule -> {
                                try {
                                    return ParsedRule.of(rule).dqdl();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            })
                            .toList());
            answers.forEach(answer -> alone.add(answer.state().word()));
            answers.forEach(answer -> figures.add(answer.observed().orElse(-1)));
        }
        try (GateResult together = Frames.check(spark, RULES, batches.toArray(BatchRows[]::new))) {
            for (int i = 0; i < alone.size(); i++) {
                Outcome outcome = together.outcomes().get(i);
                if (outcome.rule().rule().startsWith("IsPrimaryKey")) {
                    continue; // Deequ does not look at missing parts of a key, the gate does
                }
                assertThat(outcome.state().word()).as(outcome.toString()).isEqualTo(alone.get(i));
                assertThat(outcome.observed().orElse(-1))
                        .as(outcome.toString())
                        .isCloseTo(figures.get(i), within(1e-12));
            }
        }
    }

    @Test
    void metricsOfAllBatchesComeFromTheirStates(SparkSession spark) {
        List<BatchRows> batches = batches(spark);
        try (GateResult apart = Frames.check(spark, RULES, batches.toArray(BatchRows[]::new));
                GateResult whole = Frames.check(
                        spark,
                        RULES,
                        new BatchRows(
                                "t1",
                                "all",
                                List.of(),
                                batches.stream()
                                        .map(BatchRows::rows)
                                        .reduce(org.apache.spark.sql.Dataset::union)
                                        .orElseThrow()))) {
            List<Metric> merged = KeptState.merged(apart.states(), Frames.CLOCK.instant());
            for (String name : List.of("Size", "Completeness", "Mean", "Sum", "StandardDeviation")) {
                assertThat(named(merged, name)).as(name).isCloseTo(named(whole.metrics(), name), within(1e-9));
            }
            assertThat(merged).extracting(Metric::batch).containsOnly("_T");
        }
    }

    private static double named(List<Metric> metrics, String name) {
        return metrics.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
