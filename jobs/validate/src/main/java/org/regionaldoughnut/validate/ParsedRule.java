package org.regionaldoughnut.validate;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionaldoughnut.office.QualityRule;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.DQRuleset;
import software.amazon.glue.dqdl.model.condition.Condition;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedConditionOperator;
import software.amazon.glue.dqdl.model.condition.string.QuotedStringOperand;
import software.amazon.glue.dqdl.model.condition.string.StringBasedCondition;
import software.amazon.glue.dqdl.model.condition.string.StringBasedConditionOperator;
import software.amazon.glue.dqdl.model.condition.string.StringOperand;
import software.amazon.glue.dqdl.parser.DQDLParser;

/**
 * A rule whose DQDL is understood.
 *
 * @param dqdl as it is asked: {@code CustomSql "select count(*) from primary where X" = 0} is asked as {@code RowCount
 *     = 0 where "X"}, which shares the scan of the other rules
 * @param columns the rule's target columns, in its order
 * @param counted the condition X of such a count
 */
record ParsedRule(QualityRule quality, DQRule dqdl, Kind kind, List<String> columns, Optional<String> counted) {
    private static final Pattern COUNT = Pattern.compile(
            "\\s*select\\s+count\\s*\\(\\s*(?:\\*|1)\\s*\\)\\s+from\\s+primary\\s+where\\s+(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> CHECKS = Set.of(
            "RowCount",
            "Completeness",
            "IsComplete",
            "ColumnValues",
            "ColumnLength",
            "Mean",
            "Sum",
            "StandardDeviation",
            "ColumnCorrelation",
            "ZerosCount",
            "Kurtosis",
            "Skewness",
            "Variance",
            "Range",
            "InterquartileRange",
            "DuplicateRowCount",
            "Uniqueness",
            "UniqueValueRatio",
            "DistinctValuesCount",
            "Entropy");
    private static final Set<String> KEYS = Set.of("IsUnique", "IsPrimaryKey");
    private static final Set<String> ALONE = Set.of(
            "ColumnCount", "ColumnExists", "ColumnNamesMatchPattern", "ColumnDataType", "DataFreshness", "Composite");
    private static final Set<String> SHARES = Set.of("ReferentialIntegrity", "CatalogueRange");
    private static final Set<String> EDITS = Set.of(
            "Reconciliation",
            "ReconciliationRatio",
            "Balance",
            "CodeRatio",
            "ColumnRatio",
            "PeriodChange",
            "ReleaseChange");
    private static final Set<String> FIGURES = Set.of("ExpectedCoverage", "ControlTotal", "PeriodAge");
    private static final Set<String> CHANGES = Set.of("RelativeChange", "AbsoluteChange", "OnlineNormal");

    static {
        loadParserSilently();
    }

