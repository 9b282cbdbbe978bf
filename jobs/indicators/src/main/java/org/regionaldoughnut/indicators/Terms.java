package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Union;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/**
 * The rows that the terms of all indicators are made of: one look at each harmonised table, whatever the number of
 * indicators. Which terms a row belongs to depends on its dimensions alone, so the conditions are looked at once for each
 * combination of codes (see {@link Matching}), not for each row. Rows are added up by {@link Gathering}.
 *
 * <p>Columns: {@code region, period, year, cell, status, vintage, lower, upper, confidence_level} and for each value
 * expression k its value {@code v<k>}.
 */
final class Terms {
    private static final String STATUSES =
            java.util.Arrays.stream(ObsStatus.values()).map(ObsStatus::name).collect(Collectors.joining());
    private static final List<String> INTERVAL = List.of("lower", "upper", "confidence_level");

    /** Places of the columns; those of the interval follow the lower limit. */
    static final int REGION = 0;

    static final int PERIOD = 1;
    static final int YEAR = 2;
    static final int CELL = 3;
    static final int STATUS = 4;
    static final int VINTAGE = 5;
    static final int LOWER = 6;
    static final int FIRST_VALUE = 9;

    /** Behind all statuses, so that it shows only where nothing else does. */
    static final int SET_ASIDE = STATUSES.length();

    /** The first byte of a text is the highest of its prefix. */
    private static final int LETTER = Long.SIZE - Byte.SIZE;

    private static final UTF8String QUARANTINED = UTF8String.fromString(SetAside.STATUS);

    private final Lake lake;
    private final Instant asOf;
    private final Function<String, List<String>> sourcesOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    Terms(Lake lake, Instant asOf) {
        this(lake, asOf, table -> List.of());
    }

    /** @param sourcesOf table to the sources whose removed rows are told of */
    Terms(Lake lake, Instant asOf, Function<String, List<String>> sourcesOf) {
        this.lake = lake;
        this.asOf = asOf;
        this.sourcesOf = sourcesOf;
    }

    /**
     * A set of requests that the same rows feed.
     *
     * @param code the code these rows have, empty where codes do not matter
     */
    record Cell(List<Integer> requests, String code) {}

    /**
     * @param rows see {@link Terms}; empty where there are no harmonised rows
     * @param values the value expression of each request by its number k
     * @param years number of years the rows span
     */
    record Stated(
            Optional<Dataset<Row>> rows,
            List<Request> requests,
            List<Cell> cells,
            Map<String, Integer> values,
            int years) {
        /** @param gathering what is sent where */
        JavaPairRDD<Integer, byte[]> bundles(Gathering gathering) {
            return rows.orElseThrow().queryExecution().toRdd().toJavaRDD().mapPartitionsToPair(gathering);
        }
    }

    /** What the requests measure, brought to the driver. */
    Measures collect(Set<Request> requests) {
        Stated stated = stated(requests, table -> Optional.empty());
        Measures measures = new Measures(stated.requests());
        if (stated.rows().isPresent()) {
            int[][] oneUnit = new int[stated.cells().size()][];
            Arrays.fill(oneUnit, new int[] {-1});
            Bundle.Opened all = new Bundle.Opened(stated.values().size());
            stated.bundles(new Gathering(stated.values().size(), oneUnit, Map.of()))
                    .values()
                    .collect()
                    .forEach(all::add);
            new Decoder(stated.requests(), stated.cells(), stated.values()).decode(all, measures);
        }
        return measures;
    }

