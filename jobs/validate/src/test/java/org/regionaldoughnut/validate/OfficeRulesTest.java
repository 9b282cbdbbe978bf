package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.validate.Frames.batch;
import static org.regionaldoughnut.validate.Frames.error;
import static org.regionaldoughnut.validate.Frames.failing;
import static org.regionaldoughnut.validate.Frames.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.QualityRule.Action;

/** The rules a statistics office needs and Deequ lacks. */
@ExtendWith(SparkTest.class)
class OfficeRulesTest {
    private static final List<String> KEY = List.of("region", "flow", "period");

    @TempDir
    static Path codelists;

    @BeforeAll
    static void writeCodelists() throws IOException {
        Files.writeString(
                codelists.resolve("areas.csv"),
                "code,level,parent\nUK,country,\nE,nation,UK\nW,nation,UK\nS,nation,UK\nW1,county,W\nW2,county,W\n");
        Files.writeString(
                codelists.resolve("labels.csv"),
                "received,code,parent\nAll trade,_T,\nSold,export,_T\nBought,import,_T\n");
    }

    private static GateResult check(SparkSession spark, References references, QualityRule rule, BatchRows... batches) {
        return new Gate(spark, Frames.CLOCK, references).check("trade", KEY, List.of(rule), Arrays.asList(batches));
    }

    private static GateResult check(SparkSession spark, QualityRule rule, BatchRows... batches) {
        return check(spark, References.of(Codelists.in(codelists)), rule, batches);
    }

    private static Object[] value(int line, String region, Double value) {
        return row(line, region, "export", "2019", value);
    }

    @Test
    void aTotalThatDiffersFromTheSumOfItsPartsIsNamed(SparkSession spark) {
        QualityRule rule = error("Reconciliation \"value\" \"region\" \"areas\" <= 0.5", Action.FLAG);
        try (GateResult result = check(
                spark,
                rule,
                batch(
                        spark,
                        "good",
                        value(1, "UK", 100.4),
                        value(2, "E", 60.0),
                        value(3, "W", 30.0),
                        value(4, "S", 10.0)),
                batch(
                        spark,
                        "bad",
                        value(1, "UK", 100.0),
                        value(2, "E", 60.0),
                        value(3, "W", 30.0),
                        value(4, "S", 9.0),
                        value(5, "W1", 10.0),
                        value(6, "W2", 20.0)),
                batch(
                        spark,
                        "gap",
                        value(1, "UK", 100.0),
                        value(2, "E", 60.0),
                        value(3, "W", null),
                        value(4, "S", 9.0)))) {
            assertThat(result.outcomes())
                    .extracting(o -> o.state().word())
                    .containsExactly("passed", "failed", "passed");
            assertThat(result.outcomes().get(1).message())
                    .isEqualTo("1 of 2 rows fail. The worst measure is 1, expected <= 0.5.");
            assertThat(result.outcomes().get(2).message()).isEqualTo("No rows to compare.");
            assertThat(failing(result))
                    .containsExactly(
                            "1 flagged: value of UK is 100.0, the sum of its 3 parts is 99.0: 1.0, expected <= 0.5");
        }
    }

    @Test
    void receivedTextsAreReconciledThroughTheirCodes(SparkSession spark) {
        try (GateResult result = check(
                spark,
                error("ReconciliationRatio \"value\" \"flow\" \"labels\" between 0.99 and 1.01"),
                batch(
                        spark,
                        "b1",
                        row(1, "UK", "All trade", "2019", 100.0),
                        row(2, "UK", "Sold", "2019", 70.0),
                        row(3, "UK", "Bought", "2019", 20.0)))) {
            assertThat(failing(result))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("value of _T is 100.0", "2 parts is 90.0");
        }
    }

    @Test
    void anEquationThatDoesNotBalanceNamesItsLeftSide(SparkSession spark) {
        try (GateResult result = check(
                spark,
                error("Balance \"value\" \"flow\" \"net = export - import\" <= 0.1"),
                batch(
                        spark,
                        "b1",
                        row(1, "E", "net", "2019", 5.0),
                        row(2, "E", "export", "2019", 15.0),
                        row(3, "E", "import", "2019", 10.0),
                        row(4, "W", "net", "2019", 6.0),
                        row(5, "W", "export", "2019", 15.0),
                        row(6, "W", "import", "2019", 10.0)))) {
            assertThat(failing(result))
                    .containsExactly("4 batch_stopped: net is 6.0, by net = export - import it would be 5.0: 1.0,"
                            + " expected <= 0.1");
        }
    }