    /** The parser was made with an older ANTLR than runs it, which works but is said on stderr when its classes load. */
    private static void loadParserSilently() {
        PrintStream stderr = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            new DQDLParser().parse("Rules = [ RowCount > 0 ]");
        } catch (InvalidDataQualityRulesetException e) {
            throw new IllegalStateException(e);
        } finally {
            System.setErr(stderr);
        }
    }

    /** How a rule is answered. */
    enum Kind {
        /** By Deequ's analyzers, in the passes that answer for every batch. */
        CHECK,
        /** Keys: likewise; their rows can be named. */
        KEY,
        /** The share of rows that meet a condition made from a codelist or the catalogue, in the same scan. */
        SHARE,
        /** Rows set against other rows, or one figure against another: a query for all batches. */
        EDIT,
        /** One figure of a batch that Deequ does not know. */
        FIGURE,
        /** A metric held against those of earlier batches. */
        CHANGE,
        /** A query of its own on the rows of each batch. */
        SQL,
        /** A Deequ pass of its own on the rows of each batch. */
        ALONE,
        /** Deequ knows it, or says so, but a contract's rule cannot ask it. */
        UNSUPPORTED
    }

    /** @throws InvalidDataQualityRulesetException with the parser's words, where the rule is no DQDL */
    static ParsedRule of(QualityRule quality) throws InvalidDataQualityRulesetException {
        DQRuleset ruleset = new DQDLParser().parse("Rules = [ " + quality.rule() + " ]");
        if (ruleset.getRules().size() != 1) {
            throw new InvalidDataQualityRulesetException(
                    "one rule expected, " + ruleset.getRules().size() + " found");
        }
        DQRule rule = ruleset.getRules().get(0);
        if (rule.getRuleType().equals("CustomSql")) {
            return sql(quality, rule);
        }
        return new ParsedRule(quality, rule, kind(rule.getRuleType()), targets(rule), Optional.empty());
    }

    private static ParsedRule sql(QualityRule quality, DQRule rule) {
        Matcher count = COUNT.matcher(statement(rule));
        boolean shared = rule.getCondition() instanceof NumberBasedCondition
                && count.matches()
                && SqlText.isRowCondition(count.group(1));
        if (!shared) {
            return new ParsedRule(quality, rule, Kind.SQL, List.of(), Optional.empty());
        }
        String condition = count.group(1).strip();
        DQRule asked = rule("RowCount", Map.of(), rule.getCondition(), condition);
        return new ParsedRule(quality, asked, Kind.CHECK, List.of(), Optional.of(condition));
    }

    private static Kind kind(String type) {
        if (CHECKS.contains(type)) {
            return Kind.CHECK;
        }
        if (SHARES.contains(type)) {
            return Kind.SHARE;
        }
        if (EDITS.contains(type)) {
            return Kind.EDIT;
        }
        if (FIGURES.contains(type)) {
            return Kind.FIGURE;
        }
        if (CHANGES.contains(type)) {
            return Kind.CHANGE;
        }
        if (KEYS.contains(type)) {
            return Kind.KEY;
        }
        return ALONE.contains(type) ? Kind.ALONE : Kind.UNSUPPORTED;
    }

    private static List<String> targets(DQRule rule) {
        List<String> columns = new ArrayList<>();
        if (rule.getNestedRules() != null) {
            rule.getNestedRules().forEach(nested -> columns.addAll(targets(nested)));
        }
        Map<String, String> parameters = rule.getParameters() == null ? Map.of() : rule.getParameters();
        parameters.forEach((name, value) -> {
            boolean column = name.startsWith("TargetColumn")
                    || Set.of("Dimension", "PeriodColumn", "Indicator", "PrimaryDatasetColumns")
                            .contains(name);
            if (column) {
                columns.add(value);
            }
        });
        if (CHANGES.contains(rule.getRuleType())) {
            metricOf(parameters).stream().skip(1).forEach(columns::add);
        }
        return columns;
    }

    static DQRule rule(String type, Map<String, String> parameters, Condition condition, String where) {
        return new DQRule(type, parameters, condition, null, null, null, where);
    }

    static String statement(DQRule rule) {
        return rule.getParameters().getOrDefault("CustomSqlStatement", "");
    }

    /** A parameter by the name that the configuration of rule types gives it. */
    String parameter(String name) {
        return dqdl.getParameters().getOrDefault(name, "");
    }

    /** Of a rule on change: the metric, then its columns. */
    List<String> metric() {
        return metricOf(dqdl.getParameters());
    }

    private static List<String> metricOf(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(p -> p.getKey().startsWith("MetricParameter"))
                .map(Map.Entry::getValue)
                .toList();
    }

    String type() {
        return dqdl.getRuleType();
    }

    /** The rule's own condition on the rows it judges. */
    Optional<String> where() {
        return Optional.ofNullable(dqdl.getWhereClause()).filter(w -> !w.isBlank());
    }

    /** The condition of the rows the rule judges: none for a count, which judges all. */
    Optional<String> domain() {
        return counted.isPresent() ? Optional.empty() : where();
    }

    /** The rule as Deequ is asked it, of all rows that meet its condition. */
    DQRule everywhere() {
        return rule(type(), dqdl.getParameters(), asked(), scope());
    }

    /** The rule restricted to the rows that meet a further condition. */
    DQRule within(String scope) {
        return rule(type(), dqdl.getParameters(), asked(), both(where(), scope));
    }

    /** Never absent: with a condition, Deequ tells nothing to measure from a failure. */
    String scope() {
        return where().map(w -> "coalesce((" + w + "), false)").orElse("true");
    }

    /** The condition in the form that Deequ answers correctly. */
    private Condition asked() {
        Condition condition = dqdl.getCondition();
        if (condition instanceof StringBasedCondition text) {
            return escaped(text);
        }
        // asked for a length other than n, Deequ looks at the shortest and the longest text only
        boolean otherLength = type().equals("ColumnLength")
                && condition instanceof NumberBasedCondition number
                && number.getOperator() == NumberBasedConditionOperator.NOT_EQUALS
                && !number.getOperands().get(0).getOperand().equals("0");
        return otherLength
                ? new NumberBasedCondition(
                        condition.getConditionAsString(),
                        NumberBasedConditionOperator.NOT_IN,
                        ((NumberBasedCondition) condition).getOperands())
                : condition;
    }

    /** Deequ doubles quotes to escape them, which Spark reads as their end; and it leaves backslashes as they are. */
    private static Condition escaped(StringBasedCondition condition) {
        if (condition.getOperator() == StringBasedConditionOperator.MATCHES
                || condition.getOperator() == StringBasedConditionOperator.NOT_MATCHES) {
            return condition;
        }
        List<StringOperand> operands = condition.getOperands().stream()
                .map(operand -> operand instanceof QuotedStringOperand
                        ? new QuotedStringOperand(
                                operand.getOperand().replace("\\", "\\\\").replace("'", "\\u0027"))
                        : operand)
                .toList();
        return new StringBasedCondition(condition.getConditionAsString(), condition.getOperator(), operands);
    }

    /** Rules that pass where no part of the key is missing: Deequ's IsPrimaryKey does not look at that. */
    List<DQRule> complete() {
        return type().equals("IsPrimaryKey")
                ? columns.stream()
                        .map(c -> rule("IsComplete", Map.of("TargetColumn", c), null, scope()))
                        .toList()
                : List.of();
    }

    /** A condition that is false, not unknown, where the rule's own is unknown. */
    static String both(Optional<String> where, String scope) {
        return where.map(w -> "coalesce((" + w + "), false) and " + scope).orElse(scope);
    }

    /** What the rule asks for, in words or as its condition. */
    String expected() {
        return switch (type()) {
            case "IsComplete" -> "no missing value";
            case "IsUnique" -> "no value twice";
            case "IsPrimaryKey" -> "no key twice, no part of it missing";
            case "ReferentialIntegrity" -> "a code of " + parameter("ReferenceDatasetColumns") + conditionText();
            case "CatalogueRange" -> "inside the range of its indicator" + conditionText();
            default -> conditionText().isEmpty() ? type() : conditionText().strip();
        };
    }

    private String conditionText() {
        Condition condition = dqdl.getCondition();
        String text = condition == null
                ? ""
                : String.valueOf(condition.getFormattedCondition()).strip();
        return text.isEmpty() || text.matches("=\\s*1(\\.0*)?") && SHARES.contains(type()) ? "" : " " + text;
    }
}
