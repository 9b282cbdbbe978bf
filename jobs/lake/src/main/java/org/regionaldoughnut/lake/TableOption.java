package org.regionaldoughnut.lake;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/** How a table is laid out; takes effect when it is created. */
public sealed interface TableOption {

    void applyTo(DataFrameWriter<Row> writer);

    /** Columns the table is partitioned by. */
    static TableOption partitionedBy(String... columns) {
        return new Partitions(columns.clone());
    }

    /** Columns whose ranges are kept for each file, so that reads skip files; others cost time on writing. */
    static TableOption statisticsOn(String... columns) {
        return new Property("delta.dataSkippingStatsColumns", String.join(",", columns));
    }

    /** Rows are deleted by marks beside the files; plain Parquet readers cannot read such a table. */
    static TableOption deletionVectors() {
        return new Property("delta.enableDeletionVectors", "true");
    }

    /** A column that the table does not have yet is added to it, null in older rows. */
    static TableOption newColumnsAllowed() {
        return new Property("mergeSchema", "true");
    }

    record Partitions(String... columns) implements TableOption {
        @Override
        public void applyTo(DataFrameWriter<Row> writer) {
            writer.partitionBy(columns);
        }
    }

    record Property(String name, String value) implements TableOption {
        @Override
        public void applyTo(DataFrameWriter<Row> writer) {
            writer.option(name, value);
        }
    }
}