    @Test
    void aQuotientOutsideItsBoundsIsNamedAndNothingByNothingIsNot(SparkSession spark) {
        QualityRule rule = error("CodeRatio \"value\" \"flow\" \"export / import\" between 0.5 and 2");
        try (GateResult result = check(
                spark,
                rule,
                batch(
                        spark,
                        "b1",
                        row(1, "E", "export", "2019", 30.0),
                        row(2, "E", "import", "2019", 10.0),
                        row(3, "W", "export", "2019", 0.0),
                        row(4, "W", "import", "2019", 0.0),
                        row(5, "S", "export", "2019", 3.0),
                        row(6, "S", "import", "2019", 0.0)))) {
            assertThat(failing(result))
                    .containsExactly(
                            "1 batch_stopped: export is 30.0, import is 10.0: 3.0, expected between 0.5 and 2",
                            "5 batch_stopped: export is 3.0, import is 0.0: no quotient, expected between 0.5 and 2");
        }
        try (GateResult result =
                check(spark, error("ColumnRatio \"value\" \"line\" < 2"), batch(spark, "b1", value(2, "E", 5.0)))) {
            assertThat(failing(result)).containsExactly("2 batch_stopped: value is 5.0, line is 2: 2.5, expected < 2");
        }
    }

    @Test
    void aChangeFromPeriodToPeriodIsJudgedAgainstTheYearBeforeOnly(SparkSession spark) {
        try (GateResult result = check(
                spark,
                error("PeriodChange \"value\" between -0.5 and 0.5", Action.REMOVE),
                batch(
                        spark,
                        "b1",
                        row(1, "E", "export", "2017", 100.0),
                        row(2, "E", "export", "2018", 180.0),
                        row(3, "W", "export", "2015", 1.0),
                        row(4, "W", "export", "2019", 100.0)))) {
            assertThat(failing(result))
                    .containsExactly(
                            "2 removed: value is 180.0 after 100.0 in 2017: 0.8, expected between -0.5 and 0.5");
            assertThat(result.accepted("t1", "b1")).isTrue();
        }
    }

    @Test
    void aCodeOutsideTheCodelistIsNamed(SparkSession spark) {
        QualityRule rule = error("ReferentialIntegrity \"region\" \"areas[level=nation].code\" = 1.0", Action.REMOVE);
        try (GateResult result =
                check(spark, rule, batch(spark, "b1", value(1, "E", 1.0), value(2, "UK", 1.0), value(3, null, 1.0)))) {
            assertThat(failing(result))
                    .containsExactly("2 removed: region is UK, expected a code of areas[level=nation].code");
        }
    }

    @Test
    void expectedRegionsAndPeriodsThatAreNotThereAreTold(SparkSession spark) {
        QualityRule rule =
                error("ExpectedCoverage \"region\" \"areas[level=nation].code\" \"period\" \"2018..2019\" >= 0.9");
        try (GateResult result = check(
                spark,
                rule,
                batch(
                        spark,
                        "b1",
                        row(1, "E", "export", "2018", 1.0),
                        row(2, "E", "export", "2019", 1.0),
                        row(3, "W", "export", "2019", null),
                        row(4, "S", "export", "2019", 1.0)),
                batch(spark, "none"))) {
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo("The share of 6 expected values that are there is 0.5, expected >= 0.9."
                            + " Missing: W 2018, W 2019, S 2018.");
            assertThat(result.outcomes().get(1).state()).isEqualTo(Outcome.State.FAILED);
        }
    }

    @Test
    void aTotalOfTheProviderIsHeldAgainstTheSum(SparkSession spark) {
        BatchRows rows = batch(spark, "b1", value(1, "E", 60.0), value(2, "W", 39.0));
        try (GateResult result = check(spark, error("ControlTotal \"value\" \"100\" <= 0.5"), rows)) {
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo("The sum of value less the provider's total 100 is 1, expected <= 0.5. The sum is 99.");
        }
    }

    @Test
    void figuresThatWereOldAtReceiptAreTold(SparkSession spark) {
        Dataset<Row> rows = Frames.rows(spark, "b1", value(1, "E", 60.0));
        BatchRows late = new BatchRows(
                "t1", "b1", List.of(), Optional.of(Instant.parse("2021-01-10T00:00:00Z")), Map.of(), rows);
        try (GateResult result = check(spark, error("PeriodAge \"period\" <= 365"), late)) {
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo("The age in days of the newest period at receipt is 376, expected <= 365."
                            + " It ended on 2019-12-31.");
        }
    }

