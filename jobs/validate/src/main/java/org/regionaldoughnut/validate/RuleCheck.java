package org.regionaldoughnut.validate;

import com.amazon.deequ.dqdl.model.ExecutableRule;
import com.amazon.deequ.dqdl.model.UnsupportedExecutableRule;
import com.amazon.deequ.dqdl.translation.DQDLRuleTranslator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.QualityRule;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.DQRuleset;
import software.amazon.glue.dqdl.model.condition.date.DateBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;

/** Checks rules before any data is read: needs no Spark session. */
public final class RuleCheck {
    /** Columns every raw table has besides those of its contract. */
    private static final List<String> RECEIVED = List.of("batch", "file", "line", "cell", "received", "series");

    /** Kinds that Deequ does not translate. */
    private static final Set<ParsedRule.Kind> OFFICE_TYPES =
            Set.of(ParsedRule.Kind.SHARE, ParsedRule.Kind.EDIT, ParsedRule.Kind.FIGURE, ParsedRule.Kind.CHANGE);

    private RuleCheck() {}

    /** What is wrong with a rule. */
    public record Finding(QualityRule rule, String message) {}

    /**
     * What is wrong with rules, without looking at rows.
     *
     * @param contract whose columns the rules may name
     * @param rules of the contract or of a source of it
     * @param codelists that rules may name
     * @return in the rules' order; a rule without a problem is not in it
     */
    public static List<Finding> check(Contract contract, List<QualityRule> rules, Codelists codelists) {
        List<Finding> found = new ArrayList<>();
        for (QualityRule rule : rules) {
            problems(contract, rule, codelists).forEach(message -> found.add(new Finding(rule, message)));
        }
        return found;
    }

    /** Names of the codelists that rules refer to: what these say is part of the rules. */
    public static Set<String> codelists(List<QualityRule> rules) {
        Set<String> names = new TreeSet<>();
        for (QualityRule rule : rules) {
            try {
                ParsedRule parsed = ParsedRule.of(rule);
                for (String parameter : List.of("ReferenceDatasetColumns", "Reference", "Codelist")) {
                    if (!parsed.parameter(parameter).isEmpty()) {
                        names.add(
                                CodeReference.parse(parsed.parameter(parameter)).codelist());
                    }
                }
            } catch (InvalidDataQualityRulesetException | RuntimeException e) {
                // check says what is wrong with it
                continue;
            }
        }
        return names;
    }

    /** Whether a rule is held against earlier batches. */
    public static boolean needHistory(List<QualityRule> rules) {
        return rules.stream().anyMatch(rule -> {
            try {
                return ParsedRule.of(rule).kind() == ParsedRule.Kind.CHANGE;
            } catch (InvalidDataQualityRulesetException | RuntimeException e) {
                return false;
            }
        });
    }

    private static List<String> problems(Contract contract, QualityRule rule, Codelists codelists) {
        ParsedRule parsed;
        try {
            parsed = ParsedRule.of(rule);
        } catch (InvalidDataQualityRulesetException | RuntimeException e) {
            return List.of(cannot(rule, reason(e), "Correct the DQDL."));
        }
        if (parsed.kind() == ParsedRule.Kind.UNSUPPORTED) {
            return List.of(cannot(
                    rule,
                    "rules of type " + parsed.type() + " are not supported",
                    "Write it as CustomSql over the table primary."));
        }

        List<String> found = new ArrayList<>();
        if (OFFICE_TYPES.contains(parsed.kind())) {
            OfficeRuleCheck.problems(parsed, codelists)
                    .forEach(why -> found.add(cannot(rule, why, "Correct the rule.")));
        } else {
            untranslatable(parsed).ifPresent(why -> found.add(cannot(rule, why, "Change the condition.")));
        }
        Set<String> columns = new LinkedHashSet<>(parsed.type().equals("ColumnExists") ? List.of() : parsed.columns());
        for (String where : wheres(parsed.dqdl())) {
            Optional<String> problem = SqlText.problemOfCondition(where);
            problem.ifPresent(why -> found.add(
                    cannot(rule, "its condition '" + where + "' is not Spark SQL: " + why, "Correct the condition.")));
            if (problem.isEmpty()) {
                columns.addAll(SqlText.columnsOfCondition(where));
                zero(rule, where, false, found);
            }
        }
        if (parsed.kind() == ParsedRule.Kind.SQL) {
            query(parsed, columns, found);
        }
        unknown(contract, rule, columns, found);
        wrongType(contract, parsed).ifPresent(found::add);
        return found;
    }

