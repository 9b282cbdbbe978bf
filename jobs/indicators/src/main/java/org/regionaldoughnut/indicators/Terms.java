package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/**
 * Computes the terms of all indicators: one aggregation for each harmonised table, whatever the number of indicators.
 * Which terms a row belongs to depends on its dimensions alone, so the conditions are looked at once for each
 * combination of codes (see {@link Matching}), not for each row; rows that go the same way are added up together.
 *
 * <p>Columns: {@code region, period, year, cell, rows, status, vintage, lower, upper, confidence_level} and for each
 * value expression k the parts of its exact sum {@code s<k>__0..3} and {@code m<k>, least<k>, most<k>}: missing values,
 * smallest and largest. {@code status} is the place in the precedence of {@link ObsStatus}.
 */
final class Terms {
    private static final String STATUSES =
            java.util.Arrays.stream(ObsStatus.values()).map(ObsStatus::name).collect(Collectors.joining());
    private static final List<String> INTERVAL = List.of("lower", "upper", "confidence_level");

    /** Behind all statuses, so that it shows only where nothing else does. */
    private static final int SET_ASIDE = STATUSES.length();

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
    record Aggregates(
            Optional<Dataset<Row>> rows,
            List<Request> requests,
            List<Cell> cells,
            Map<String, Integer> values,
            int years) {
        int valueOf(Request request) {
            return values.get(request.term().value());
        }
    }

    /** What the requests measure, brought to the driver. */
    Measures collect(Set<Request> requests) {
        Aggregates aggregates = aggregate(requests, table -> Optional.empty());
        Measures measures = new Measures(aggregates.requests());
        Decoder decoder = new Decoder(aggregates.requests(), aggregates.cells(), aggregates.values());
        aggregates.rows().ifPresent(rows -> rows.collectAsList().forEach(row -> decoder.decode(row, measures)));
        return measures;
    }

