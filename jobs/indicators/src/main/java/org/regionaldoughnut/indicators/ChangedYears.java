package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * Which values change where the rows of some years have: of the indicators that they feed those of the same years, and of
 * such that reach further also those of the years around them, or of all.
 *
 * @param years whose rows have changed
 * @param indicators that these feed, with those they are made of
 * @param reaches of those that depend on more than their own year (see {@link Plan#reach})
 */
record ChangedYears(Set<Integer> years, Set<String> indicators, Map<String, Optional<Integer>> reaches) {
    ChangedYears {
        years = Collections.unmodifiableSet(new TreeSet<>(years));
        indicators = Collections.unmodifiableSet(new TreeSet<>(indicators));
        reaches = Collections.unmodifiableMap(new TreeMap<>(reaches));
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

    /**
     * Which rows of {@code statistics.indicators} are replaced; none where all of {@link #rewritten} are.
     *
     * @param all indicators that there are rows of
     */
    Optional<Column> replaced(Set<String> all) {
        if (reaches.isEmpty() && indicators.containsAll(all)) {
            return Optional.empty();
        }
        Column replaced = col("year").isin(years.toArray()).and(col("indicator").isin(indicators.toArray()));
        for (String indicator : reaches.keySet()) {
            replaced = replaced.or(touchedOf(indicator));
        }
        return Optional.of(replaced);
    }

    /** The years that they are of; empty for all. */
    Optional<Set<Integer>> rewritten() {
        Set<Integer> rewritten = new TreeSet<>(years);
        for (String indicator : reaches.keySet()) {
            Optional<Set<Integer>> touched = touched(indicator);
            if (touched.isEmpty()) {
                return touched;
            }
            rewritten.addAll(touched.get());
        }
        return Optional.of(rewritten);
    }

    /** Which values computed from the rows of these years are whole. */
    Column wholeValues() {
        Column whole = col("year")
                .isin(years.toArray())
                .and(col("indicator").isin(reaches.keySet().toArray()).equalTo(false));
        for (String indicator : reaches.keySet()) {
            whole = whole.or(touchedOf(indicator));
        }
        return whole;
    }

    private Column touchedOf(String indicator) {
        Column own = col("indicator").equalTo(indicator);
        return touched(indicator)
                .map(near -> own.and(col("year").isin(near.toArray())))
                .orElse(own);
    }
}
