package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;

/** Raw rows of accepted batches without those that a rule removed. */
final class RawRows {
    private RawRows() {}

    static Dataset<Row> of(Lake lake, String source, List<String> batches) {
        Column mine = col("batch").isin(batches.toArray());
        Dataset<Row> rows = lake.read(Table.raw(source)).orElseThrow().where(mine);
        Optional<Dataset<Row>> quarantine = lake.read(Table.quarantine(source));
        if (quarantine.isEmpty()) {
            return rows;
        }
        Dataset<Row> removed = quarantine
                .get()
                .where(mine.and(col("stage").equalTo("rule"))
                        .and(col("action").isin("removed"))
                        .and(col("rule").notEqual(Facts.REGION_RULE)))
                .select("batch", "line", "cell")
                .distinct();
        return rows.join(
                removed,
                rows.col("batch")
                        .equalTo(removed.col("batch"))
                        .and(rows.col("line").equalTo(removed.col("line")))
                        .and(rows.col("cell").equalTo(removed.col("cell"))),
                "left_anti");
    }
}
