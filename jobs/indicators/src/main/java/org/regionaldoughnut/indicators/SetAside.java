package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Union;

/**
 * Received figures that a rule has removed, as rows of the harmonised table they are missing from: without a value, with
 * the status {@link #STATUS}. They say why a region has no figure, and are counted in none.
 */
final class SetAside {
    /** No SDMX status: it is never written. */
    static final String STATUS = "quarantined";

    private static final List<String> UNITS = List.of("unit", "currency");
    private static final Timestamp UNKNOWN_VINTAGE = Timestamp.from(Instant.EPOCH);

    private final Lake lake;
    private final Function<String, List<String>> sourcesOf;
    private final Map<String, Optional<Dataset<Row>>> found = new ConcurrentHashMap<>();

    /** @param sourcesOf harmonised table to the ids of its sources */
    SetAside(Lake lake, Function<String, List<String>> sourcesOf) {
        this.lake = lake;
        this.sourcesOf = sourcesOf;
    }

    /**
     * Looked for once.
     *
     * @param table a harmonised table
     * @param known its rows that count, of all years
     * @return rows with the same columns; none where no rule removed any
     */
    Optional<Dataset<Row>> of(String table, Dataset<Row> known) {
        return found.computeIfAbsent(table, t -> find(t, known));
    }

    /** Where the removed rows of a harmonised table are told of. */
    List<Table> tables(String table) {
        return sourcesOf.apply(table).stream()
                .map(Table::quarantine)
                .filter(lake::exists)
                .toList();
    }

    private Optional<Dataset<Row>> find(String table, Dataset<Row> known) {
        List<Dataset<Row>> parts = new ArrayList<>();
        for (String source : sourcesOf.apply(table)) {
            if (lake.exists(Table.quarantine(source)) && lake.exists(Table.raw(source))) {
                parts.add(received(source, known.schema()));
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        // also rows that do not count any more, or not yet
        Dataset<Row> all = lake.read(Table.harmonised(table)).orElse(known);
        return Optional.of(placed(Union.of(parts), known, all).localCheckpoint());
    }

    /** Removed rows of the source with the columns that harmonised rows have, as they were received. */
    private Dataset<Row> received(String source, StructType columns) {
        Dataset<Row> removed = lake.read(Table.quarantine(source))
                .orElseThrow()
                .where("stage = 'rule' and action = 'removed'")
                .select("batch", "line", "cell")
                .distinct();
        Dataset<Row> raw = lake.read(Table.raw(source))
                .orElseThrow()
                .withColumn("source", lit(source))
                .join(broadcast(removed), new String[] {"batch", "line", "cell"}, "left_semi");
        List<String> present = List.of(raw.columns());
        return raw.select(Arrays.stream(columns.fields())
                .map(field -> (present.contains(field.name()) ? col(field.name()) : lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
                .toArray(Column[]::new));
    }

    /**
     * Only of batches that count, or of a source that has no row at all, and of regions and in units that other rows came
     * in.
     */
    private Dataset<Row> placed(Dataset<Row> received, Dataset<Row> known, Dataset<Row> all) {
        Dataset<Row> batches =
                known.groupBy("source", "batch").agg(max("vintage").as("its_vintage"));
        Dataset<Row> sources = all.select("source").distinct().withColumn("has_rows", lit(true));
        Dataset<Row> regions = names(known)
                .groupBy("its_scheme", "its_name")
                .agg(min("its_region").as("its_region"));
        Dataset<Row> placed = received.join(broadcast(batches), new String[] {"source", "batch"}, "left")
                .join(broadcast(sources), new String[] {"source"}, "left")
                .where("its_vintage is not null or has_rows is null")
                .drop("region_received")
                .withColumnRenamed("region", "region_received")
                .join(
                        broadcast(regions),
                        col("region_received")
                                .equalTo(col("its_name"))
                                .and(col("region_scheme").equalTo(col("its_scheme"))))
                .withColumn("region", col("its_region"))
                .withColumn("year", substring(col("period"), 1, 4).cast("int"))
                .withColumn("value", lit(null).cast("double"))
                .withColumn("obs_status", lit(STATUS))
                .withColumn("vintage", coalesce(col("its_vintage"), lit(UNKNOWN_VINTAGE)));
        for (String unit : UNITS) {
            if (List.of(known.columns()).contains(unit)) {
                // a received unit that was converted is not theirs
                Dataset<Row> units = known.select(col(unit).as("its_unit")).distinct();
                placed = placed.join(broadcast(units), col(unit).equalTo(col("its_unit")), "left")
                        .withColumn(unit, col("its_unit"))
                        .drop("its_unit");
            }
        }
        return placed.select(
                Arrays.stream(known.columns()).map(name -> col(name)).toArray(Column[]::new));
    }

    /** What regions are received as: as other rows were, or by the code itself. */
    private Dataset<Row> names(Dataset<Row> known) {
        Dataset<Row> received = known.select(
                col("region_scheme").as("its_scheme"),
                col("region_received").as("its_name"),
                col("region").as("its_region"));
        return lake.read(Table.harmonised("regions"))
                .map(frame -> received.union(frame.select(col("scheme"), col("code"), col("code"))))
                .orElse(received);
    }
}
