package org.regionaldoughnut.validate;

import com.amazon.deequ.suggestions.ConstraintSuggestion;
import com.amazon.deequ.suggestions.ConstraintSuggestionRunner;
import com.amazon.deequ.suggestions.Rules$;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.office.QualityRule;
import scala.collection.JavaConverters;

/**
 * A rule that the rows at hand would meet, as Deequ suggests it, in DQDL.
 *
 * @param why what was seen
 */
public record Suggestion(String column, String rule, String dimension, String why) {
    private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(\"(.*?)\"(?:, (.*))?\\)", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern AT_LEAST = Pattern.compile("_ >= ([0-9.Ee+-]+)");

    public Suggestion {
        Objects.requireNonNull(column);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(dimension);
        Objects.requireNonNull(why);
    }

    /** Suggestions for the columns of a table that DQDL can say, each once. */
    public static List<Suggestion> of(Dataset<Row> rows) {
        Map<String, Suggestion> suggestions = new LinkedHashMap<>();
        var found = new ConstraintSuggestionRunner()
                .onData(Slices.apart(rows))
                .addConstraintRules(Rules$.MODULE$.DEFAULT())
                .run()
                .constraintSuggestions();
        JavaConverters.mapAsJavaMap(found).values().forEach(list -> JavaConverters.seqAsJavaList(list)
                .forEach(suggestion -> of(suggestion).ifPresent(s -> suggestions.putIfAbsent(s.rule(), s))));
        return suggestions.values().stream()
                .filter(Suggestion::parses)
                .sorted(java.util.Comparator.comparing(Suggestion::column).thenComparing(Suggestion::rule))
                .toList();
    }

    private static Optional<Suggestion> of(ConstraintSuggestion suggestion) {
        Matcher call = CALL.matcher(suggestion.codeForConstraint());
        if (!call.find()) {
            return Optional.empty();
        }
        String column = "\"" + suggestion.columnName() + "\"";
        String rest = call.group(3) == null ? "" : call.group(3);
        String present = " where \"" + suggestion.columnName() + " is not null\"";
        return switch (call.group(1)) {
            case "isComplete" -> suggested(suggestion, "IsComplete " + column, "completeness");
            case "isUnique" -> suggested(suggestion, "IsUnique " + column, "uniqueness");
            case "hasCompleteness" ->
                atLeast(rest)
                        .flatMap(share ->
                                suggested(suggestion, "Completeness " + column + " >= " + share, "completeness"));
            case "isNonNegative" -> suggested(suggestion, "ColumnValues " + column + " >= 0" + present, "accuracy");
            case "isPositive" -> suggested(suggestion, "ColumnValues " + column + " > 0" + present, "accuracy");
            // a share of rows in a list has no rule in DQDL that Deequ heeds
            case "isContainedIn" ->
                rest.contains("_ >=")
                        ? Optional.empty()
                        : suggested(
                                suggestion,
                                "ColumnValues " + column + " in [" + String.join(", ", texts(rest)) + "]",
                                "conformity");
            default -> Optional.empty();
        };
    }

    private static Optional<Suggestion> suggested(ConstraintSuggestion suggestion, String rule, String dimension) {
        return Optional.of(new Suggestion(
                suggestion.columnName(), rule, dimension, suggestion.description() + ". " + suggestion.currentValue()));
    }

    private static Optional<String> atLeast(String text) {
        Matcher bound = AT_LEAST.matcher(text);
        return bound.find() ? Optional.of(bound.group(1)) : Optional.empty();
    }

    private static List<String> texts(String array) {
        List<String> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(array);
        while (text.find()) {
            texts.add("\"" + text.group(1) + "\"");
        }
        return texts;
    }

    private boolean parses() {
        try {
            ParsedRule.of(new QualityRule(
                    "suggested",
                    rule,
                    QualityRule.Severity.WARNING,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    QualityRule.Action.FLAG,
                    0));
            return true;
        } catch (software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException | RuntimeException e) {
            return false;
        }
    }
}
