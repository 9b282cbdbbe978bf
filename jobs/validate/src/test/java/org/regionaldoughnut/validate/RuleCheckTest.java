package org.regionaldoughnut.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    private static Contract.Column column(String name, String type) {
        return new Contract.Column(
                name, type, "string", true, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static List<String> problems(String rule) {
        Map<String, List<String>> problems = RuleCheck.check(TRADE, List.of(Frames.error(rule)));
        return problems.values().stream().flatMap(List::stream).toList();
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
                "ColumnExists \"quantity\""
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
