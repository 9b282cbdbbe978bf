package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.indicators.formulas.Diversity;
import org.regionaldoughnut.model.Indicator;

/** What a region was held against by an indicator that compares regions: its shares and those of all together. */
final class Comparing {
    private final Indicator indicator;

    /** Region to the measures of its terms. */
    private final Map<String, Map<String, Measure>> regions;

    /** @param regions those that were compared */
    Comparing(Indicator indicator, Map<String, Map<String, Measure>> regions) {
        this.indicator = indicator;
        this.regions = regions;
    }

    /** The terms of all regions together. */
    Map<String, Measure> together() {
        Map<String, Measure> together = new LinkedHashMap<>();
        regions.values().forEach(own -> own.forEach((term, measure) -> together.merge(term, measure, Measure::plus)));
        return together;
    }

    /** Shares of the codes of the first term, those first whose shares differ most. */
    Optional<Explanation.Comparison> shares(String region, String level) {
        // shares of flows between industries explain no footprint
        boolean none = indicator.over().isEmpty() || indicator.kind() == Indicator.Kind.FOOTPRINT;
        if (none || !regions.containsKey(region)) {
            return Optional.empty();
        }
        Map<String, Double> own = first(regions.get(region));
        Map<String, Double> all = new TreeMap<>();
        regions.values().forEach(other -> first(other).forEach((code, value) -> all.merge(code, value, Double::sum)));
        double ownSum = sum(own);
        double allSum = sum(all);
        if (!(ownSum > 0) || !(allSum > 0)) {
            return Optional.empty();
        }
        Map<String, Double> quotients = Diversity.locationQuotients(own, all);
        List<Explanation.Share> shares = new ArrayList<>();
        all.forEach((code, value) -> shares.add(new Explanation.Share(
                code, own.getOrDefault(code, 0.0) / ownSum, value / allSum, Optional.ofNullable(quotients.get(code)))));
        shares.sort(Comparator.comparingDouble((Explanation.Share s) -> -Math.abs(s.own() - s.all()))
                .thenComparing(Explanation.Share::code));
        return Optional.of(new Explanation.Comparison(level, regions.size(), shares));
    }

    private static Map<String, Double> first(Map<String, Measure> terms) {
        Map<String, Double> positive = new TreeMap<>();
        terms.values().iterator().next().amounts().forEach((code, value) -> positive.put(code, Math.max(0, value)));
        return positive;
    }

    private static double sum(Map<String, Double> amounts) {
        return amounts.values().stream().mapToDouble(v -> v).sum();
    }
}
