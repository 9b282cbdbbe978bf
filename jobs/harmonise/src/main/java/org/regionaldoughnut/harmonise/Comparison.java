package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.office.Contract;

/** What a source said at two times, figure by figure. A figure is told by its series, region and the contract's key. */
public final class Comparison {
    private static final String KIND = "kind";
    private static final String NEW = "new";
    private static final String REVISED = "revised";
    private static final String RESTATED = "restated";
    private static final String UNCHANGED = "unchanged";
    private static final String WITHDRAWN = "withdrawn";

    private final Lake lake;

    public Comparison(Lake lake) {
        this.lake = lake;
    }

    /**
     * @param before figures known at the first time
     * @param after figures known at the second
     * @param added not known at the first time
     * @param revised with another value or unit
     * @param restated with the same value and another status, limit or the like
     * @param sizes of the revisions; none where nothing was revised
     * @param largest revisions by their absolute size
     */
    public record Difference(
            long before,
            long after,
            long added,
            long revised,
            long restated,
            long unchanged,
            long withdrawn,
            Optional<Sizes> sizes,
            List<Change> largest) {}

    /**
     * In the unit of the figures.
     *
     * @param mean of differences with their sign: whether revisions go one way
     * @param medianPercent of absolute differences, of the value before; none where that was always 0 or missing
     */
    public record Sizes(
            double mean, double meanAbsolute, double median, double largest, Optional<Double> medianPercent) {}

    /** One revised figure. */
    public record Change(Map<String, String> key, Optional<Double> before, Optional<Double> after) {}

    /**
     * @param from the earlier time; what was known then is the state before
     * @param list so many of the largest revisions
     */
    public Difference between(Contract contract, String source, Instant from, Instant to, int list) {
        List<String> key = new ArrayList<>(List.of("series", "region"));
        List<String> further = new ArrayList<>();
        for (Contract.Column column : contract.columns()) {
            String name = column.name();
            if (name.equals("region") || name.equals("region_scheme") || name.equals("value")) {
                continue;
            }
            (column.keyPosition().isPresent() ? key : further).add(name);
        }
        Dataset<Row> history = lake.read(Table.harmonised(contract.id()))
                .map(table -> table.where(col("source").equalTo(source)))
                .orElse(null);
        if (history == null) {
            return new Difference(0, 0, 0, 0, 0, 0, 0, Optional.empty(), List.of());
        }
        Dataset<Row> before = state(history, from, key, further, "b");
        Dataset<Row> after = state(history, to, key, further, "a");
        Column same = lit(true);
        for (String name : key) {
            same = same.and(before.col("b_" + name).eqNullSafe(after.col("a_" + name)));
        }
        Column valueDiffers = not(col("b_value").eqNullSafe(col("a_value")))
                .or(not(col("b_measure").eqNullSafe(col("a_measure"))));
        Column kind = when(col("b_n").isNull(), lit(NEW))
                .when(col("a_n").isNull(), lit(WITHDRAWN))
                .when(valueDiffers, lit(REVISED))
                .when(not(col("b_further").eqNullSafe(col("a_further"))), lit(RESTATED))
                .otherwise(lit(UNCHANGED));
        Dataset<Row> compared = before.join(after, same, "full_outer")
                .withColumn(KIND, kind)
                .withColumn("difference", col("a_value").minus(col("b_value")))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return difference(compared, key, list);
        } finally {
            compared.unpersist();
        }
    }

    private static Difference difference(Dataset<Row> compared, List<String> key, int list) {
        Map<String, Long> counts = new TreeMap<>();
        compared.groupBy(KIND).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        Dataset<Row> revised = compared.where(col(KIND).equalTo(REVISED));
        Row sizes = revised.agg(
                        avg("difference"),
                        avg(abs(col("difference"))),
                        expr("percentile(abs(difference), 0.5)"),
                        max(abs(col("difference"))),
                        expr("percentile(abs(difference) * 100 / abs(b_value), 0.5)"))
                .head();
        List<Change> largest = new ArrayList<>();
        for (Row row : revised.orderBy(abs(col("difference")).desc_nulls_last(), col("a_region"))
                .limit(list)
                .collectAsList()) {
            Map<String, String> of = new LinkedHashMap<>();
            key.forEach(name -> of.put(name, row.getAs("a_" + name)));
            largest.add(new Change(
                    of,
                    Optional.ofNullable(row.<Double>getAs("b_value")),
                    Optional.ofNullable(row.<Double>getAs("a_value"))));
        }
        long added = counts.getOrDefault(NEW, 0L);
        long withdrawn = counts.getOrDefault(WITHDRAWN, 0L);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return new Difference(
                all - added,
                all - withdrawn,
                added,
                counts.getOrDefault(REVISED, 0L),
                counts.getOrDefault(RESTATED, 0L),
                counts.getOrDefault(UNCHANGED, 0L),
                withdrawn,
                sizes.isNullAt(0)
                        ? Optional.empty()
                        : Optional.of(new Sizes(
                                sizes.getDouble(0),
                                sizes.getDouble(1),
                                sizes.getDouble(2),
                                sizes.getDouble(3),
                                sizes.isNullAt(4) ? Optional.empty() : Optional.of(sizes.getDouble(4)))),
                largest);
    }

    /** The figures known then: {@code _key..., _value, _measure, _further, _n}; parts of one figure are one. */
    private static Dataset<Row> state(
            Dataset<Row> history, Instant then, List<String> key, List<String> further, String prefix) {
        Column at = lit(Timestamp.from(then));
        List<Column> grouped =
                key.stream().map(name -> col(name).as(prefix + "_" + name)).toList();
        List<Column> others = new ArrayList<>();
        for (String name : further) {
            if (!isMeasure(name)) {
                others.add(col(name));
                others.add(col(name).isNull());
            }
        }
        String measure =
                further.stream().filter(Comparison::isMeasure).findFirst().orElse(null);
        return history.where(col("vintage")
                        .leq(at)
                        .and(col("superseded").isNull().or(col("superseded").gt(at))))
                .groupBy(grouped.toArray(Column[]::new))
                .agg(
                        sum("value").as(prefix + "_value"),
                        (measure == null ? lit(null).cast("string") : max(measure)).as(prefix + "_measure"),
                        sum(org.apache.spark.sql.functions.xxhash64(others.toArray(Column[]::new)))
                                .as(prefix + "_further"),
                        count(lit(1)).as(prefix + "_n"));
    }

    private static boolean isMeasure(String name) {
        return name.equals("unit") || name.equals("currency");
    }
}
