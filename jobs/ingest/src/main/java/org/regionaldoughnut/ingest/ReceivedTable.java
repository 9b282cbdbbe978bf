package org.regionaldoughnut.ingest;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Option;

/** A received file as Spark sees it: it asks for the columns that are used and gets only those. */
final class ReceivedTable implements Table, SupportsRead {
    private final String name;
    private final StructType columns;
    private final RowSource source;

    private ReceivedTable(String name, StructType columns, RowSource source) {
        this.name = name;
        this.columns = columns;
        this.source = source;
    }

    /** The rows of the source as a dataset. */
    static Dataset<Row> rows(SparkSession spark, String name, StructType columns, RowSource source) {
        return Dataset.ofRows(
                spark,
                DataSourceV2Relation.create(new ReceivedTable(name, columns, source), Option.empty(), Option.empty()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return columns;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new Request();
    }

    /** What Spark asks for. */
    private final class Request implements SupportsPushDownRequiredColumns {
        private StructType wanted = columns;

        @Override
        public void pruneColumns(StructType required) {
            wanted = required;
        }

        @Override
        public Scan build() {
            return new Reading(name, wanted, source);
        }
    }

    private record Reading(String name, StructType wanted, RowSource source) implements Scan, Batch {
        @Override
        public StructType readSchema() {
            return wanted;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public Batch toBatch() {
            return this;
        }

        @Override
        public InputPartition[] planInputPartitions() {
            return source.parts().toArray(InputPartition[]::new);
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            return new Opening(wanted, source);
        }
    }

    private record Opening(StructType wanted, RowSource source) implements PartitionReaderFactory {
        @Override
        public PartitionReader<InternalRow> createReader(InputPartition part) {
            return source.open(part, wanted);
        }
    }
}
