package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;

/**
 * What the values in {@code statistics.indicators} were computed from: of each harmonised table and year the number of
 * rows and two sums of their hashes, kept in {@code statistics.inputs}. Where they have not changed, neither have the
 * values.
 */
final class Inputs {
    static final Table TABLE = new Table("statistics", "inputs");
    private static final StructType COLUMNS = new StructType()
            .add("method", DataTypes.StringType)
            .add("input", DataTypes.StringType)
            .add("state", DataTypes.StringType)
            .add("year", DataTypes.IntegerType)
            .add("rows", DataTypes.LongType)
            .add("mixed", DataTypes.LongType)
            .add("summed", DataTypes.LongType);
    private static final int HALF = 32;

    private final Lake lake;
    private final String method;
    private final List<Row> now;

    private Inputs(Lake lake, String method, List<Row> now) {
        this.lake = lake;
        this.method = method;
        this.now = now;
    }

    /**
     * @param tables harmonised tables with the rows that count now
     * @param method identity of all that decides what the values are, beside the rows
     * @param asOf when these rows counted
     */
    static Inputs of(Lake lake, Map<String, Dataset<Row>> tables, String method, Instant asOf) {
        Map<String, List<Row>> kept = new HashMap<>();
        kept(lake).forEach(row -> kept.computeIfAbsent(row.getAs("input") + " " + row.getAs("state"), k -> new ArrayList<>())
                .add(row));
        List<Row> same = new ArrayList<>();
        List<Dataset<Row>> sums = new ArrayList<>();
        tables.forEach((table, rows) -> {
            String state = lake.state(Table.harmonised(table)) + " " + asOf;
            List<Row> before = kept.get(table + " " + state);
            if (before != null) {
                // the table has not been written since
                before.forEach(row -> same.add(RowFactory.create(
                        method,
                        table,
                        state,
                        row.getAs("year"),
                        row.getAs("rows"),
                        row.getAs("mixed"),
                        row.getAs("summed"))));
                return;
            }
            List<String> present = List.of(rows.columns());
            Column[] identity = present.contains("key_hash")
                    ? new Column[] {col("key_hash"), col("value_hash"), col("vintage")}
                    : present.stream().map(name -> col(name)).toArray(Column[]::new);
            Column hash = xxhash64(identity);
            sums.add(rows.select(col("year"), hash.as("hash"))
                    .groupBy("year")
                    .agg(
                            count(lit(1)).as("rows"),
                            bit_xor(col("hash")).as("mixed"),
                            sum(shiftright(col("hash"), HALF)).as("summed"))
                    .select(
                            lit(method).as("method"),
                            lit(table).as("input"),
                            lit(state).as("state"),
                            col("year"),
                            col("rows"),
                            col("mixed"),
                            col("summed")));
        });
        sums.stream().reduce(Dataset::unionByName).ifPresent(sum -> same.addAll(sum.collectAsList()));
        return new Inputs(lake, method, List.copyOf(same));
    }

    /** What was kept the last time; nothing where another program kept it in other columns. */
    private static List<Row> kept(Lake lake) {
        return lake.read(TABLE)
                .filter(rows -> List.of(rows.columns()).equals(List.of(COLUMNS.fieldNames())))
                .map(Dataset::collectAsList)
                .orElse(List.of());
    }

    /** The years there are rows of. */
    Set<Integer> years() {
        Set<Integer> years = new TreeSet<>();
        now.forEach(row -> years.add(year(row)));
        return years;
    }

    /** The years whose rows are others than those the values were computed from; none where all must be computed. */
    Optional<Set<Integer>> changedYears() {
        List<Row> before = kept(lake);
        if (before.isEmpty()
                || before.stream().anyMatch(row -> !method.equals(row.getString(row.fieldIndex("method"))))) {
            return Optional.empty();
        }
        Map<String, Row> was = byPlace(before);
        Map<String, Row> is = byPlace(now);
        Set<String> places = new HashSet<>(was.keySet());
        places.addAll(is.keySet());
        Set<Integer> changed = new TreeSet<>();
        for (String place : places) {
            Row a = was.get(place);
            Row b = is.get(place);
            if (a == null || b == null || !figures(a).equals(figures(b))) {
                changed.add(year(a == null ? b : a));
            }
        }
        return Optional.of(changed);
    }

    private static Map<String, Row> byPlace(List<Row> rows) {
        Map<String, Row> byPlace = new HashMap<>();
        rows.forEach(row -> byPlace.put(row.getAs("input") + "/" + year(row), row));
        return byPlace;
    }

    private static int year(Row row) {
        Integer year = row.getAs("year");
        return year == null ? 0 : year;
    }

    private static List<Object> figures(Row row) {
        return List.of(row.getAs("rows"), row.getAs("mixed"), row.getAs("summed"));
    }

    /** Remembers what the values have been computed from; to be called when they are written. */
    void keep(Write write) {
        List<Row> rows = now.isEmpty() ? List.of(RowFactory.create(method, "", "", 0, 0L, 0L, 0L)) : now;
        lake.replace(TABLE, lake.spark().createDataFrame(rows, COLUMNS).coalesce(1), null, write);
    }
}
