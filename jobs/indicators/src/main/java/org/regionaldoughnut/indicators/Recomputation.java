package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.model.Formula;
import org.regionaldoughnut.model.Indicator;

/** A figure computed once more from the terms that an explanation shows. */
final class Recomputation {
    private static final MathContext SHOWN = new MathContext(12);

    private Recomputation() {}

    /** What the terms give, by the kinds that look at one region and period alone. */
    static Optional<Double> of(Indicator indicator, List<Explanation.Part> parts, Map<String, Double> numbers) {
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED) {
            return weighted(indicator, parts);
        }
        if (!indicator.kind().overCodes()) {
            return numbers.size() < indicator.terms().size()
                    ? Optional.empty()
                    : indicator.formula().map(text -> Formula.of(text).value(numbers::get));
        }
        List<Double> amounts = parts.stream()
                .flatMap(part -> part.codes().stream())
                .map(Explanation.Amount::value)
                .filter(value -> value > 0)
                .toList();
        double all = amounts.stream().mapToDouble(v -> v).sum();
        return switch (indicator.kind()) {
            case ENTROPY ->
                Optional.of(amounts.stream()
                        .mapToDouble(v -> -v / all * Math.log(v / all) / Math.log(2))
                        .sum());
            case HERFINDAHL ->
                Optional.of(
                        amounts.stream().mapToDouble(v -> v / all * (v / all)).sum());
            default -> Optional.empty();
        };
    }

    /** Sum of weight times rate over the sum of weights, over the regions that have both. */
    private static Optional<Double> weighted(Indicator indicator, List<Explanation.Part> parts) {
        Map<String, Map<String, Double>> byRegion = new TreeMap<>();
        parts.forEach(
                part -> part.regions().forEach(amount -> byRegion.computeIfAbsent(amount.code(), c -> new TreeMap<>())
                        .put(part.name(), amount.value())));
        String weight = indicator.weight().orElseThrow();
        Formula formula = Formula.of(indicator.formula().orElseThrow());
        double sum = 0;
        double weights = 0;
        for (Map<String, Double> own : byRegion.values()) {
            if (own.size() == parts.size()) {
                sum += own.get(weight) * formula.value(own::get);
                weights += own.get(weight);
            }
        }
        return weights == 0 ? Optional.empty() : Optional.of(sum / weights);
    }

    /** The formula with numbers in the place of names. */
    static String inserted(String formula, Map<String, Double> numbers) {
        String text = formula;
        for (Map.Entry<String, Double> entry : numbers.entrySet()) {
            text = text.replaceAll(
                    "(?i)(?<![\\w.])" + entry.getKey() + "(?!\\w)",
                    BigDecimal.valueOf(entry.getValue())
                            .round(SHOWN)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        return text;
    }
}
