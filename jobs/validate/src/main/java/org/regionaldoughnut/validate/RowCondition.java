package org.regionaldoughnut.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.glue.dqdl.model.condition.Condition;
import software.amazon.glue.dqdl.model.condition.date.DateBasedCondition;
import software.amazon.glue.dqdl.model.condition.date.DateExpression;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.NullNumericOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedConditionOperator;
import software.amazon.glue.dqdl.model.condition.number.NumericOperand;
import software.amazon.glue.dqdl.model.condition.string.KeywordStringOperand;
import software.amazon.glue.dqdl.model.condition.string.QuotedStringOperand;
import software.amazon.glue.dqdl.model.condition.string.StringBasedCondition;
import software.amazon.glue.dqdl.model.condition.string.StringOperand;

/**
 * What a row must meet for a rule on single rows, compiled to Spark SQL from the rule that Deequ is asked; it follows
 * Deequ: bounds of {@code between} are outside, a missing value meets no comparison and has no length.
 */
final class RowCondition {
    private RowCondition() {}

    /** The condition a good row meets by itself; empty for a rule that does not judge single rows. */
    static Optional<String> of(ParsedRule rule, References references) {
        if (rule.counted().isPresent()) {
            return forbidsAll(rule.dqdl().getCondition())
                    ? Optional.of("not coalesce((" + rule.counted().get() + "), false)")
                    : Optional.empty();
        }
        return switch (rule.type()) {
            case "ReferentialIntegrity", "CatalogueRange" -> Optional.of(Share.predicate(rule, references));
            case "IsComplete" -> Optional.of(quoted(rule.columns().get(0)) + " is not null");
            case "ColumnValues" ->
                values(quoted(rule.columns().get(0)), rule.dqdl().getCondition());
            case "ColumnLength" ->
                rule.dqdl().getCondition() instanceof NumberBasedCondition number
                        ? lengths(quoted(rule.columns().get(0)), number)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static boolean forbidsAll(Condition condition) {
        return condition instanceof NumberBasedCondition number
                && number.getOperands().size() == 1
                && switch (number.getOperator()) {
                    case EQUALS, LESS_THAN_EQUAL_TO -> isNumber(number, 0);
                    case LESS_THAN -> isNumber(number, 1);
                    default -> false;
                };
    }

    private static boolean isNumber(NumberBasedCondition condition, double value) {
        return condition.getOperands().get(0) instanceof AtomicNumberOperand number
                && Double.parseDouble(number.getOperand()) == value;
    }

    private static Optional<String> values(String column, Condition condition) {
        if (condition instanceof NumberBasedCondition number) {
            return compare(column, number);
        }
        if (condition instanceof StringBasedCondition text) {
            return strings(column, text);
        }
        return condition instanceof DateBasedCondition date ? dates(column, date) : Optional.empty();
    }

    /** The condition on a number, or on any expression that gives one. */
    static Optional<String> compare(String measured, NumberBasedCondition condition) {
        boolean missing = condition.getOperands().stream().anyMatch(NullNumericOperand.class::isInstance);
        List<String> numbers = condition.getOperands().stream()
                .filter(AtomicNumberOperand.class::isInstance)
                .map(NumericOperand::getOperand)
                .map(number -> number + "D")
                .toList();
        if (numbers.size() + (missing ? 1 : 0) < condition.getOperands().size()) {
            return Optional.empty();
        }
        String list = "(" + String.join(", ", numbers) + ")";
        String isNull = measured + " is null";
        String notNull = measured + " is not null";
        return Optional.of(
                switch (condition.getOperator()) {
                    case GREATER_THAN -> measured + " > " + numbers.get(0);
                    case GREATER_THAN_EQUAL_TO -> measured + " >= " + numbers.get(0);
                    case LESS_THAN -> measured + " < " + numbers.get(0);
                    case LESS_THAN_EQUAL_TO -> measured + " <= " + numbers.get(0);
                    case BETWEEN -> measured + " > " + numbers.get(0) + " and " + measured + " < " + numbers.get(1);
                    case NOT_BETWEEN ->
                        measured + " <= " + numbers.get(0) + " or " + measured + " >= " + numbers.get(1);
                    case EQUALS -> missing ? isNull : measured + " = " + numbers.get(0);
                    case NOT_EQUALS -> missing ? notNull : isNull + " or " + measured + " != " + numbers.get(0);
                    case IN -> either(missing ? isNull : null, numbers.isEmpty() ? null : measured + " in " + list);
                    case NOT_IN ->
                        missing
                                ? (numbers.isEmpty() ? notNull : measured + " not in " + list)
                                : isNull + " or " + measured + " not in " + list;
                });
    }

    /** The measure furthest from what the condition asks for, as an aggregate. */
    static String worst(String measured, NumberBasedCondition condition) {
        return switch (condition.getOperator()) {
            case LESS_THAN, LESS_THAN_EQUAL_TO -> "max(" + measured + ")";
            case GREATER_THAN, GREATER_THAN_EQUAL_TO -> "min(" + measured + ")";
            default -> {
                double middle = condition.getOperands().stream()
                        .filter(AtomicNumberOperand.class::isInstance)
                        .mapToDouble(operand -> Double.parseDouble(operand.getOperand()))
                        .average()
                        .orElse(0);
                yield "max_by(" + measured + ", abs(" + measured + " - " + middle + "D))";
            }
        };
    }

    private static Optional<String> lengths(String column, NumberBasedCondition condition) {
        return condition.getOperator() == NumberBasedConditionOperator.IN
                ? compare("coalesce(length(" + column + "), 0)", condition)
                : compare("length(" + column + ")", condition).map(RowCondition::unlessUnknown);
    }

    private static Optional<String> strings(String column, StringBasedCondition condition) {
        List<String> texts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (StringOperand operand : condition.getOperands()) {
            if (operand instanceof QuotedStringOperand) {
                texts.add(literal(operand.getOperand()));
            } else if (operand instanceof KeywordStringOperand keyword) {
                words.add(keyword.formatOperand().toUpperCase(Locale.ROOT));
            }
        }
        return Optional.of(
                switch (condition.getOperator()) {
                    case MATCHES -> matched(column, "^(?:", condition, ")$");
                    case NOT_MATCHES -> matched(column, "^(?!\\b", condition, "\\b).*$");
                    case IN, EQUALS -> unlessUnknown(isOneOf(column, texts, words));
                    case NOT_IN, NOT_EQUALS -> unlessUnknown(isNoneOf(column, texts, words));
                });
    }

    /** An empty text matches nothing: Deequ looks at what the pattern finds. */
    private static String matched(String column, String before, StringBasedCondition condition, String after) {
        String pattern = before + condition.getOperands().get(0).getOperand() + after;
        return "regexp_extract(" + column + ", " + literal(pattern) + ", 0) != ''";
    }

    private static String isOneOf(String column, List<String> texts, List<String> words) {
        String listed = texts.isEmpty()
                ? null
                : column + " is not null and " + column + " in (" + String.join(", ", texts) + ")";
        String[] all = new String[words.size() + 1];
        all[0] = listed;
        for (int i = 0; i < words.size(); i++) {
            all[i + 1] = is(column, words.get(i));
        }
        return either(all);
    }

    private static String isNoneOf(String column, List<String> texts, List<String> words) {
        List<String> all = words.stream()
                .map(word -> "not (" + is(column, word) + ")")
                .collect(Collectors.toCollection(ArrayList::new));
        if (!texts.isEmpty()) {
            all.add("(" + column + " is null or " + column + " not in (" + String.join(", ", texts) + "))");
        }
        return all.isEmpty() ? "true" : String.join(" and ", all);
    }

    private static String is(String column, String word) {
        return switch (word) {
            case "NULL" -> column + " is null";
            case "EMPTY" -> column + " = ''";
            default -> "(length(trim(" + column + ")) = 0 and length(" + column + ") > 0)";
        };
    }

    /** Deequ counts a row as complying where it cannot say that it does not. */
    private static String unlessUnknown(String condition) {
        return "coalesce((" + condition + "), true)";
    }

    private static Optional<String> dates(String column, DateBasedCondition condition) {
        if (condition.getOperands().stream().anyMatch(d -> d.getEvaluatedExpression() == null)) {
            return Optional.empty();
        }
        String date = "to_date(" + column + ")";
        List<String> days =
                condition.getOperands().stream().map(RowCondition::day).toList();
        String list = "(" + String.join(", ", days) + ")";
        return Optional.of(
                switch (condition.getOperator()) {
                    case GREATER_THAN -> date + " > " + days.get(0);
                    case GREATER_THAN_EQUAL_TO -> date + " >= " + days.get(0);
                    case LESS_THAN -> date + " < " + days.get(0);
                    case LESS_THAN_EQUAL_TO -> date + " <= " + days.get(0);
                    case EQUALS -> date + " = " + days.get(0);
                    case NOT_EQUALS -> column + " is null or " + date + " != " + days.get(0);
                    case BETWEEN -> date + " > " + days.get(0) + " and " + date + " < " + days.get(1);
                    case NOT_BETWEEN ->
                        unlessUnknown(date + " <= " + days.get(0) + " or " + date + " >= " + days.get(1));
                    case IN -> date + " in " + list;
                    case NOT_IN -> unlessUnknown(date + " not in " + list);
                });
    }

    private static String day(DateExpression expression) {
        String text = expression.getEvaluatedExpression().toString();
        return "date" + literal(text.substring(0, Math.min(10, text.length())));
    }

    private static String either(String... conditions) {
        String joined = java.util.Arrays.stream(conditions)
                .filter(c -> c != null)
                .map(c -> "(" + c + ")")
                .collect(Collectors.joining(" or "));
        return joined.isEmpty() ? "false" : joined;
    }
}