    /** @param yearsOf table to the years of it that are wanted; all where absent */
    Stated stated(Set<Request> requests, Function<String, Optional<Set<Integer>>> yearsOf) {
        List<Request> ordered = List.copyOf(requests);
        Map<String, Integer> values = new LinkedHashMap<>();
        ordered.forEach(request -> values.putIfAbsent(request.term().value(), values.size()));
        List<Cell> cells = new ArrayList<>();
        List<Dataset<Row>> parts = new ArrayList<>();
        List<Callable<Matched>> matched = new ArrayList<>();
        int span = 1;
        for (String table : tables(ordered)) {
            Optional<Dataset<Row>> rows = known(table).map(all -> yearsOf.apply(table)
                    .map(wanted -> all.where(col("year").isin(wanted.toArray())))
                    .orElse(all));
            if (rows.isEmpty()) {
                continue;
            }
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < ordered.size(); i++) {
                Request request = ordered.get(i);
                if (request.term().table().equals(table)) {
                    if (request.term().aggregate() == Term.Aggregate.SQL) {
                        parts.add(aggregatedBySql(rows.get(), request, values, cells.size()));
                        cells.add(new Cell(List.of(i), ""));
                    } else {
                        own.add(i);
                    }
                }
            }
            if (!own.isEmpty()) {
                matched.add(() -> matched(table, rows.get(), ordered, own));
            }
        }
        for (Matched table : SideBySide.all(matched)) {
            span = Math.max(span, table.matching().years());
            Dataset<Row> cellsOfKeys = table.matching().cells(ordered, table.own(), cells);
            parts.add(rows(table, cellsOfKeys, ordered, values));
        }
        return new Stated(
                parts.isEmpty() ? Optional.empty() : Optional.of(Union.of(parts)), ordered, cells, values, span);
    }

    /**
     * A table whose combinations of codes are known.
     *
     * @param own numbers of the requests that look at it
     */
    private record Matched(List<Integer> own, Matching matching) {}

    private Matched matched(String table, Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        Dataset<Row> told = new SetAside(lake)
                .of(sourcesOf.apply(table), rows)
                .map(removed -> rows.unionByName(removed))
                .orElse(rows);
        return new Matched(own, Matching.of(told, requests, own));
    }

    private static Set<String> tables(List<Request> requests) {
        Set<String> tables = new TreeSet<>();
        requests.forEach(request -> tables.add(request.term().table()));
        return tables;
    }

    /** The rows of a harmonised table that counted at the time asked for. */
    Optional<Dataset<Row>> known(String table) {
        return lake.read(Table.harmonised(table)).map(rows -> {
            Dataset<Row> dated = List.of(rows.columns()).contains("year")
                    ? rows
                    : rows.withColumn("year", substring(col("period"), 1, 4).cast("int"));
            if (asOf.equals(Instant.MAX)) {
                return dated.where(col("superseded").isNull());
            }
            Column then = lit(Timestamp.from(asOf));
            return dated.where(col("vintage")
                    .leq(then)
                    .and(col("superseded").isNull().or(col("superseded").gt(then))));
        });
    }

    private static Dataset<Row> rows(
            Matched table, Dataset<Row> cells, List<Request> requests, Map<String, Integer> values) {
        Dataset<Row> rows = table.matching().rows();
        Set<String> own = new LinkedHashSet<>();
        boolean figures = false;
        for (int i : table.own()) {
            own.add(requests.get(i).term().value());
            figures |= requests.get(i).term().aggregate() != Term.Aggregate.SUM;
        }
        boolean intervals = figures && List.of(rows.columns()).contains("lower");
        List<Column> columns = new ArrayList<>(List.of(
                col("region"),
                col("period"),
                col("year"),
                table.matching().key().as(Matching.KEY),
                col("obs_status").as("status"),
                col("vintage")));
        INTERVAL.forEach(name ->
                columns.add((intervals ? col(name) : lit(null)).cast("double").as(name)));
        values.forEach((value, k) -> columns.add(
                (own.contains(value) ? expr(value) : lit(null)).cast("double").as("v" + k)));
        return ordered(rows.select(columns.toArray(Column[]::new)).join(broadcast(cells), Matching.KEY), values);
    }

    private static Dataset<Row> ordered(Dataset<Row> rows, Map<String, Integer> values) {
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("region", "period", "year", "cell", "status", "vintage")) {
            columns.add(col(name));
        }
        INTERVAL.forEach(name -> columns.add(col(name)));
        values.values().forEach(k -> columns.add(col("v" + k)));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** A term that is an SQL aggregate is looked for in the table by itself. */
    private static Dataset<Row> aggregatedBySql(
            Dataset<Row> rows, Request request, Map<String, Integer> values, int cell) {
        Dataset<Row> own = Matching.restricted(rows, request)
                .withColumn("place", expr("instr('" + STATUSES + "', obs_status)"))
                .groupBy("region", "period", "year")
                .agg(
                        expr(request.term().value()).cast("double").as("its_value"),
                        // no status counts as normal, which is the last
                        min(when(col("place").gt(lit(0)), col("place"))).as("place"),
                        max("vintage").as("vintage"))
                .withColumn("status", expr("substring('" + STATUSES + "', place, 1)"))
                .withColumn("cell", lit(cell));
        List<Column> columns = new ArrayList<>(List.of(col("*")));
        INTERVAL.forEach(name -> columns.add(lit(null).cast("double").as(name)));
        values.forEach((value, k) -> columns.add((value.equals(request.term().value()) ? col("its_value") : lit(null))
                .cast("double")
                .as("v" + k)));
        return ordered(own.select(columns.toArray(Column[]::new)), values);
    }

    /** Place in the precedence; what is no SDMX status counts as normal. */
    static int precedence(UTF8String status) {
        if (status != null && status.equals(QUARANTINED)) {
            return SET_ASIDE;
        }
        int place =
                status == null || status.numBytes() != 1 ? -1 : STATUSES.indexOf((int) (status.getPrefix() >>> LETTER));
        return place < 0 ? ObsStatus.A.ordinal() : place;
    }
}
