package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/** Estimates by indicator, breakdown and region, and why an indicator has none. */
final class Series {
    private final Map<String, Map<String, Map<String, List<Estimate>>>> byIndicator = new HashMap<>();
    private final Map<String, Set<String>> levels = new HashMap<>();
    private final Map<String, String> missing;

    /** @param missing indicator to the reason why it cannot be computed at all */
    Series(Collection<Estimate> estimates, RegionTree tree, Map<String, String> missing) {
        this.missing = missing;
        for (Estimate estimate : estimates) {
            byIndicator
                    .computeIfAbsent(estimate.indicator(), i -> new HashMap<>())
                    .computeIfAbsent(estimate.region(), r -> new TreeMap<>())
                    .computeIfAbsent(estimate.breakdown(), b -> new ArrayList<>())
                    .add(estimate);
            if (estimate.value().isPresent()) {
                tree.region(estimate.region())
                        .map(Region::level)
                        .ifPresent(level -> knowsLevel(estimate.indicator(), level));
            }
        }
    }

    /** An indicator has figures at a level, whether or not they were given. */
    void knowsLevel(String indicator, String level) {
        levels.computeIfAbsent(indicator, i -> new TreeSet<>()).add(level);
    }

    /** Levels at which the indicator is known to have figures. */
    Set<String> levels(String indicator) {
        return levels.getOrDefault(indicator, Set.of());
    }

    List<Estimate> of(String indicator, String region, String breakdown) {
        return byIndicator
                .getOrDefault(indicator, Map.of())
                .getOrDefault(region, Map.of())
                .getOrDefault(breakdown, List.of());
    }

    /** The breakdowns a region has figures for, the total not among them. */
    Set<String> breakdowns(String indicator, String region) {
        Set<String> breakdowns = new TreeSet<>(byIndicator
                .getOrDefault(indicator, Map.of())
                .getOrDefault(region, Map.of())
                .keySet());
        breakdowns.remove(Estimate.TOTAL);
        return breakdowns;
    }

    /** The estimate nearest to the year, one with a value first. */
    Optional<Estimate> nearest(String indicator, String region, String breakdown, int year, int reach) {
        return of(indicator, region, breakdown).stream()
                .filter(e -> Math.abs(e.referenceYear() - year) <= reach)
                .min(Comparator.comparing((Estimate e) -> e.value().isEmpty())
                        .thenComparingInt(e -> Math.abs(e.referenceYear() - year))
                        .thenComparing(e -> -e.referenceYear())
                        .thenComparing(Estimate::period));
    }

    /** One estimate with a value for each reference year: of several the one of the plainest period. */
    TreeMap<Integer, Estimate> yearly(String indicator, String region) {
        TreeMap<Integer, Estimate> yearly = new TreeMap<>();
        of(indicator, region, Estimate.TOTAL).stream()
                .filter(estimate -> estimate.value().isPresent())
                .sorted(Comparator.comparingInt((Estimate e) -> e.period().length())
                        .thenComparing(Estimate::period))
                .forEach(estimate -> yearly.putIfAbsent(estimate.referenceYear(), estimate));
        return yearly;
    }

    /** Why there is no figure near the year. */
    String whyNone(String indicator, Region region, String breakdown, int year) {
        if (missing.containsKey(indicator)) {
            return missing.get(indicator);
        }
        Optional<Integer> other = of(indicator, region.code(), breakdown).stream()
                .filter(e -> e.value().isPresent())
                .map(Estimate::referenceYear)
                .min(Comparator.comparingInt(y -> Math.abs(y - year)));
        if (other.isPresent()) {
            return "too old or too new: the nearest figure is of " + other.get();
        }
        Set<String> known = levels.getOrDefault(indicator, Set.of());
        return known.isEmpty() || known.contains(region.level())
                ? "no source has a figure for this region"
                : "not collected at this level: there are figures of " + String.join(", ", known) + ", none of "
                        + region.level();
    }
}
