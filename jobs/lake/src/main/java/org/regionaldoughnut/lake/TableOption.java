package org.regionaldoughnut.lake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How a table is laid out; takes effect when it is created. */
public sealed interface TableOption {
    String STATISTICS = "delta.dataSkippingStatsColumns";

    void applyTo(DataFrameWriter<Row> writer);

    /** Columns the table is partitioned by. */
    static TableOption partitionedBy(String... columns) {
        return new Partitions(columns.clone());
    }

    /** Columns whose ranges are kept for each file, so that reads skip files; others cost time on writing. */
    static TableOption statisticsOn(String... columns) {
        return new Property(STATISTICS, String.join(",", columns));
    }

    /** Rows are deleted by marks beside the files; plain Parquet readers cannot read such a table. */
    static TableOption deletionVectors() {
        return new Property("delta.enableDeletionVectors", "true");
    }

    /** A column that the table does not have yet is added to it, null in older rows. */
    static TableOption newColumnsAllowed() {
        return new Property("mergeSchema", "true");
    }

    static List<String> partitions(TableOption... options) {
        return Stream.of(options)
                .flatMap(option -> option instanceof Partitions by ? Stream.of(by.columns()) : Stream.empty())
                .toList();
    }

    static Map<String, String> properties(TableOption... options) {
        return Stream.of(options)
                .flatMap(option -> option instanceof Property property ? Stream.of(property) : Stream.empty())
                .collect(Collectors.toMap(Property::name, Property::value));
    }

    /** All columns of text where none are named. */
    static Set<String> columnsWithStatistics(StructType schema, TableOption... options) {
        String named = properties(options).get(STATISTICS);
        return named != null
                ? Set.of(named.split(","))
                : Stream.of(schema.fields())
                        .filter(field -> field.dataType().equals(DataTypes.StringType))
                        .map(StructField::name)
                        .collect(Collectors.toSet());
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