    /** @param yearsOf table to the years of it that are wanted; all where absent */
    Aggregates aggregate(Set<Request> requests, Function<String, Optional<Set<Integer>>> yearsOf) {
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
            parts.add(summed(table, cellsOfKeys, ordered, values));
        }
        Optional<Dataset<Row>> union = parts.stream().reduce((a, b) -> a.unionByName(b));
        return new Aggregates(union, ordered, cells, values, span);
    }

    /**
     * A table whose combinations of codes are known.
     *
     * @param own numbers of the requests that look at it
     */
    private record Matched(Dataset<Row> rows, List<Integer> own, Matching matching) {}

    private Matched matched(String table, Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        Dataset<Row> told = new SetAside(lake)
                .of(sourcesOf.apply(table), rows)
                .map(removed -> rows.unionByName(removed))
                .orElse(rows);
        return new Matched(told, own, Matching.of(told, requests, own));
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

    private static Dataset<Row> summed(
            Matched table, Dataset<Row> cells, List<Request> requests, Map<String, Integer> values) {
        Dataset<Row> rows = table.rows();
        Set<String> ownValues = new LinkedHashSet<>();
        boolean figures = false;
        for (int i : table.own()) {
            ownValues.add(requests.get(i).term().value());
            figures |= requests.get(i).term().aggregate() != Term.Aggregate.SUM;
        }
        boolean intervals = figures && List.of(rows.columns()).contains("lower");
        List<Column> columns = new ArrayList<>(List.of(
                col("region"),
                col("period"),
                col("year"),
                table.matching().key().as(Matching.KEY),
                precedence().as("status"),
                col("vintage")));
        if (intervals) {
            INTERVAL.forEach(name -> columns.add(col(name)));
        }
        ownValues.forEach(value -> columns.add(expr(value).cast("double").as("v" + values.get(value))));
        Dataset<Row> matched = rows.select(columns.toArray(Column[]::new)).join(broadcast(cells), Matching.KEY);
        return grouped(matched, values, ownValues, figures, intervals);
    }

    private static Dataset<Row> grouped(
            Dataset<Row> rows, Map<String, Integer> values, Set<String> own, boolean figures, boolean intervals) {
        List<Column> aggregates = new ArrayList<>(List.of(
                // a period lies in one year
                min("year").as("year"),
                count(lit(1)).as("rows"),
                min("status").as("status"),
                max("vintage").as("vintage")));
        if (intervals) {
            INTERVAL.forEach(name -> aggregates.add(max(name).as(name)));
        }
        for (String value : own) {
            int k = values.get(value);
            Column v = col("v" + k);
            aggregates.addAll(ExactSum.columns(v, "s" + k));
            aggregates.add(count(when(v.isNull(), lit(1))).as("m" + k));
            if (figures) {
                aggregates.add(min(v).as("least" + k));
                aggregates.add(max(v).as("most" + k));
            }
        }
        Dataset<Row> grouped = rows.groupBy("region", "period", "cell")
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
        return complete(grouped, values);
    }

    /** The same columns for every table, so that all can be put together. */
    private static Dataset<Row> complete(Dataset<Row> rows, Map<String, Integer> values) {
        List<String> present = List.of(rows.columns());
        List<Column> columns = new ArrayList<>();
        List<String> all = new ArrayList<>(Decoder.FIXED);
        for (int k = 0; k < values.size(); k++) {
            all.addAll(Decoder.ofValue(k));
        }
        for (String name : all) {
            String type = name.matches("s\\d+__\\d|m\\d+") ? "long" : "double";
            columns.add(
                    present.contains(name) ? col(name) : lit(null).cast(type).as(name));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** A term that is an SQL aggregate is looked for in the table by itself. */
    private static Dataset<Row> aggregatedBySql(
            Dataset<Row> rows, Request request, Map<String, Integer> values, int cell) {
        int k = values.get(request.term().value());
        Dataset<Row> own = Matching.restricted(rows, request)
                .withColumn("status", precedence())
                .groupBy("region", "period", "year")
                .agg(
                        expr(request.term().value()).cast("double").as("v" + k),
                        count(lit(1)).as("rows"),
                        min("status").as("status"),
                        max("vintage").as("vintage"))
                .withColumn("cell", lit(cell));
        List<Column> parts =
                new ArrayList<>(List.of(own.columns()).stream().map(n -> col(n)).toList());
        parts.add(lit(0L).as("s" + k + "__0"));
        parts.add(lit(0L).as("s" + k + "__1"));
        parts.add(lit(0L).as("s" + k + "__2"));
        parts.add(lit(0L).as("s" + k + "__3"));
        Column value = col("v" + k);
        parts.add(when(value.isNull(), lit(1L)).otherwise(lit(0L)).as("m" + k));
        parts.add(value.as("least" + k));
        parts.add(value.as("most" + k));
        return complete(own.select(parts.toArray(Column[]::new)).withColumn("rows", lit(1L)), values);
    }

    /** Place of the status in the precedence; what is no SDMX status counts as normal. */
    private static Column precedence() {
        Column place = expr("instr('" + STATUSES + "', obs_status)");
        return when(col("obs_status").equalTo(SetAside.STATUS), lit(SET_ASIDE))
                .when(col("obs_status").isNull().or(place.equalTo(lit(0))), lit(ObsStatus.A.ordinal()))
                .otherwise(place.minus(lit(1)));
    }

    /** Reads the columns of {@link Terms} into measures. */
    static final class Decoder {
        static final List<String> FIXED = List.of(
                "region", "period", "year", "cell", "rows", "status", "vintage", "lower", "upper", "confidence_level");
        private static final int BY_VALUE = 7;
        private static final ObsStatus[] STATUS = ObsStatus.values();

        private final List<Request> requests;
        private final List<Cell> cells;
        private final Map<String, Integer> values;

        Decoder(List<Request> requests, List<Cell> cells, Map<String, Integer> values) {
            this.requests = requests;
            this.cells = cells;
            this.values = values;
        }

        static List<String> ofValue(int k) {
            return List.of(
                    "s" + k + "__0",
                    "s" + k + "__1",
                    "s" + k + "__2",
                    "s" + k + "__3",
                    "m" + k,
                    "least" + k,
                    "most" + k);
        }

        void decode(Row row, Measures measures) {
            Cell cell = cells.get(row.getInt(3));
            Measure[] byValue = new Measure[values.size()];
            for (int index : cell.requests()) {
                Request request = requests.get(index);
                int k = values.get(request.term().value());
                boolean sum = request.term().aggregate() == Term.Aggregate.SUM;
                Measure measure = sum && byValue[k] != null ? byValue[k] : measure(row, k, cell.code(), request);
                byValue[k] = sum ? measure : byValue[k];
                measures.add(index, cell.code(), row.getString(1), row.getString(0), measure);
            }
        }

        private static Measure measure(Row row, int k, String code, Request request) {
            int first = FIXED.size() + k * BY_VALUE;
            Optional<Double> least = number(row, first + 5);
            boolean one = least.equals(number(row, first + 6));
            Term.Aggregate aggregate = request.term().aggregate();
            boolean figure = aggregate == Term.Aggregate.VALUE || aggregate == Term.Aggregate.SQL;
            // a figure stated several times is that figure; where they differ, the region is missing later on
            BigDecimal sum = figure ? least.map(BigDecimal::new).orElse(null) : ExactSum.of(row, first);
            if (row.getInt(5) == SET_ASIDE) {
                return Measure.setAside(row.getTimestamp(6).toInstant());
            }
            String kept = request.apart() || request.by().isEmpty() ? "" : code;
            return new Measure(
                    sum == null ? Map.of() : Map.of(kept, sum),
                    row.getLong(4),
                    row.getLong(first + 4),
                    one ? 1 : 2,
                    STATUS[row.getInt(5)],
                    number(row, 7),
                    number(row, 8),
                    number(row, 9),
                    row.getTimestamp(6).toInstant());
        }

        private static Optional<Double> number(Row row, int field) {
            return row.isNullAt(field) ? Optional.empty() : Optional.of(row.getDouble(field));
        }
    }
}
