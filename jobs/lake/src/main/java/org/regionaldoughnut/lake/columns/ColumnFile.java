package org.regionaldoughnut.lake.columns;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.package$;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/** A Parquet file in the making, with the types and the notes that Spark gives to those it writes. */
final class ColumnFile {
    /** Where a page ends, and where a group of rows does. */
    record Limits(int rowsOfPage, long bytesOfGroup) {
        static final Limits USUAL = new Limits(ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT, 64 << 20);
    }

    private final StructType schema;
    private final int[] ordinals;
    private final Limits limits;
    private final MessageType message;
    private final ParquetProperties properties = ParquetProperties.builder().build();
    private final CodecFactory codecs;
    private final CompressionCodecName codec;
    private final ParquetFileWriter file;
    private ColumnChunkPageWriteStore pages;
    private Column[] columns;
    private long rows;
    private boolean ended;

    /**
     * @param schema columns of the file
     * @param ordinals where they are in the rows
     */
    ColumnFile(
            Configuration hadoop,
            Path path,
            StructType schema,
            int[] ordinals,
            CompressionCodecName codec,
            Limits limits)
            throws IOException {
        this.schema = schema;
        this.ordinals = ordinals;
        this.limits = limits;
        this.message = new SparkToParquetSchemaConverter(
                        false, SQLConf.ParquetOutputTimestampType$.MODULE$.INT96(), false)
                .convert(schema);
        this.codecs = new CodecFactory(hadoop, properties.getPageSizeThreshold());
        this.codec = codec;
        this.file = new ParquetFileWriter(
                HadoopOutputFile.fromPath(path, hadoop),
                message,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                properties.getColumnIndexTruncateLength(),
                properties.getStatisticsTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        file.start();
        beginGroup();
    }

    private void beginGroup() {
        pages = new ColumnChunkPageWriteStore(
                codecs.getCompressor(codec),
                message,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        columns = new Column[ordinals.length];
        List<ColumnDescriptor> descriptors = message.getColumns();
        for (int i = 0; i < columns.length; i++) {
            ColumnDescriptor descriptor = descriptors.get(i);
            columns[i] = new Column(
                    ordinals[i],
                    schema.fields()[i].dataType(),
                    descriptor,
                    properties,
                    pages.getPageWriter(descriptor));
        }
        rows = 0;
    }

    void add(InternalRow row) throws IOException {
        for (Column column : columns) {
            column.add(row);
        }
        if (++rows % limits.rowsOfPage() == 0) {
            endPages();
        }
    }

    private void endPages() throws IOException {
        long bytes = 0;
        for (Column column : columns) {
            column.endPage();
            bytes += column.bytes();
        }
        if (bytes >= limits.bytesOfGroup()) {
            endGroup();
            beginGroup();
        }
    }

    private void endGroup() throws IOException {
        file.startBlock(rows);
        for (Column column : columns) {
            column.end();
        }
        pages.flushToFileWriter(file);
        file.endBlock();
    }

    /** What the file says of itself. */
    ParquetMetadata end() throws IOException {
        if (rows > 0) {
            endGroup();
        }
        file.end(Map.of(
                "org.apache.spark.version", package$.MODULE$.SPARK_VERSION(),
                "org.apache.spark.sql.parquet.row.metadata", schema.json()));
        ended = true;
        codecs.release();
        return file.getFooter();
    }

    /** Lets go of the file, which is not whole. */
    void abandon() throws IOException {
        codecs.release();
        if (!ended) {
            file.end(Map.of());
        }
    }
}
