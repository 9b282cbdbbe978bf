package org.regionaldoughnut.validate;

import com.amazon.deequ.analyzers.Compliance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Rules on the share of rows that meet a condition which is not written in the rule, but made of a codelist or of the
 * catalogue. A missing value meets it: whether values may be missing is another rule's matter.
 */
final class Share {
    private Share() {}

    /** What a good row meets, as Spark SQL. */
    static String predicate(ParsedRule rule, References references) {
        String column = RowCondition.quoted(rule.columns().get(0));
        String allowed = rule.type().equals("ReferentialIntegrity")
                ? column + " in (" + codes(rule, references) + ")"
                : ranges(column, RowCondition.quoted(rule.parameter("Indicator")), references);
        return column + " is null or " + allowed;
    }

    private static String codes(ParsedRule rule, References references) {
        return CodeReference.parse(rule.parameter("ReferenceDatasetColumns")).codes(references.codelists()).stream()
                .map(RowCondition::literal)
                .collect(Collectors.joining(", "));
    }

    private static String ranges(String value, String indicator, References references) {
        Map<String, String> limits = new TreeMap<>();
        references.ranges().forEach((id, range) -> {
            String min = range.min().isPresent() ? value + " >= " + range.min().getAsDouble() + "D" : "true";
            String max = range.max().isPresent() ? value + " <= " + range.max().getAsDouble() + "D" : "true";
            limits.put(id, min + " and " + max);
        });
        if (limits.isEmpty()) {
            return "true";
        }
        return limits.entrySet().stream()
                .map(e -> "when " + RowCondition.literal(e.getKey()) + " then " + e.getValue())
                .collect(Collectors.joining(" ", "case " + indicator + " ", " else true end"));
    }

    /** The share, measured by Deequ among the rows that meet the rule's own condition. */
    static Compliance analyzer(ParsedRule rule, References references) {
        return new Compliance(
                rule.quality().rule(),
                predicate(rule, references),
                Option.apply(rule.scope()),
                JavaConverters.asScalaBuffer(List.<String>of()).toList(),
                Option.empty());
    }
}
