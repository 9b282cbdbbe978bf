package org.regionaldoughnut.office;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a contract column comes from received ones: exactly one of expression, constant, from, preamble, dimensions.
 *
 * @param expression Spark SQL over received columns
 * @param from received columns by header name; the first that the file has
 * @param codes received text to contract text; what is not listed is quarantined
 * @param multiply factor of a number
 * @param decimal decimal mark of a number, default a full stop
 * @param grouping thousands mark of a number, default none
 * @param preamble label above the header whose next cell holds the value
 * @param dimensions breakdown dimension to received column
 */
public record ColumnMapping(
        Optional<String> expression,
        Optional<String> constant,
        List<String> from,
        Map<String, String> codes,
        Optional<Double> multiply,
        String decimal,
        String grouping,
        Optional<String> preamble,
        Map<String, String> dimensions) {

    static ColumnMapping ofExpression(String expression) {
        return new ColumnMapping(
                Optional.of(expression),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                ".",
                "",
                Optional.empty(),
                Map.of());
    }

    /** The object form in YAML; {@code from} is a name or a list of them, a constant any scalar. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static ColumnMapping of(
            @JsonProperty("expression") Optional<String> expression,
            @JsonProperty("constant") Optional<String> constant,
            @JsonProperty("from") List<String> from,
            @JsonProperty("codes") Map<String, String> codes,
            @JsonProperty("multiply") Optional<Double> multiply,
            @JsonProperty("decimal") String decimal,
            @JsonProperty("grouping") String grouping,
            @JsonProperty("preamble") Optional<String> preamble,
            @JsonProperty("dimensions") Map<String, String> dimensions) {
        return new ColumnMapping(
                expression,
                constant,
                from == null ? List.of() : List.copyOf(from),
                codes == null ? Map.of() : codes,
                multiply,
                decimal == null ? "." : decimal,
                grouping == null ? "" : grouping,
                preamble,
                dimensions == null ? Map.of() : dimensions);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ColumnMapping of(String expression) {
        return ofExpression(expression);
    }
}
