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

    /** Those that values of some years may need. */
    People around(Set<Integer> years) {
        Map<Integer, Map<String, BigDecimal>> near = new TreeMap<>(byYear);
        near.keySet().removeIf(other -> years.stream().noneMatch(year -> Math.abs(other - year) <= nearestYears));
        return new People(near, nearestYears);
    }

    private Optional<Integer> nearest(int year) {
        return byYear.keySet().stream()
                .filter(y -> Math.abs(y - year) <= nearestYears)
                .min((a, b) -> Integer.compare(Math.abs(a - year), Math.abs(b - year)));
    }

    /**
     * The years, and of the others those that take their people from one of these.
     *
     * @param all every year there are rows of
     */
    Set<Integer> withYearsThatBorrow(Set<Integer> years, Set<Integer> all) {
        Set<Integer> touched = new TreeSet<>(years);
        for (int year : all) {
            // a year near by may also have lost its people
            boolean near = years.stream().anyMatch(y -> Math.abs(y - year) <= nearestYears);
            if (near && !byYear.isEmpty() && !byYear.containsKey(year)) {
                touched.add(year);
            }
        }
        return touched;
    }
}
