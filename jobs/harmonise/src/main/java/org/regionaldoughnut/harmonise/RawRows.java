package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;

/** Raw rows of accepted batches without those that a rule removed. */
final class RawRows {
    /** Whether a rule flagged the row. */
    static final String FLAGGED = "_flagged";

    private RawRows() {}

    static Dataset<Row> of(Lake lake, String source, List<String> batches) {
        Column mine = col("batch").isin(batches.toArray());
        Dataset<Row> rows = lake.read(Table.raw(source)).orElseThrow().where(mine);
        Optional<Dataset<Row>> quarantine = lake.read(Table.quarantine(source));
        if (quarantine.isEmpty()) {
            return rows.withColumn(FLAGGED, lit(false));
        }
        Dataset<Row> removed = quarantine
                .get()
                .where(mine.and(col("stage").equalTo("rule"))
                        .and(col("action").isin("removed"))
                        .and(col("rule").notEqual(Facts.REGION_RULE)))
                .select("batch", "line", "cell")
                .distinct();
        Dataset<Row> kept = rows.join(
                removed,
                rows.col("batch")
                        .equalTo(removed.col("batch"))
                        .and(rows.col("line").equalTo(removed.col("line")))
                        .and(rows.col("cell").equalTo(removed.col("cell"))),
                "left_anti");
        return marked(kept, quarantine.get().where(mine));
    }

    /** Rows that a rule flagged are used, and carry it. */
    private static Dataset<Row> marked(Dataset<Row> rows, Dataset<Row> quarantine) {
        Dataset<Row> flagged = quarantine
                .where(col("stage").equalTo("rule").and(col("action").equalTo("flagged")))
                .select(
                        col("batch").as("_flagged_batch"),
                        col("line").as("_flagged_line"),
                        col("cell").as("_flagged_cell"))
                .distinct();
        return rows.join(
                        flagged,
                        rows.col("batch")
                                .equalTo(flagged.col("_flagged_batch"))
                                .and(rows.col("line").equalTo(flagged.col("_flagged_line")))
                                .and(rows.col("cell").equalTo(flagged.col("_flagged_cell"))),
                        "left")
                .withColumn(FLAGGED, col("_flagged_batch").isNotNull())
                .drop("_flagged_batch", "_flagged_line", "_flagged_cell");
    }
}