    private static void query(ParsedRule rule, Set<String> columns, List<String> found) {
        String statement = ParsedRule.statement(rule.dqdl());
        Optional<String> problem = SqlText.problemOfQuery(statement);
        if (problem.isPresent()) {
            found.add(cannot(rule.quality(), "its query is not Spark SQL: " + problem.get(), "Correct the query."));
        } else {
            columns.addAll(SqlText.columnsOfQuery(statement));
            zero(rule.quality(), statement, true, found);
        }
        if (!(rule.dqdl().getCondition() instanceof NumberBasedCondition)) {
            found.add(cannot(
                    rule.quality(),
                    "a query without a number to compare with judges nothing",
                    "Add for example '= 0'."));
        }
    }

    private static void zero(QualityRule rule, String sql, boolean query, List<String> found) {
        if (SqlText.dividesByZero(sql, query)) {
            found.add(cannot(rule, "'" + sql + "' divides by zero", "Correct the divisor."));
        }
    }

    private static void unknown(Contract contract, QualityRule rule, Set<String> columns, List<String> found) {
        Set<String> known = new LinkedHashSet<>(contract.columnNames());
        known.addAll(RECEIVED);
        for (String column : columns) {
            if (!known.contains(column)) {
                found.add(cannot(
                        rule,
                        "contract " + contract.id() + " has no column '" + column + "'",
                        NearMiss.of(column, known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Its columns are " + String.join(", ", contract.columnNames()) + ".")));
            }
        }
    }

    private static Optional<String> wrongType(Contract contract, ParsedRule rule) {
        if (!rule.type().equals("ColumnValues")) {
            return Optional.empty();
        }
        Optional<Contract.Column> column = contract.column(rule.columns().get(0));
        boolean asksNumber = rule.dqdl().getCondition() instanceof NumberBasedCondition number
                && number.getOperands().stream().anyMatch(AtomicNumberOperand.class::isInstance);
        boolean asksDate = rule.dqdl().getCondition() instanceof DateBasedCondition;
        boolean text = column.isPresent() && column.get().type().equals("string");
        boolean number = column.isPresent() && column.get().isNumber();
        if (!(asksNumber && text) && !(asksDate && number)) {
            return Optional.empty();
        }
        return Optional.of(cannot(
                rule.quality(),
                "column '" + column.get().name() + "' is of type "
                        + column.get().type() + ", the condition compares " + (asksNumber ? "numbers" : "dates"),
                "Quote the values, or name a column of that type."));
    }

    private static Optional<String> untranslatable(ParsedRule rule) {
        try {
            ExecutableRule executable = DQDLRuleTranslator.toExecutableRules(new DQRuleset(List.of(rule.dqdl())))
                    .head();
            return executable instanceof UnsupportedExecutableRule unsupported
                    ? Optional.of(
                            unsupported.reason().isEmpty()
                                    ? "Deequ does not support it"
                                    : unsupported.reason().get())
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("Deequ cannot translate it: " + reason(e));
        }
    }

    private static List<String> wheres(DQRule rule) {
        List<String> wheres = new ArrayList<>();
        if (rule.getNestedRules() != null) {
            rule.getNestedRules().forEach(nested -> wheres.addAll(wheres(nested)));
        }
        if (rule.getWhereClause() != null && !rule.getWhereClause().isBlank()) {
            wheres.add(rule.getWhereClause());
        }
        return wheres;
    }

    private static String cannot(QualityRule rule, String why, String remedy) {
        return "Cannot use rule " + rule.id() + " (" + rule.rule() + "): " + why + ". " + remedy;
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
