package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
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
     * @param kept indicators that have such rows
     */
    void replace(
            JavaRDD<InternalRow> rows,
            Optional<Column> condition,
            Optional<Set<Integer>> years,
            Set<String> kept,
            Write write) {
        if (condition.isEmpty()) {
            replace(rows, years, write);
            return;
        }
        Dataset<Row> touched =
                years.map(some -> all().where(col("year").isin(some.toArray()))).orElse(all());
        Dataset<Row> others = touched.where(not(condition.get()));
        int cores = others.sparkSession().sparkContext().defaultParallelism();
        JavaRDD<InternalRow> all = rows;
        int most = years.map(some -> cores / Math.max(1, some.size())).orElse(1);
        for (Column part : parts(kept, Math.max(1, most))) {
            // what takes longest is begun first
            all = others.where(part).queryExecution().toRdd().toJavaRDD().union(all);
        }
        replace(all, years, write);
    }

    /** Parts of all rows by their indicators, so that every core has some where a file is read by one. */
    private static List<Column> parts(Set<String> indicators, int most) {
        List<String> sorted = indicators.stream().sorted().toList();
        int size = Math.max(1, (sorted.size() + most - 1) / most);
        List<Column> parts = new ArrayList<>();
        for (int first = 0; first == 0 || first < sorted.size(); first += size) {
            Column from = first == 0 ? lit(true) : col("indicator").geq(sorted.get(first));
            int end = first + size;
            parts.add(end < sorted.size() ? from.and(col("indicator").lt(sorted.get(end))) : from);
        }
        return parts;
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
