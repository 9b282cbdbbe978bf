package org.regionaldoughnut.publish;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.regionaldoughnut.model.Hash;

/**
 * Reads a Parquet file of a release back, row by row, and writes its CSV twin: UTF-8, a header, RFC 4180. A missing
 * value is an empty cell, an empty text is {@code ""}, a time is ISO 8601 in UTC, numbers have a decimal point.
 */
final class CsvTwin {
    private static final String MISSING = "-";

    private CsvTwin() {}

    /**
     * What was read.
     *
     * @param sha256 hash of the column names and of the values in their order, without the column of the run
     */
    record Content(long rows, String sha256) {}

    static Content write(Path parquet, Path csv) throws IOException {
        MessageDigest digest = Hash.sha256();
        long rows = 0;
        try (ParquetReader<Group> reader = ParquetReader.builder(
                                new GroupReadSupport(), new org.apache.hadoop.fs.Path(parquet.toUri()))
                        .withConf(new Configuration())
                        .build();
                BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            List<Type> columns = null;
            for (Group row = reader.read(); row != null; row = reader.read()) {
                if (columns == null) {
                    columns = row.getType().getFields();
                    header(columns, out, digest);
                }
                line(row, columns, out, digest);
                rows++;
            }
            if (columns == null) {
                header(columnsOf(parquet), out, digest);
            }
        }
        return new Content(rows, Hash.hex(digest));
    }

    private static List<Type> columnsOf(Path parquet) throws IOException {
        var input = org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(parquet.toUri()), new Configuration());
        try (var file = org.apache.parquet.hadoop.ParquetFileReader.open(input)) {
            return file.getFileMetaData().getSchema().getFields();
        }
    }

    private static void header(List<Type> columns, BufferedWriter out, MessageDigest digest) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Type column : columns) {
            line.append(line.isEmpty() ? "" : ",").append(quoted(column.getName()));
            if (!column.getName().equals(ReleaseColumn.RUN)) {
                update(digest, column.getName());
            }
        }
        out.append(line).append("\r\n");
    }

    private static void line(Group row, List<Type> columns, BufferedWriter out, MessageDigest digest)
            throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            String cell = row.getFieldRepetitionCount(i) == 0
                    ? null
                    : text(row, i, columns.get(i).asPrimitiveType());
            if (i > 0) {
                out.append(',');
            }
            if (cell != null) {
                out.append(quoted(cell));
            }
            if (!columns.get(i).getName().equals(ReleaseColumn.RUN)) {
                update(digest, cell);
            }
        }
        out.append("\r\n");
    }

    private static void update(MessageDigest digest, String cell) {
        byte[] bytes = cell == null ? new byte[0] : cell.getBytes(StandardCharsets.UTF_8);
        String length = cell == null ? MISSING : Integer.toString(bytes.length);
        digest.update((length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static String text(Group row, int field, PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case DOUBLE -> number(row.getDouble(field, 0));
            case INT32 -> Integer.toString(row.getInteger(field, 0));
            case INT64 ->
                type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation
                        ? Instant.EPOCH
                                .plus(row.getLong(field, 0), ChronoUnit.MICROS)
                                .toString()
                        : Long.toString(row.getLong(field, 0));
            case BOOLEAN -> Boolean.toString(row.getBoolean(field, 0));
            case BINARY -> row.getString(field, 0);
            default -> throw new IllegalStateException("no released column has the type " + type);
        };
    }

    /** Both zeros are zero. */
    private static String number(double value) {
        return Double.toString(value + 0.0);
    }

    private static String quoted(String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
