package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

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
import org.regionaldoughnut.lake.SideBySide;
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

    private final Harmonised harmonised;
    private final Function<String, Optional<Dataset<Row>>> removed;
    private final Function<String, Set<String>> seriesOf;

    /** Of rows that count alone. */
    Terms(Harmonised harmonised) {
        this.harmonised = harmonised;
        this.removed = table -> Optional.empty();
        this.seriesOf = table -> Set.of();
    }

    /**
     * Of rows that count, and of those that rules removed.
     *
     * @param seriesOf table to all series it is known to have
     */
    Terms(Harmonised harmonised, Function<String, Set<String>> seriesOf) {
        this.harmonised = harmonised;
        this.removed = harmonised::removed;
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
     * @param values the value expressions of its requests
     */
    record Part(List<Scan.Planned> rows, Matching matching, List<String> values) {
        List<JavaPairRDD<Integer, byte[]>> bundles(Gathering gathering) {
            return rows.stream()
                    .map(its -> JavaPairRDD.fromJavaRDD(its.read(gathering)))
                    .toList();
        }

        /** The scan of its rows; none where they are not all read from files. */
        Optional<Scan> scan() {
            return rows.size() == 1 ? rows.get(0).scan() : Optional.empty();
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
            Optional<Dataset<Row>> all = harmonised.known(table);
            if (all.isEmpty()) {
                return;
            }
            Optional<Set<Integer>> years = yearsOf.apply(table);
            Dataset<Row> rows = within(years, all.get());
            List<Integer> summed = new ArrayList<>();
            for (int i : own) {
                if (ordered.get(i).term().aggregate() == Term.Aggregate.SQL) {
                    parts.add(aggregatedBySql(rows, ordered.get(i), i));
                } else {
                    summed.add(i);
                }
            }
            if (!summed.isEmpty()) {
                added.add(() -> part(
                        fewer(table, rows, summed.stream().map(ordered::get).toList()),
                        removed.apply(table).map(its -> within(years, its)),
                        ordered,
                        summed));
            }
        });
        parts.addAll(SideBySide.all(added));
        return new Stated(List.copyOf(parts), ordered);
    }

    /** Rows of some years; all where none are named. */
    static Dataset<Row> within(Optional<Set<Integer>> years, Dataset<Row> rows) {
        return years.map(wanted -> rows.where(col("year").isin(wanted.toArray())))
                .orElse(rows);
    }

    private Part part(Dataset<Row> rows, Optional<Dataset<Row>> removed, List<Request> requests, List<Integer> own) {
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
        List<Dataset<Row>> told = new ArrayList<>(List.of(rows));
        removed.ifPresent(told::add);
        Set<String> needless = Set.copyOf(codes.names());
        return new Part(
                told.stream()
                        .map(some -> Scan.Planned.of(Codes.select(some, columns), needless))
                        .toList(),
                Matching.of(rows.sparkSession(), requests, own, codes),
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
                List.of(Scan.Planned.of(own.select(columns.toArray(Column[]::new)), Set.of())),
                Matching.ofAll(rows.sparkSession(), number),
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
