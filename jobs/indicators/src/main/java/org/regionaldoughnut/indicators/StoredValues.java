package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What views look at in {@code statistics.indicators}. */
final class StoredValues {
    private StoredValues() {}

    /** The estimates of some regions. */
    static List<Estimate> of(Set<String> regions, Dataset<Row> values) {
        return values.where(col("region").isin(regions.toArray())).collectAsList().stream()
                .map(StatisticsTables::estimate)
                .toList();
    }

    /**
     * Indicator to levels at which it has figures, of those asked for.
     *
     * @param levelOf region to level
     */
    static SortedMap<String, Set<String>> levels(
            Set<String> indicators, Map<String, String> levelOf, Dataset<Row> values) {
        SortedMap<String, Set<String>> levels = new TreeMap<>();
        for (Row row : values.where(col("indicator")
                        .isin(indicators.toArray())
                        .and(col("value").isNotNull()))
                .select("indicator", "region")
                .distinct()
                .collectAsList()) {
            String level = levelOf.get(row.getString(1));
            if (level != null) {
                levels.computeIfAbsent(row.getString(0), i -> new TreeSet<>()).add(level);
            }
        }
        return levels;
    }
}
