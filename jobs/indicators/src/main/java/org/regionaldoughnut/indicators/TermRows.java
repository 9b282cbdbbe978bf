package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/** The harmonised rows of one term, for the explanation of a single figure: few regions, few periods. */
final class TermRows {
    private static final String VALUE = "v";
    private static final String CODE = "code";
    private final Lake lake;
    private final Instant asOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    TermRows(Lake lake, Instant asOf) {
        this.lake = lake;
        this.asOf = asOf;
    }

    /**
     * @param over column whose codes are kept apart
     * @return rows with {@code region, period, code, v, obs_status, source, batch, line, cell, vintage}; none where the
     *     table is not there
     */
    Optional<Dataset<Row>> of(
            Term term, String series, Optional<String> over, Collection<String> regions, Collection<Integer> years) {
        return lake.read(Table.harmonised(term.table()))
                .map(rows -> rows.where(known().and(col("series").equalTo(series))
                                .and(term.where().map(w -> expr("(" + w + ")")).orElse(lit(true)))
                                .and(col("region").isin(regions.toArray()))
                                .and(col("year").isin(years.toArray())))
                        .select(
                                col("region"),
                                col("period"),
                                over.map(o -> col(o)).orElse(lit("")).as(CODE),
                                expr(term.value()).cast("double").as(VALUE),
                                col("obs_status"),
                                col("source"),
                                col("batch"),
                                col("line"),
                                col("cell"),
                                col("vintage")));
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

    /** Period to region to measure. A figure stated several times counts once. */
    static Map<String, Map<String, Measure>> measures(Dataset<Row> rows, Term.Aggregate aggregate) {
        Map<String, Map<String, Measure>> found = new TreeMap<>();
        Column figure = aggregate == Term.Aggregate.VALUE ? max(VALUE) : sum(VALUE);
        rows.groupBy("period", "region", CODE)
                .agg(
                        figure.as("figure"),
                        count(lit(1)).as("rows"),
                        max("vintage").as("vintage"))
                .collectAsList()
                .forEach(row -> found.computeIfAbsent(row.getAs("period"), p -> new HashMap<>())
                        .merge(row.getAs("region"), measure(row), Measure::plus));
        return found;
    }

    private static Measure measure(Row row) {
        Map<String, ExactSum> parts = new HashMap<>();
        Double figure = row.getAs("figure");
        if (figure != null) {
            parts.put(row.getAs(CODE), ExactSum.of(BigDecimal.valueOf(figure)));
        }
        return new Measure(
                parts,
                row.<Long>getAs("rows"),
                figure == null ? 1 : 0,
                1,
                ObsStatus.A,
                Interval.NONE,
                row.<Timestamp>getAs("vintage").toInstant());
    }

    /** The rows with the greatest figures, with the file and the text they were received in. */
    List<Explanation.SourceRow> greatest(Dataset<Row> rows, int most) {
        List<Row> top = rows.orderBy(
                        abs(col(VALUE)).desc_nulls_last(), col("region"), col("source"), col("line"), col("cell"))
                .limit(most)
                .collectAsList();
        Map<String, List<Row>> bySource = new TreeMap<>();
        top.forEach(row -> bySource.computeIfAbsent(row.getAs("source"), s -> new ArrayList<>())
                .add(row));
        Map<String, Row> received = new HashMap<>();
        bySource.forEach((source, own) -> lake.read(Table.raw(source)).ifPresent(raw -> raw.where(col("batch")
                        .isin(own.stream().map(r -> r.getAs("batch")).distinct().toArray())
                        .and(col("line")
                                .isin(own.stream()
                                        .map(r -> r.getAs("line"))
                                        .distinct()
                                        .toArray())))
                .select("batch", "file", "line", "cell", "received")
                .collectAsList()
                .forEach(row -> received.put(place(source, row), row))));
        return top.stream()
                .map(row -> sourceRow(row, Optional.ofNullable(received.get(place(row.getAs("source"), row)))))
                .toList();
    }

    private static String place(String source, Row row) {
        return source + "/" + row.getAs("batch") + "/" + row.getAs("line") + "/" + row.getAs("cell");
    }

    private static Explanation.SourceRow sourceRow(Row row, Optional<Row> received) {
        return new Explanation.SourceRow(
                row.getAs("source"),
                received.<String>map(r -> r.getAs("file")).orElse(""),
                ((Number) row.getAs("line")).longValue(),
                ((Number) row.getAs("cell")).intValue(),
                row.getAs("batch"),
                row.getAs("region"),
                row.getAs("period"),
                Optional.ofNullable(row.getAs(VALUE)),
                row.getAs("obs_status"),
                received.flatMap(r -> Optional.ofNullable(r.<String>getAs("received"))),
                row.<Timestamp>getAs("vintage").toInstant());
    }
}
