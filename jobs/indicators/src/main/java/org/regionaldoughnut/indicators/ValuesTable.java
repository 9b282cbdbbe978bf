package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.lake.columns.Apart;

/**
 * How {@code statistics.indicators} lies in the lake: by year, values of the regions that are shown in files of their own.
 */
final class ValuesTable {
    static final TableOption BY_INDICATOR = TableOption.statisticsOn("indicator");
    static final TableOption[] LAYOUT = {TableOption.partitionedBy("year"), BY_INDICATOR};

    private final Lake lake;
    private final Optional<Apart> shown;

    /** @param shown regions whose values are looked at by themselves; none where all are shown */
    ValuesTable(Lake lake, Optional<Set<String>> shown) {
        this.lake = lake;
        this.shown = shown.map(codes -> new Apart("region", codes));
    }

    void replaceAll(JavaRDD<InternalRow> rows, Write write) {
        replace(rows, Optional.empty(), write);
    }

    /**
     * Writes rows in place of others.
     *
     * @param condition that these meet; all of the years do where absent
     * @param years those of both, at least: other rows of these years are written again
     */
    void replace(JavaRDD<InternalRow> rows, Optional<Column> condition, Optional<Set<Integer>> years, Write write) {
        if (condition.isEmpty()) {
            replace(rows, years, write);
            return;
        }
        Dataset<Row> stored = all();
        Dataset<Row> touched = years.map(some -> stored.where(col("year").isin(some.toArray())))
                .orElse(stored);
        JavaRDD<InternalRow> others =
                touched.where(not(condition.get())).queryExecution().toRdd().toJavaRDD();
        replace(rows.union(others), years, write);
    }

    private void replace(JavaRDD<InternalRow> rows, Optional<Set<Integer>> years, Write write) {
        Optional<Set<Map<String, String>>> partitions = years.map(some ->
                some.stream().map(year -> Map.of("year", year.toString())).collect(Collectors.toSet()));
        lake.replacePartitions(
                Indicators.INDICATORS, rows, StatisticsTables.INDICATORS, partitions, shown, write, LAYOUT);
    }

    Dataset<Row> all() {
        return lake.read(Indicators.INDICATORS).orElseThrow();
    }

    /** Rows of the regions that are shown, and of others those that lie in one file with them. */
    Dataset<Row> shown() {
        return shown.flatMap(some -> lake.read(Indicators.INDICATORS, some)).orElseGet(this::all);
    }
}
