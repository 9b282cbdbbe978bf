package org.regionaldoughnut.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** One Parquet file of flat rows that every reader of Parquet understands; times are UTC microseconds. */
final class ParquetFile implements AutoCloseable {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_IN_MICRO = 1_000;

    private final MessageType schema;
    private final ParquetWriter<Group> writer;

    /** @param columns names and Spark SQL types */
    ParquetFile(Path file, List<ReleaseColumn> columns) throws IOException {
        List<Type> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(field(column)));
        this.schema = new MessageType("table", fields);
        this.writer = ExampleParquetWriter.builder(new LocalFile(file))
                .withType(schema)
                .withConf(new Configuration(false))
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build();
    }

    private static Type field(ReleaseColumn column) {
        return switch (column.type()) {
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(column.name());
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
                        .named(column.name());
        };
    }

    /** @param values in the order of the columns; null is missing */
    void row(List<Object> values) throws IOException {
        Group group = new SimpleGroup(schema);
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof String text) {
                group.add(i, text);
            } else if (value instanceof Double number) {
                group.add(i, number.doubleValue());
            } else if (value instanceof Integer number) {
                group.add(i, number.intValue());
            } else if (value instanceof Boolean truth) {
                group.add(i, truth.booleanValue());
            } else if (value instanceof Instant time) {
                group.add(i, time.getEpochSecond() * MICROS + time.getNano() / NANOS_IN_MICRO);
            }
        }
        writer.write(group);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
