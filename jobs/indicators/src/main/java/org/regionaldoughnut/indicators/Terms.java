package org.regionaldoughnut.indicators;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/**
 * The rows that the terms of all indicators are made of: one look at each harmonised table, whatever the number of
 * indicators. Which terms a row belongs to depends on its dimensions alone, so the conditions are looked at once for each
 * combination of codes (see {@link Matching}), not for each row. Rows are added up by {@link Gathering}.
 *
 * <p>Columns: {@code region, period, year, status, vintage, lower, upper, confidence_level}, for each value expression k of
 * the table its value {@code v<k>}, and the codes of the row.
 */
final class Terms {
    private static final String STATUSES =
            Arrays.stream(ObsStatus.values()).map(ObsStatus::name).collect(Collectors.joining());
    private static final List<String> INTERVAL = List.of("lower", "upper", "confidence_level");

    /** Places of the columns; those of the interval follow the lower limit. */
    static final int REGION = 0;

    static final int PERIOD = 1;
    static final int YEAR = 2;
    static final int STATUS = 3;
    static final int VINTAGE = 4;
    static final int LOWER = 5;

    /** Those of values; codes follow them. */
    static final int FIRST_VALUE = 8;

    /** Behind all statuses, so that it shows only where nothing else does. */
    static final int SET_ASIDE = STATUSES.length();

    /** The conditions of so many requests are asked of each row before it is looked at closer. */
    private static final int FEW = 3;

    private final Lake lake;
    private final Instant asOf;
    private final Function<String, List<String>> sourcesOf;
    private final Function<String, Set<String>> seriesOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    Terms(Lake lake, Instant asOf) {
        this(lake, asOf, table -> List.of(), table -> Set.of());
    }

    /**
     * @param sourcesOf table to the sources whose removed rows are told of
     * @param seriesOf table to all series it is known to have
     */
    Terms(Lake lake, Instant asOf, Function<String, List<String>> sourcesOf, Function<String, Set<String>> seriesOf) {
        this.lake = lake;
        this.asOf = asOf;
        this.sourcesOf = sourcesOf;
        this.seriesOf = seriesOf;
    }

    /**
     * A set of requests that the same rows feed.
     *
     * @param code the code these rows have, empty where codes do not matter
     */
    record Cell(List<Integer> requests, String code) {}

    /**
     * Rows of one table.
     *
     * @param rows see {@link Terms}; those that count and those that were removed
     * @param codes the columns of codes
     * @param values the value expressions of its requests
     */
    record Part(List<Dataset<Row>> rows, Set<String> codes, Matching matching, List<String> values) {
        List<JavaPairRDD<Integer, byte[]>> bundles(Gathering gathering) {
            return rows.stream()
                    .map(its -> JavaPairRDD.fromJavaRDD(Scan.read(its, codes, gathering)))
                    .toList();
        }

        /** The scan of its rows; none where they are not all read from files. */
        Optional<Scan> scan() {
            return rows.size() == 1 ? Scan.of(rows.get(0), codes) : Optional.empty();
        }
    }

    /** What is read of which tables; no parts where there are no harmonised rows. */
    record Stated(List<Part> parts, List<Request> requests) {
        /**
         * The rows, added up and bundled.
         *
         * @param dispatch what is sent where
         * @param without a part that is left out
         */
        List<JavaPairRDD<Integer, byte[]>> bundles(Dispatch dispatch, Optional<Integer> without) {
            List<JavaPairRDD<Integer, byte[]>> bundles = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                if (without.filter(Integer.valueOf(i)::equals).isEmpty()) {
                    bundles.addAll(part.bundles(new Gathering(i, part.values().size(), part.matching(), dispatch)));
                }
            }
            return bundles;
        }

