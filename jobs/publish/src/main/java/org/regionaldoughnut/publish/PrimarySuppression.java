package org.regionaldoughnut.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;

/** Finds figures that are unsafe by the office's rules; statuses are those of SDMX CL_CONF_STATUS. */
final class PrimarySuppression {
    private static final List<String> KEY = List.of("indicator", "breakdown", "region", "period");
    private static final double PERCENT = 100;

    private final Office office;
    private final Dataset<Row> indicators;
    private final Map<String, String> findings = new LinkedHashMap<>();

    /** @param indicators all rows of statistics.indicators */
    PrimarySuppression(Office office, Dataset<Row> indicators) {
        this.office = office;
        this.indicators = indicators;
    }

    /** Unsafe cells with their status; the first rule that finds one names it. */
    Map<Cell, String> unsafe() {
        Map<Cell, String> unsafe = new LinkedHashMap<>();
        Publication.Disclosure disclosure = office.publication().disclosure();
        Optional<Dataset<Row>> contributors = disclosure.contributors().map(this::contributors);
        for (Publication.Rule rule : disclosure.rules()) {
            Dataset<Row> looked = looked(rule);
            Optional<Dataset<Row>> found = rule.needsContributors()
                    ? contributors.map(data -> looked.join(data, scala(KEY)).where(unsafe(rule)))
                    : Optional.of(looked.where(small(rule.count().orElseThrow(), rule)));
            if (found.isEmpty()) {
                findings.put(rule.id(), "not applicable: the office has no data on contributors");
                continue;
            }
            List<Row> rows = refusing(rule, found.get());
            rows.forEach(row -> unsafe.putIfAbsent(
                    new Cell(row.getString(0), row.getString(1), row.getString(2), row.getString(3)), status(rule)));
            findings.put(rule.id(), rows.size() + " unsafe figures");
        }
        return unsafe;
    }

    /** What each rule found, or why it could not be asked. */
    Map<String, String> findings() {
        return findings;
    }

    private List<Row> refusing(Publication.Rule rule, Dataset<Row> found) {
        return found.select(col("indicator"), col("breakdown"), col("region"), col("period"))
                .collectAsList();
    }

    private Dataset<Row> looked(Publication.Rule rule) {
        Dataset<Row> rows = indicators.where(col("value").isNotNull());
        if (!rule.tables().isEmpty()) {
            Object[] ids = office.catalogue().indicators().values().stream()
                    .filter(indicator -> readsFrom(indicator, Set.copyOf(rule.tables())))
                    .map(Indicator::id)
                    .toArray();
            rows = rows.where(col("indicator").isin(ids));
        }
        if (rule.where().isEmpty()) {
            return rows;
        }
        try {
            return rows.where(rule.where().get());
        } catch (RuntimeException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot apply the disclosure rule '" + rule.id() + "': its condition '"
                            + rule.where().get()
                            + "' cannot be read: "
                            + e.getMessage().lines().findFirst().orElse("")
                            + ". Use columns of statistics.indicators.",
                    e);
        }
    }

    private static boolean readsFrom(Indicator indicator, Set<String> tables) {
        return indicator.terms().values().stream()
                .findFirst()
                .filter(term -> tables.contains(term.table()))
                .isPresent();
    }

    /** Nobody is disclosed by a count of nobody. */
    private static Column small(String count, Publication.Rule rule) {
        return col(count)
                .gt(lit(0))
                .and(col(count).lt(lit(rule.minimumFrequency().orElseThrow())));
    }

    private static Column unsafe(Publication.Rule rule) {
        if (rule.minimumFrequency().isPresent()) {
            return small("contributors", rule);
        }
        if (rule.dominance().isPresent()) {
            Publication.Dominance dominance = rule.dominance().get();
            Column largest = expr("aggregate(slice(largest, 1, " + dominance.n() + "), 0D, (a, x) -> a + x)");
            return largest.gt(col("total").multiply(lit(dominance.k() / PERCENT)));
        }
        Column first = expr("element_at(largest, 1)");
        Column second = expr("if(size(largest) > 1, element_at(largest, 2), 0D)");
        return col("total")
                .minus(first)
                .minus(second)
                .lt(first.multiply(lit(rule.pPercent().orElseThrow() / PERCENT)));
    }

    private static String status(Publication.Rule rule) {
        if (rule.minimumFrequency().isPresent()) {
            return "A";
        }
        return switch (rule.dominance().map(Publication.Dominance::n).orElse(1)) {
            case 1 -> "O";
            case 2 -> "T";
            default -> "G";
        };
    }

    /** For each cell the number of contributors, their sum, and their parts, largest first. */
    private Dataset<Row> contributors(java.nio.file.Path file) {
        Dataset<Row> rows =
                indicators.sparkSession().read().option("header", true).csv(file.toString());
        for (String name : List.of("indicator", "breakdown", "region", "period", "contributor", "value")) {
            if (!List.of(rows.columns()).contains(name)) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot read the contributors " + file + ": it has no column '" + name
                                + "'. It needs indicator, breakdown, region, period, contributor, value.");
            }
        }
        return rows.withColumn("part", coalesce(col("value").cast("double"), lit(0.0)))
                .groupBy(col("indicator"), col("breakdown"), col("region"), col("period"), col("contributor"))
                .agg(sum(col("part")).as("part"))
                .groupBy(col("indicator"), col("breakdown"), col("region"), col("period"))
                .agg(
                        count(lit(1)).cast("double").as("contributors"),
                        sum(col("part")).as("total"),
                        sort_array(collect_list(col("part")), false).as("largest"));
    }

    private static scala.collection.Seq<String> scala(List<String> names) {
        return scala.collection.JavaConverters.asScalaBuffer(new ArrayList<>(names))
                .toSeq();
    }
}
