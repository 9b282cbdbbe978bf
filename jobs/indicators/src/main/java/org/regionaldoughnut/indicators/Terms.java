package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/**
 * Computes the terms of all indicators: one aggregation for each harmonised table, whatever the number of indicators.
 * A row is handed to each term whose condition it meets, then all are summed by term, region, period and code.
 */
final class Terms {
    private static final String VALUE = "v";
    private final Lake lake;
    private final Instant asOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    Terms(Lake lake, Instant asOf) {
        this.lake = lake;
        this.asOf = asOf;
    }

    /** A term as it is asked for: what it sums, and the column whose codes are kept apart. */
    record Request(Term term, String series, Optional<String> over) {}

    /** Request to period to region to measure. */
    Map<Request, Map<String, Map<String, Measure>>> compute(Set<Request> requests) {
        Map<Request, Map<String, Map<String, Measure>>> results = new LinkedHashMap<>();
        requests.forEach(request -> results.put(request, new TreeMap<>()));
        Set<String> tables = new TreeSet<>();
        requests.forEach(request -> tables.add(request.term().table()));
        for (String table : tables) {
            List<Request> own = requests.stream()
                    .filter(r -> r.term().table().equals(table))
                    .toList();
            lake.read(Table.harmonised(table)).ifPresent(rows -> collect(rows, own, results));
        }
        requests.stream()
                .filter(request -> request.term().aggregate() == Term.Aggregate.MEAN)
                .forEach(request -> results.put(request, yearly(request.term(), results.get(request))));
        return results;
    }

    private void collect(
            Dataset<Row> rows, List<Request> requests, Map<Request, Map<String, Map<String, Measure>>> results) {
        Set<String> series = new TreeSet<>();
        requests.forEach(request -> series.add(request.series()));
        Dataset<Row> current = rows.where(known().and(col("series").isin(series.toArray())));
        List<Column> matches = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Request request = requests.get(i);
            Column meets = col("series").equalTo(request.series());
            if (request.term().where().isPresent()) {
                meets = meets.and(condition(request.term()));
            }
            matches.add(when(
                    meets,
                    struct(
                            lit(i).as("request"),
                            request.over()
                                    .map(over -> col(over))
                                    .orElse(lit(""))
                                    .as("code"),
                            col(request.term().value()).as(VALUE))));
        }
        boolean intervals = List.of(rows.columns()).contains("lower");
        Dataset<Row> matched = current.select(
                        col("region"),
                        col("period"),
                        precedence().as("status"),
                        col("vintage"),
                        (intervals ? col("lower") : lit(null).cast("double")).as("lower"),
                        (intervals ? col("upper") : lit(null).cast("double")).as("upper"),
                        (intervals ? col("confidence_level") : lit(null).cast("double")).as("confidence_level"),
                        explode(array_compact(array(matches.toArray(Column[]::new))))
                                .as("m"))
                .select("region", "period", "status", "vintage", "lower", "upper", "confidence_level", "m.*");
        List<Column> aggregates = new ArrayList<>(ExactSum.columns(col(VALUE), VALUE));
        aggregates.addAll(List.of(
                count(lit(1)).as("rows"),
                count(when(col(VALUE).isNull(), lit(1))).as("missing"),
                min(VALUE).as("least"),
                max(VALUE).as("most"),
                min("status").as("status"),
                max("vintage").as("vintage"),
                max("lower").as("lower"),
                max("upper").as("upper"),
                max("confidence_level").as("confidence_level")));
        Dataset<Row> sums = matched.groupBy("request", "region", "period", "code")
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
        for (Row row : sums.collectAsList()) {
            Request request = requests.get(row.<Integer>getAs("request"));
            Measure measure = measure(row, request.term().aggregate());
            results.get(request)
                    .computeIfAbsent(row.getAs("period"), p -> new TreeMap<>())
                    .merge(row.getAs("region"), measure, Measure::plus);
        }
    }

    private static Measure measure(Row row, Term.Aggregate aggregate) {
        BigDecimal sum = ExactSum.of(row, VALUE);
        long stated = row.<Long>getAs("rows") - row.<Long>getAs("missing");
        if (aggregate == Term.Aggregate.VALUE && stated > 1) {
            // a figure stated several times is that figure; where they differ, the region is missing later on
            sum = sum.divide(BigDecimal.valueOf(stated), MathContext.DECIMAL128);
        }
        Map<String, BigDecimal> parts = new TreeMap<>();
        if (sum != null) {
            parts.put(row.getAs("code"), sum);
        }
        boolean one = row.getAs("least") == null || row.<Double>getAs("least").equals(row.<Double>getAs("most"));
        return new Measure(
                parts,
                row.<Long>getAs("rows"),
                row.<Long>getAs("missing"),
                one ? 1 : 2,
                ObsStatus.values()[row.<Integer>getAs("status")],
                Optional.ofNullable(row.getAs("lower")),
                Optional.ofNullable(row.getAs("upper")),
                Optional.ofNullable(row.getAs("confidence_level")),
                row.<Timestamp>getAs("vintage").toInstant());
    }

    private Column known() {
        if (asOf.equals(Instant.MAX)) {
            return col("superseded").isNull();
        }
        Column then = lit(Timestamp.from(asOf));
        return col("vintage")
                .leq(then)
                .and(col("superseded").isNull().or(col("superseded").gt(then)));
    }

    private static Column condition(Term term) {
        try {
            return expr(term.where().orElseThrow());
        } catch (RuntimeException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term: its condition '" + term.where().orElseThrow()
                            + "' is no SQL expression. Correct it in conf/indicators.",
                    e);
        }
    }

    /** Position of the status in the precedence; what is no SDMX status counts as normal. */
    private static Column precedence() {
        List<Column> entries = new ArrayList<>();
        for (ObsStatus status : ObsStatus.values()) {
            entries.add(lit(status.name()));
            entries.add(lit(status.ordinal()));
        }
        return coalesce(element_at(map(entries.toArray(Column[]::new)), col("obs_status")), lit(ObsStatus.A.ordinal()));
    }

    /** Means of the shorter periods of each year; a year with fewer of them than declared has none. */
    private static Map<String, Map<String, Measure>> yearly(Term term, Map<String, Map<String, Measure>> byPeriod) {
        Map<String, Map<String, List<Measure>>> byYear = new TreeMap<>();
        byPeriod.forEach((period, regions) -> {
            if (period.length() > 4) {
                regions.forEach(
                        (region, measure) -> byYear.computeIfAbsent(period.substring(0, 4), y -> new TreeMap<>())
                                .computeIfAbsent(region, r -> new ArrayList<>())
                                .add(measure));
            }
        });
        Map<String, Map<String, Measure>> means = new TreeMap<>();
        byYear.forEach((year, regions) -> regions.forEach((region, measures) -> {
            boolean whole = measures.size() == term.count().orElse(measures.size())
                    && measures.stream().allMatch(Measure::hasValue);
            if (whole) {
                BigDecimal mean = measures.stream()
                        .map(Measure::total)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(measures.size()), MathContext.DECIMAL128);
                Measure all = measures.stream().reduce(Measure::plus).orElseThrow();
                means.computeIfAbsent(year, y -> new TreeMap<>())
                        .put(
                                region,
                                new Measure(
                                        Map.of("", mean),
                                        1,
                                        0,
                                        1,
                                        all.status().and(ObsStatus.E),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        all.vintage()));
            }
        }));
        return means;
    }
}
