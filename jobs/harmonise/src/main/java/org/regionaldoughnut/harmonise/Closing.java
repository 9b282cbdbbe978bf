package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.regionaldoughnut.lake.KeyedRows;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;

/**
 * Open rows of a table get the time from which they no longer counted, and new rows come beside them, in one commit.
 * Rows to close are told by {@code key, part_of}: the hash of their key and the place of the edition that closes them.
 */
final class Closing {
    private final Lake lake;
    private final Table table;
    private final List<AcceptedBatch> batches;
    private final Set<Integer> years;

    /**
     * @param batches the editions
     * @param years that the closed rows lie in, where the table is laid out by year; empty where any may
     */
    Closing(Lake lake, Table table, List<AcceptedBatch> batches, Set<Integer> years) {
        this.lake = lake;
        this.table = table;
        this.batches = batches;
        this.years = new TreeSet<>(years);
    }

    /** Rows are found by their keys in a scan, marked as deleted, and written again as closed. */
    void byKeysInMemory(Dataset<Row> keys, int closed, Dataset<Row> added, Write write) {
        try (KeyedRows closings = KeyedRows.of(keys, closed)) {
            String open = where("") + " and superseded is null";
            Dataset<Row> old = lake.read(table)
                    .orElseThrow()
                    .where(open)
                    .withColumn("closed_by", closings.number().apply(col("key_hash")))
                    .where(col("closed_by").isNotNull())
                    .withColumn("superseded", vintageOf(col("closed_by")))
                    .drop("closed_by");
            lake.exchange(table, old.unionByName(added), open, "key_hash", closings, write);
        }
    }

    /** More than memory should hold of. */
    void byMerge(Dataset<Row> keys, Dataset<Row> added, Write write) {
        Dataset<Row> old = lake.read(table).orElseThrow();
        List<Column> columns = new ArrayList<>();
        for (StructField field : old.schema().fields()) {
            columns.add(
                    switch (field.name()) {
                        case "vintage" -> vintageOf(col("part_of")).as("vintage");
                        default -> lit(null).cast(field.dataType()).as(field.name());
                    });
        }
        columns.add(col("key").as("closes"));
        Dataset<Row> closing = keys.select(columns.toArray(Column[]::new));
        Dataset<Row> changes =
                closing.unionByName(added.withColumn("closes", lit(null).cast("long")));
        lake.merge(
                table,
                changes,
                where("old.") + " and old.superseded is null and old.key_hash = new.closes",
                Map.of("superseded", "new.vintage"),
                "new.closes is null",
                write);
    }

    /** @param prefix of the columns */
    private String where(String prefix) {
        String sources = batches.stream()
                .map(batch -> "'" + batch.source() + "'")
                .distinct()
                .collect(Collectors.joining(", ", prefix + "source in (", ")"));
        return years.isEmpty()
                ? sources
                : sources
                        + years.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", " and " + prefix + "year in (", ")"));
    }

    private Column vintageOf(Column place) {
        return element_at(
                array(batches.stream()
                        .map(batch -> lit(Timestamp.from(batch.vintage())))
                        .toArray(Column[]::new)),
                place.plus(lit(1)));
    }
}
