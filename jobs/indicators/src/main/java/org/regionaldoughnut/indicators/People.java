package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
        return nearest(year).map(byYear::get).orElse(Map.of());
    }

    /** Those that values of some years need. */
    People in(Set<Integer> years) {
        Map<Integer, Map<String, BigDecimal>> needed = new TreeMap<>();
        years.forEach(year -> nearest(year).ifPresent(near -> needed.put(near, byYear.get(near))));
        return new People(needed, nearestYears);
    }

    private Optional<Integer> nearest(int year) {
        return byYear.keySet().stream()
                .filter(y -> Math.abs(y - year) <= nearestYears)
                .min((a, b) -> Integer.compare(Math.abs(a - year), Math.abs(b - year)));
    }

    /**
     * The years whose people may have changed where those of some have.
     *
     * @param years whose people have changed
     * @param counted years that have people of their own
     * @param all every year there are rows of
     */
    static Set<Integer> touched(Set<Integer> years, Set<Integer> counted, Set<Integer> all, int nearestYears) {
        Set<Integer> touched = new TreeSet<>(years);
        for (int year : all) {
            boolean near = years.stream().anyMatch(y -> Math.abs(y - year) <= nearestYears);
            // it takes them from one of these, or did before they lost theirs
            if (near && !counted.contains(year)) {
                touched.add(year);
            }
        }
        return touched;
    }
}
