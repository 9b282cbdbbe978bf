package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Which values change where the rows of some years have: those of the same years, and of indicators that reach further
 * also those of the years around them, or of all.
 */
final class ChangedYears {
    private final Set<Integer> years;
    private final Map<String, Optional<Integer>> reaches;

    /** @param reaches of the indicators that depend on more than their own year (see {@link Plan#reach}) */
    ChangedYears(Set<Integer> years, Map<String, Optional<Integer>> reaches) {
        this.years = new TreeSet<>(years);
        this.reaches = new TreeMap<>(reaches);
    }

    Set<Integer> years() {
        return years;
    }

    /** The years whose values of the indicator are others; empty for all. */
    Optional<Set<Integer>> touched(String indicator) {
        return reach(indicator).map(this::around);
    }

    /** The years whose rows are needed to compute these; empty for all. */
    Optional<Set<Integer>> needed(String indicator) {
        return reach(indicator).map(reach -> around(2 * reach));
    }

    private Optional<Integer> reach(String indicator) {
        return reaches.getOrDefault(indicator, Optional.of(0));
    }

    private Set<Integer> around(int reach) {
        Set<Integer> around = new TreeSet<>();
        for (int year : years) {
            for (int near = year - reach; near <= year + reach; near++) {
                around.add(near);
            }
        }
        return around;
    }

    /** Whether all values of these years change, and no others. */
    boolean areWhole() {
        return reaches.isEmpty();
    }

    /** The partitions of {@code statistics.indicators} that hold these years. */
    Set<Map<String, String>> partitions() {
        return years.stream().map(year -> Map.of("year", year.toString())).collect(Collectors.toSet());
    }

    /** Which rows of {@code statistics.indicators} are to be replaced, as SQL. */
    String condition() {
        StringBuilder condition = new StringBuilder(in(years));
        reaches.forEach((indicator, reach) -> {
            condition.append(" or (indicator = '").append(indicator).append("'");
            touched(indicator).ifPresent(touched -> condition.append(" and ").append(in(touched)));
            condition.append(")");
        });
        return condition.toString();
    }

    private static String in(Set<Integer> years) {
        return years.stream().map(String::valueOf).collect(Collectors.joining(", ", "year in (", ")"));
    }

    /** Which values computed from these rows are whole. */
    Column wholeValues() {
        Column whole = col("year")
                .isin(years.toArray())
                .and(col("indicator").isin(reaches.keySet().toArray()).equalTo(false));
        for (String indicator : reaches.keySet()) {
            Column own = col("indicator").equalTo(indicator);
            whole = whole.or(touched(indicator)
                    .map(near -> own.and(col("year").isin(near.toArray())))
                    .orElse(own));
        }
        return whole;
    }
}
