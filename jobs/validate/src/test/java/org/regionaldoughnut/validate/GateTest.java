package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.validate.Frames.batch;
import static org.regionaldoughnut.validate.Frames.check;
import static org.regionaldoughnut.validate.Frames.error;
import static org.regionaldoughnut.validate.Frames.failing;
import static org.regionaldoughnut.validate.Frames.outcome;
import static org.regionaldoughnut.validate.Frames.row;
import static org.regionaldoughnut.validate.Frames.rule;
import static org.regionaldoughnut.validate.Frames.warning;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.QualityRule.Action;
import org.regionaldoughnut.office.QualityRule.Severity;

@ExtendWith(SparkTest.class)
class GateTest {
    private static final Object[] WALES = row(2, "UKL", "export", "2019", 16_600.0);
    private static final Object[] SCOTLAND = row(3, "UKM", "export", "2019", 30_600.0);
    private static final Object[] NEGATIVE = row(4, "UKN", "export", "2019", -4.0);
    private static final Object[] MISSING = row(5, "UKC", "import", "2019", null);

    @Test
    void aBatchThatMeetsItsRulesIsAccepted(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("RowCount > 0"), error("ColumnValues \"flow\" in [\"export\", \"import\"]"),
                error("IsPrimaryKey \"region\" \"flow\" \"period\""), warning("Completeness \"value\" >= 0.5"));
        try (GateResult result = check(spark, rules, batch(spark, "b1", WALES, SCOTLAND))) {
            assertThat(result.outcomes()).extracting(Outcome::state).containsOnly(Outcome.State.PASSED);
            assertThat(result.outcomes())
                    .extracting(o -> o.rule().rule())
                    .containsExactlyElementsOf(
                            rules.stream().map(QualityRule::rule).toList());
            assertThat(result.outcomes().get(0).observed()).hasValue(2);
            assertThat(result.outcomes()).extracting(Outcome::evaluated).containsOnly(Frames.CLOCK.instant());
            assertThat(result.accepted("t1", "b1")).isTrue();
            assertThat(result.anyFailing()).isFalse();
            assertThat(result.failing().count()).isZero();
            assertThat(result.failing().schema()).isEqualTo(GateResult.failingSchema());
        }
    }

    @Test
    void aStoppingErrorRefusesTheBatchAndNamesItsRows(SparkSession spark) {
        QualityRule positive = error("ColumnValues \"value\" >= 0 where \"value is not null\"");
        try (GateResult result = check(spark, List.of(positive), batch(spark, "b1", WALES, NEGATIVE, MISSING))) {
            Outcome outcome = result.outcomes().get(0);
            assertThat(outcome.state()).isEqualTo(Outcome.State.FAILED);
            assertThat(outcome.observed()).hasValue(-4);
            assertThat(outcome.failingRows()).isEqualTo(1);
            assertThat(outcome.message()).isEqualTo("1 of 2 rows fail. The minimum of value is -4, expected >= 0.");
            assertThat(result.accepted("t1", "b1")).isFalse();
            assertThat(failing(result)).containsExactly("4 batch_stopped: value is -4.0, expected >= 0");
            assertThat(result.failing().head().<String>getAs("source")).isEqualTo("t1");
            assertThat(result.failing().head().<String>getAs("rule")).isEqualTo(positive.rule());
            assertThat(result.failing().head().<String>getAs("received")).isEqualTo("-4.0");
        }
    }

    @Test
    void rowsOfARemovingErrorAreLeftOutAndTheBatchGoesOn(SparkSession spark) {
        QualityRule complete = error("IsComplete \"value\"", Action.REMOVE);
        try (GateResult result = check(spark, List.of(complete), batch(spark, "b1", WALES, MISSING))) {
            assertThat(result.outcomes().get(0).state()).isEqualTo(Outcome.State.FAILED);
            assertThat(result.accepted("t1", "b1")).isTrue();
            assertThat(failing(result)).containsExactly("5 removed: value is missing, expected no missing value");
        }
    }

    @Test
    void anErrorWithoutRowsToRemoveRefusesTheBatch(SparkSession spark) {
        QualityRule half = error("Completeness \"value\" > 0.9", Action.REMOVE);
        try (GateResult result = check(spark, List.of(half), batch(spark, "b1", WALES, MISSING))) {
            assertThat(result.accepted("t1", "b1")).isFalse();
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo("The completeness of value is 0.5, expected > 0.9.");
        }
    }

    @Test
    void aWarningIsRecordedAndNeverStops(SparkSession spark) {
        QualityRule matches = rule("ColumnValues \"period\" matches \"[0-9]{4}\"", Severity.WARNING, Action.STOP);
        try (GateResult result =
                check(spark, List.of(matches), batch(spark, "b1", WALES, row(9, "UKL", "export", "19", 1.0)))) {
            assertThat(result.outcomes().get(0).state()).isEqualTo(Outcome.State.FAILED);
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo(
                            "1 of 2 rows fail. The share of rows that comply is 0.5, expected matches \"[0-9]{4}\".");
            assertThat(result.accepted("t1", "b1")).isTrue();
            assertThat(failing(result)).containsExactly("9 flagged: period is 19, expected matches \"[0-9]{4}\"");
        }
    }

    @Test
    void oneBadBatchOfSeveralIsRefusedAlone(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("RowCount > 1"),
                error("ColumnValues \"value\" > 0"),
                error("IsPrimaryKey \"region\" \"flow\""),
                error("Sum \"value\" > 40000"),
                error("CustomSql \"select count(distinct region) from primary\" > 1"));
        BatchRows other = new BatchRows("t2", "b1", List.of(), Frames.rows(spark, "b1", WALES, SCOTLAND));
        try (GateResult result = check(
                spark, rules, batch(spark, "b1", WALES, SCOTLAND), batch(spark, "b2", NEGATIVE, NEGATIVE), other)) {
            assertThat(result.outcomes())
                    .filteredOn(o -> o.state() != Outcome.State.PASSED)
                    .extracting(Outcome::batch)
                    .hasSize(4)
                    .containsOnly("b2");
            assertThat(result.accepted("t1", "b1")).isTrue();
            assertThat(result.accepted("t1", "b2")).isFalse();
            assertThat(result.accepted("t2", "b1")).isTrue();
            assertThat(result.outcomes())
                    .filteredOn(o -> o.rule().rule().startsWith("Sum"))
                    .extracting(o -> o.observed().orElseThrow())
                    .containsExactly(47_200.0, -8.0, 47_200.0);
        }
    }

    @Test
    void aRuleOfASourceStandsInForTheContractsOfTheSameText(SparkSession spark) {
        String text = "IsComplete \"value\"";
        BatchRows lenient = new BatchRows("t2", "b2", List.of(warning(text)), Frames.rows(spark, "b2", WALES, MISSING));
        try (GateResult result = check(spark, List.of(error(text)), batch(spark, "b1", WALES, MISSING), lenient)) {
            assertThat(result.outcomes()).hasSize(2);
            assertThat(result.accepted("t1", "b1")).isFalse();
            assertThat(result.accepted("t2", "b2")).isTrue();
        }
    }

    @Test
    void aCountOfForbiddenRowsNamesThem(SparkSession spark) {
        QualityRule none = warning("CustomSql \"select count(*) from primary where value < 0 or flow = region\" = 0");
        try (GateResult result = check(spark, List.of(none), batch(spark, "b1", WALES, NEGATIVE))) {
            assertThat(result.outcomes().get(0).observed()).hasValue(1);
            assertThat(result.outcomes().get(0).message())
                    .isEqualTo("1 of 2 rows fail. Rows with value < 0 or flow = region: 1, expected = 0.");
            assertThat(failing(result))
                    .containsExactly("4 flagged: value is -4.0, flow is export, region is UKN,"
                            + " expected no row with value < 0 or flow = region");
        }
    }

    @Test
    void aMissingColumnIsAnErrorNotAViolation(SparkSession spark) {
        Outcome outcome = outcome(spark, error("IsComplete \"valeu\""), batch(spark, "b1", WALES));
        assertThat(outcome.state()).isEqualTo(Outcome.State.ERROR);
        assertThat(outcome.message()).contains("the batch has no column 'valeu'. Did you mean 'value'?");
        assertThat(outcome.refuses()).isTrue();
        assertThat(outcome(spark, warning("IsComplete \"valeu\""), batch(spark, "b1", WALES))
                        .refuses())
                .isFalse();
    }

    @Test
    void aRuleThatCannotBeEvaluatedLeavesTheOthersAlone(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("This is no rule"),
                error("Mean \"flow\" > 1"),
                error("IsComplete \"flow\" where \"nothing(value) > 1\""),
                error("RowCount > 0"));
        try (GateResult result = check(spark, rules, batch(spark, "b1", WALES))) {
            assertThat(result.outcomes())
                    .extracting(Outcome::state)
                    .containsExactly(
                            Outcome.State.ERROR, Outcome.State.ERROR, Outcome.State.ERROR, Outcome.State.PASSED);
            assertThat(result.outcomes()).extracting(Outcome::message).noneMatch(m -> m.contains("\n"));
        }
    }

    @Test
    void aBatchWithoutRowsFailsOnlyWhatAsksForRows(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("RowCount > 0"),
                error("RowCount = 0"),
                error("IsComplete \"value\""),
                error("IsPrimaryKey \"region\" \"flow\""),
                error("Mean \"value\" > 5"),
                error("ColumnExists \"value\""),
                error("CustomSql \"select count(*) from primary\" = 0"));
        for (GateResult result : List.of(
                check(spark, rules, batch(spark, "b1")),
                check(spark, rules, batch(spark, "b1"), batch(spark, "b2", WALES)))) {
            assertThat(result.outcomes().subList(0, 7))
                    .extracting(o -> o.state().word())
                    .containsExactly("failed", "passed", "passed", "passed", "passed", "passed", "passed");
            assertThat(result.outcomes().get(0).message()).isEqualTo("The number of rows is 0, expected > 0.");
            assertThat(result.outcomes().get(2).message()).isEqualTo("No rows to judge.");
            assertThat(result.accepted("t1", "b1")).isFalse();
            result.close();
        }
    }

    @Test
    void aConditionThatNoRowMeetsLeavesNothingToJudge(SparkSession spark) {
        Outcome outcome = outcome(
                spark, error("ColumnValues \"value\" >= 0 where \"flow = 'transit'\""), batch(spark, "b1", NEGATIVE));
        assertThat(outcome.state()).isEqualTo(Outcome.State.PASSED);
        assertThat(outcome.message()).isEqualTo("No rows to judge.");
    }

    @Test
    void aColumnOfNothingButMissingValuesIsJudgedWithoutException(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("ColumnValues \"value\" >= 0"),
                error("IsUnique \"value\""),
                error("Completeness \"value\" >= 0"),
                error("Mean \"value\" > 0"),
                error("ColumnValues \"value\" >= 0 where \"value is not null\""));
        try (GateResult result = check(spark, rules, batch(spark, "b1", MISSING, MISSING))) {
            assertThat(result.outcomes())
                    .extracting(o -> o.state().word())
                    .containsExactly("failed", "passed", "passed", "error", "passed");
            assertThat(result.outcomes().get(0).failingRows()).isEqualTo(2);
        }
    }

    @Test
    void metricsCarryTheirBatchAndTheRulesOwnCondition(SparkSession spark) {
        List<QualityRule> rules = List.of(
                error("Completeness \"value\" > 0 where \"flow = 'export'\""),
                error("ColumnValues \"flow\" in [\"export\"]"),
                error("RowCount > 0"));
        try (GateResult result =
                check(spark, rules, batch(spark, "b1", WALES, NEGATIVE), batch(spark, "b2", MISSING, WALES))) {
            assertThat(result.metrics())
                    .extracting(m -> m.batch() + " " + m.instance() + " " + m.name() + " " + m.value())
                    .containsExactlyInAnyOrder(
                            "b1 value Completeness (where: flow = 'export') 1.0",
                            "b1 ColumnValues \"flow\" in [\"export\"] Compliance 1.0",
                            "b1 * Size 2.0",
                            "b2 value Completeness (where: flow = 'export') 1.0",
                            "b2 ColumnValues \"flow\" in [\"export\"] Compliance 0.5",
                            "b2 * Size 2.0");
            assertThat(Metrics.rows(spark, "r1", result.metrics()).count()).isEqualTo(6);
            assertThat(Outcomes.rows(spark, "r1", "uk", result.outcomes())
                            .where("failing_rows = 1 and outcome = 'failed'")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void fourHundredRulesAreJudgedWithoutOverflow(SparkSession spark) {
        List<QualityRule> rules = java.util.stream.IntStream.range(0, 400)
                .mapToObj(i -> error("ColumnValues \"value\" < " + (20_000 + i)))
                .toList();
        try (GateResult result = check(spark, rules, batch(spark, "b1", WALES))) {
            assertThat(result.outcomes())
                    .hasSize(400)
                    .extracting(Outcome::state)
                    .containsOnly(Outcome.State.PASSED);
        }
    }

    @Test
    void theSessionOfTheCallerStaysAsItWas(SparkSession spark) {
        spark.conf().set("spark.sql.ansi.enabled", "true");
        try (GateResult result =
                check(spark, List.of(error("ColumnValues \"value\" between 0 and 5")), batch(spark, "b1", NEGATIVE))) {
            assertThat(spark.conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
            assertThat(result.failing().sparkSession()).isSameAs(spark);
            assertThat(spark.catalog().tableExists("primary")).isFalse();
            assertThat(failing(result)).containsExactly("4 batch_stopped: value is -4.0, expected between 0 and 5");
        } finally {
            spark.conf().set("spark.sql.ansi.enabled", "false");
        }
    }
}