    @Test
    void aValueOutsideTheRangeOfItsIndicatorOrFarFromTheLatestReleaseIsNamed(SparkSession spark) {
        References references = new References(
                Codelists.none(),
                Map.of("export", new References.Range(OptionalDouble.of(0), OptionalDouble.of(100))),
                Optional.of(Frames.rows(spark, "old", value(1, "E", 50.0)).select("region", "flow", "period", "value")),
                History.none());
        BatchRows rows = batch(spark, "b1", value(1, "E", 101.0), value(2, "W", 100.0), value(3, "S", null));
        try (GateResult result = check(spark, references, error("CatalogueRange \"value\" \"flow\" = 1.0"), rows)) {
            assertThat(failing(result))
                    .containsExactly("1 batch_stopped: value is 101.0, expected inside the range of its indicator");
        }
        try (GateResult result =
                check(spark, references, error("ReleaseChange \"value\" between -0.5 and 1.0"), rows)) {
            assertThat(failing(result))
                    .containsExactly("1 batch_stopped: value is 101.0 after 50.0 in the latest release: 1.02,"
                            + " expected between -0.5 and 1.0");
        }
    }

    @Test
    void deequsStrategiesJudgeAMetricByItsPast(SparkSession spark) {
        List<Metric> past = IntStream.range(10, 22)
                .mapToObj(i -> new Metric(
                        "t1",
                        "trade",
                        "p" + i,
                        "Dataset",
                        "*",
                        "Size",
                        100 + i % 2,
                        Instant.parse("2020-01-" + i + "T00:00:00Z")))
                .toList();
        References references = new References(Codelists.none(), Map.of(), Optional.empty(), History.of(past));
        BatchRows two = batch(spark, "b1", value(1, "E", 1.0), value(2, "W", 1.0));
        assertThat(message(spark, references, "RelativeChange \"RowCount\" between 0.9 and 1.1", two))
                .isEqualTo(
                        "The number of rows against 101.0 before is 0.019801980198019802, expected between 0.9 and 1.1.");
        assertThat(message(spark, references, "AbsoluteChange \"RowCount\" between -5 and 5", two))
                .isEqualTo("The number of rows less 101.0 of the batch before is -99, expected between -5 and 5.");
        assertThat(message(spark, references, "OnlineNormal \"RowCount\" <= 3", two))
                .startsWith("The number of rows, in standard deviations from its running mean, is ");
        assertThat(message(spark, references, "RelativeChange \"Mean\" \"value\" between 0.9 and 1.1", two))
                .isEqualTo("Only 0 earlier batches to compare with; 1 are needed.");
    }

    private static String message(SparkSession spark, References references, String rule, BatchRows rows) {
        try (GateResult result = check(spark, references, error(rule), rows)) {
            return result.outcomes().get(0).message();
        }
    }

    /** Every type of rule on tables of no rows, of nothing but nulls and of one partition. */
    @Test
    void noRuleFailsWithAnExceptionOnEmptyOrMissingValues(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("Reconciliation \"value\" \"region\" \"areas\" <= 0.5"),
                error("Balance \"value\" \"flow\" \"net = export - import\" <= 0.1"),
                error("CodeRatio \"value\" \"flow\" \"export / import\" between 0.5 and 2"),
                error("ColumnRatio \"value\" \"line\" < 2"),
                error("PeriodChange \"value\" between -0.5 and 0.5"),
                error("ReferentialIntegrity \"region\" \"areas.code\" = 1.0"),
                error("PeriodAge \"period\" <= 365"),
                error("ZerosCount \"value\" < 5"),
                error("DuplicateRowCount \"region\" = 0"),
                error("ReleaseChange \"value\" between -0.5 and 0.5"),
                error("RelativeChange \"Mean\" \"value\" between 0.9 and 1.1"),
                error("Uniqueness \"value\" >= 0"),
                error("Entropy \"flow\" >= 0"));
        Object[] nulls = row(1, null, null, null, null);
        try (GateResult result = new Gate(spark, Frames.CLOCK, References.of(Codelists.in(codelists)))
                .check(
                        "trade",
                        KEY,
                        rules,
                        List.of(
                                batch(spark, "empty"),
                                batch(spark, "nulls", nulls, nulls),
                                new BatchRows(
                                        "t1",
                                        "one",
                                        List.of(),
                                        Frames.rows(spark, "one", value(1, "E", 1.0))
                                                .coalesce(1))))) {
            assertThat(result.outcomes()).hasSize(39);
            assertThat(result.outcomes())
                    .filteredOn(o -> o.state() == Outcome.State.ERROR)
                    .allSatisfy(o -> assertThat(o.message()).contains("every value it measures is missing"));
        }
    }
}
