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
import org.regionaldoughnut.lake.TableOption;
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
    private final List<Part> now;

    /** The rows of one table and year. */
    private record Part(String input, String state, int year, long rows, long mixed, long summed) {
        static Part of(Row row) {
            Integer year = row.getAs("year");
            return new Part(
                    row.getAs("input"),
                    row.getAs("state"),
                    year == null ? 0 : year,
                    row.<Long>getAs("rows"),
                    row.<Long>getAs("mixed"),
                    row.<Long>getAs("summed"));
        }

        String place() {
            return input + "/" + year;
        }

        boolean sameRows(Part other) {
            return rows == other.rows && mixed == other.mixed && summed == other.summed;
        }

        Row row(String method) {
            return RowFactory.create(method, input, state, year, rows, mixed, summed);
        }
    }

    private Inputs(Lake lake, String method, List<Part> now) {
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
        Map<String, List<Part>> kept = new HashMap<>();
        kept(lake).stream().map(Part::of).forEach(part -> kept.computeIfAbsent(
                        part.input() + " " + part.state(), k -> new ArrayList<>())
                .add(part));
        List<Part> now = new ArrayList<>();
        List<Dataset<Row>> sums = new ArrayList<>();
        tables.forEach((table, rows) -> {
            String state = lake.state(Table.harmonised(table)) + " " + asOf;
            List<Part> before = kept.get(table + " " + state);
            if (before != null) {
                // the table has not been written since
                now.addAll(before);
            } else {
                sums.add(sums(table, state, rows));
            }
        });
        sums.stream().reduce(Dataset::unionByName).ifPresent(sum -> sum.collectAsList()
                .forEach(row -> now.add(Part.of(row))));
        return new Inputs(lake, method, List.copyOf(now));
    }

    private static Dataset<Row> sums(String table, String state, Dataset<Row> rows) {
        List<String> present = List.of(rows.columns());
        Column[] identity = present.contains("key_hash")
                ? new Column[] {col("key_hash"), col("value_hash"), col("vintage")}
                : present.stream().map(name -> col(name)).toArray(Column[]::new);
        Column hash = xxhash64(identity);
        return rows.select(col("year"), hash.as("hash"))
                .groupBy("year")
                .agg(
                        count(lit(1)).as("rows"),
                        bit_xor(col("hash")).as("mixed"),
                        sum(shiftright(col("hash"), HALF)).as("summed"))
                .select(
                        lit(table).as("input"),
                        lit(state).as("state"),
                        col("year"),
                        col("rows"),
                        col("mixed"),
                        col("summed"));
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
        now.forEach(part -> years.add(part.year()));
        return years;
    }

    /** The years whose rows are others than those the values were computed from; none where all must be computed. */
    Optional<Set<Integer>> changedYears() {
        List<Row> before = kept(lake);
        if (before.isEmpty()
                || before.stream().anyMatch(row -> !method.equals(row.getString(row.fieldIndex("method"))))) {
            return Optional.empty();
        }
        Map<String, Part> was = byPlace(before.stream().map(Part::of).toList());
        Map<String, Part> is = byPlace(now);
        Set<String> places = new HashSet<>(was.keySet());
        places.addAll(is.keySet());
        Set<Integer> changed = new TreeSet<>();
        for (String place : places) {
            Part a = was.get(place);
            Part b = is.get(place);
            if (a == null || b == null || !a.sameRows(b)) {
                changed.add(a == null ? b.year() : a.year());
            }
        }
        return Optional.of(changed);
    }

    private static Map<String, Part> byPlace(List<Part> parts) {
        Map<String, Part> byPlace = new HashMap<>();
        parts.forEach(part -> byPlace.put(part.place(), part));
        return byPlace;
    }

    /** Remembers what the values have been computed from; to be called when they are written. */
    void keep(Write write) {
        List<Part> parts = now.isEmpty() ? List.of(new Part("", "", 0, 0, 0, 0)) : now;
        List<Row> rows = parts.stream().map(part -> part.row(method)).toList();
        Dataset<Row> kept = lake.spark().createDataFrame(rows, COLUMNS).coalesce(1);
        lake.replace(TABLE, kept, null, write, TableOption.statisticsOn("input"));
    }
}