        /** By part: its value expressions. */
        List<List<String>> values() {
            return parts.stream().map(Part::values).toList();
        }
    }

    /** What the requests measure, brought to the driver. */
    Measures collect(Set<Request> requests) {
        Stated stated = stated(requests, table -> Optional.empty());
        Measures measures = new Measures(stated.requests(), Set.of(), new RegionNumbers());
        if (!stated.parts().isEmpty()) {
            Received all = new Received(stated.values());
            stated.bundles(Dispatch.together(stated.requests().size()), Optional.empty()).stream()
                    .reduce(JavaPairRDD::union)
                    .orElseThrow()
                    .values()
                    .collect()
                    .forEach(all::add);
            all.giveTo(measures);
        }
        return measures;
    }

    /** @param yearsOf table to the years of it that are wanted; all where absent */
    Stated stated(Set<Request> requests, Function<String, Optional<Set<Integer>>> yearsOf) {
        List<Request> ordered = List.copyOf(requests);
        Map<String, List<Integer>> byTable = new TreeMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            byTable.computeIfAbsent(ordered.get(i).term().table(), t -> new ArrayList<>())
                    .add(i);
        }
        List<Part> parts = new ArrayList<>();
        List<Callable<Part>> added = new ArrayList<>();
        byTable.forEach((table, own) -> {
            Optional<Dataset<Row>> rows = known(table).map(all -> yearsOf.apply(table)
                    .map(wanted -> all.where(col("year").isin(wanted.toArray())))
                    .orElse(all));
            if (rows.isEmpty()) {
                return;
            }
            List<Integer> summed = new ArrayList<>();
            for (int i : own) {
                if (ordered.get(i).term().aggregate() == Term.Aggregate.SQL) {
                    parts.add(aggregatedBySql(rows.get(), ordered.get(i), i));
                } else {
                    summed.add(i);
                }
            }
            if (!summed.isEmpty()) {
                added.add(() -> part(table, rows.get(), ordered, summed));
            }
        });
        parts.addAll(SideBySide.all(added));
        return new Stated(List.copyOf(parts), ordered);
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

    private Part part(String table, Dataset<Row> rows, List<Request> requests, List<Integer> own) {
        List<Request> its = own.stream().map(requests::get).toList();
        Codes codes = Codes.of(rows, its);
        Set<String> values = new LinkedHashSet<>();
        boolean figures = false;
        for (Request request : its) {
            values.add(request.term().value());
            figures |= request.term().aggregate() != Term.Aggregate.SUM;
        }
        boolean intervals = figures && List.of(rows.columns()).contains("lower");
        List<Column> columns = new ArrayList<>(List.of(
                col("region"), col("period"), col("year"), col("obs_status").as("status"), col("vintage")));
        INTERVAL.forEach(name ->
                columns.add((intervals ? col(name) : lit(null)).cast("double").as(name)));
        List<String> ordered = List.copyOf(values);
        for (int k = 0; k < ordered.size(); k++) {
            columns.add(expr(ordered.get(k)).cast("double").as("v" + k));
        }
        codes.names().forEach(name -> columns.add(codes.code(name).as("code_" + name)));
        List<Dataset<Row>> told = new ArrayList<>(List.of(fewer(table, rows, its)));
        new SetAside(lake).of(table, sourcesOf.apply(table), rows).ifPresent(told::add);
        return new Part(
                told.stream().map(some -> Codes.select(some, columns)).toList(),
                Set.copyOf(codes.names()),
                Matching.of(lake.spark(), requests, own, codes),
                ordered);
    }

    /** Without rows that no request can mean, where that is quickly told. */
    private Dataset<Row> fewer(String table, Dataset<Row> rows, List<Request> own) {
        List<Column> meant = own.stream().limit(FEW + 1L).map(Codes::meaning).toList();
        if (meant.size() <= FEW) {
            return rows.where(meant.stream().reduce(Column::or).orElseThrow());
        }
        Set<String> wanted = new TreeSet<>();
        own.forEach(request -> wanted.add(request.series()));
        Set<String> all = seriesOf.apply(table);
        // where all are wanted, no row has to be asked for its own
        return !all.isEmpty() && wanted.containsAll(all)
                ? rows
                : rows.where(col("series").isin(wanted.toArray()));
    }

    /** A term that is an SQL aggregate is looked for in the table by itself. */
    private Part aggregatedBySql(Dataset<Row> rows, Request request, int number) {
        Dataset<Row> own = rows.where(Codes.meaning(request))
                .withColumn("place", expr("instr('" + STATUSES + "', obs_status)"))
                .groupBy("region", "period", "year")
                .agg(
                        expr(request.term().value()).cast("double").as("v0"),
                        // no status counts as normal, which is the last
                        min(when(col("place").gt(lit(0)), col("place"))).as("place"),
                        max("vintage").as("vintage"))
                .withColumn("status", expr("substring('" + STATUSES + "', place, 1)"));
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("region", "period", "year", "status", "vintage")) {
            columns.add(col(name));
        }
        INTERVAL.forEach(name -> columns.add(lit(null).cast("double").as(name)));
        columns.add(col("v0"));
        return new Part(
                List.of(own.select(columns.toArray(Column[]::new))),
                Set.of(),
                Matching.ofAll(lake.spark(), number),
                List.of(request.term().value()));
    }

    /** Place in the precedence; what is no SDMX status counts as normal. */
    static int precedence(String status) {
        if (SetAside.STATUS.equals(status)) {
            return SET_ASIDE;
        }
        int place = status == null || status.length() != 1 ? -1 : STATUSES.indexOf(status);
        return place < 0 ? ObsStatus.A.ordinal() : place;
    }
}
