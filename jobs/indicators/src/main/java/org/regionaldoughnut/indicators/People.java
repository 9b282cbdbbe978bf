package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Number of people by year and region; of a year without figures those of the nearest year. */
record People(Map<Integer, Map<String, BigDecimal>> byYear, int nearestYears) {

    static People of(Map<String, Map<String, Measure>> population, int nearestYears) {
        Map<Integer, Map<String, BigDecimal>> byYear = new TreeMap<>();
        population.forEach((period, regions) -> {
            Map<String, BigDecimal> people = byYear.computeIfAbsent(Estimate.year(period), y -> new HashMap<>());
            regions.forEach((region, measure) -> {
                if (measure.hasValue()) {
                    people.put(region, measure.total());
                }
            });
        });
        return new People(byYear, nearestYears);
    }

    Map<String, BigDecimal> in(int year) {
        return byYear.keySet().stream()
                .filter(y -> Math.abs(y - year) <= nearestYears)
                .min((a, b) -> Integer.compare(Math.abs(a - year), Math.abs(b - year)))
                .map(byYear::get)
                .orElse(Map.of());
    }
}
