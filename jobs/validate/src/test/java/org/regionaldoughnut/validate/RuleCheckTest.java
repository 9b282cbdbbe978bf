package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.office.Contract;

class RuleCheckTest {
    private static final Contract TRADE = new Contract(
            "trade",
            Path.of("trade.odcs.yaml"),
            "1.0.0",
            "Trade",
            List.of(column("region", "string"), column("flow", "string"), column("value", "number")),
            List.of(),
            "");

    private static final Codelists CODELISTS = Codelists.in(Path.of("../../schemas/codelists"));

    private static Contract.Column column(String name, String type) {
        return new Contract.Column(
                name, type, "string", true, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static List<String> problems(String rule) {
        return RuleCheck.check(TRADE, List.of(Frames.error(rule)), CODELISTS).stream()
                .map(RuleCheck.Finding::message)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RowCount > 0",
                "IsPrimaryKey \"region\" \"flow\"",
                "ColumnValues \"value\" >= 0 where \"flow in ('export', 'import') and value is not null\"",
                "ColumnValues \"flow\" matches \"[a-z]+(/P[0-9]+[YMWD])?\"",
                "CustomSql \"select count(*) from primary where value < 0 or line > 5\" = 0",
                "CustomSql \"select count(*) from (select region, count(distinct flow) as n from primary p where"
                        + " p.value > 0 group by region having n > 2)\" = 0",
                "(RowCount > 0) and (IsComplete \"value\")",
                "ColumnExists \"quantity\"",
                "ZerosCount \"value\" < 5",
                "DuplicateRowCount \"region\" \"flow\" = 0",
                "Kurtosis \"value\" < 100",
                "Skewness \"value\" < 100",
                "Variance \"value\" > 0",
                "Range \"value\" > 0",
                "InterquartileRange \"value\" > 0 where \"flow = 'export'\"",
                "ReferentialIntegrity \"region\" \"regions-uk-nuts-2016.code\" = 1.0",
                "Reconciliation \"value\" \"region\" \"regions-uk-nuts-2016[level=NUTS1]\" <= 0.5",
                "Balance \"value\" \"flow\" \"net = export - import\" <= 0.5 where \"region = 'UKC'\"",
                "CodeRatio \"value\" \"flow\" \"export / import\" between 0.1 and 10",
                "ColumnRatio \"value\" \"line\" > 0",
                "PeriodChange \"value\" between -0.5 and 1.0",
                "ReleaseChange \"value\" between -0.5 and 1.0",
                "ExpectedCoverage \"region\" \"regions-uk-nuts-2016[level=NUTS1].code\" \"flow\" \"2015..2019\" >= 0.9",
                "ControlTotal \"value\" \"347830000000\" <= 500000 where \"flow = 'export'\"",
                "PeriodAge \"region\" <= 700",
                "RelativeChange \"RowCount\" between 0.9 and 1.1",
                "AbsoluteChange \"Mean\" \"value\" between -5 and 5 where \"flow = 'export'\"",
                "OnlineNormal \"Completeness\" \"value\" <= 3"
            })
    void goodRulesHaveNoProblem(String rule) {
        assertThat(problems(rule)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            textBlock =
                    """
                    IsComplete "valeu"; contract trade has no column 'valeu'. Did you mean 'value'?
                    IsComplete "value" where "flwo = 'export'"; has no column 'flwo'. Did you mean 'flow'?
                    CustomSql "select count(*) from primary where vlaue < 0" = 0; has no column 'vlaue'. Did you mean 'value'?
                    CustomSql "select count(distinct vlaue) from primary" = 0; has no column 'vlaue'. Did you mean 'value'?
                    CustomSql "selct 1" = 0; its query is not Spark SQL
                    IsComplete "value" where "flow = = 'x'"; its condition 'flow = = 'x'' is not Spark SQL
                    IsComplete; Correct the DQDL.
                    Zeros "value" = 0; Correct the DQDL.
                    ColumnValues "flow" > 3; column 'flow' is of type string, the condition compares numbers
                    RowCountMatch "other" = 1.0; rules of type RowCountMatch are not supported
                    CustomSql "select count(*) from primary"; judges nothing
                    CustomSql "select count(*) from primary where value / 0 > 1" = 0; divides by zero
                    CustomSql "select sum(value) % 0 from primary" = 0; divides by zero
                    IsComplete "value" where "value / 0.0 > 1"; divides by zero
                    CodeRatio "value" "flow" "export / 0" > 1; divides by zero
                    CodeRatio "value" "flow" "export" > 1; is not a quotient such as
                    Balance "value" "flow" "net export" <= 1; is not an equation such as
                    ReferentialIntegrity "flow" "flow.code" = 1.0; there is no codelist 'flow'. Did you mean 'flows'?
                    ReferentialIntegrity "flow" "flows.cod" = 1.0; has no column 'cod'. Did you mean 'code'?
                    Reconciliation "value" "flow" "flows" <= 1; has no column 'parent'
                    Reconciliation "value" "flwo" "regions-uk-nuts-2016" <= 1; has no column 'flwo'. Did you mean 'flow'?
                    ExpectedCoverage "region" "regions-uk-nuts-2016.code" "flow" "20xx" = 1.0; neither a reference period
                    ControlTotal "value" "many" <= 1; 'many' is not a number
                    RelativeChange "RowCuont" between 0.9 and 1.1; is not a metric such as
                    OnlineNormal "RowCount" > 3; not of the form <= 3
                    """)
    void badRulesAreNamedWithTheirReason(String rule, String reason) {
        assertThat(problems(rule)).anySatisfy(p -> assertThat(p)
                .startsWith("Cannot use rule rule-")
                .contains("(" + rule + ")")
                .contains(reason)
                .doesNotContain("\n"));
    }

    @Test
    void allProblemsOfARuleAreReportedAtOnce() {
        assertThat(problems("IsPrimaryKey \"regoin\" \"flwo\"")).hasSize(2);
    }
}
