package org.regionaldoughnut.lake.columns;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/** Writes rows into new files below a table's folder, one for each partition there are rows of. */
public final class ColumnFiles implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration hadoop;
    private final String folder;
    private final StructType schema;
    private final int[] keys;
    private final Set<String> withStatistics;
    private final CompressionCodecName codec;

    /** Null for none, as it is sent to where rows are written. */
    private final Apart apart;

    /**
     * @param schema columns of text, numbers, truth and time
     * @param partitionedBy some of them, of text or whole numbers
     * @param withStatistics columns of text whose ranges are told of each file
     * @param apart rows that get files of their own
     */
    public ColumnFiles(
            Configuration hadoop,
            String folder,
            StructType schema,
            List<String> partitionedBy,
            Set<String> withStatistics,
            String codec,
            Optional<Apart> apart) {
        this.hadoop = new SerializableConfiguration(hadoop);
        this.folder = folder;
        this.schema = schema;
        this.keys = partitionedBy.stream().mapToInt(schema::fieldIndex).toArray();
        for (int key : keys) {
            DataType type = schema.fields()[key].dataType();
            if (!type.equals(DataTypes.StringType) && !type.equals(DataTypes.IntegerType)) {
                throw new IllegalArgumentException("partitions of " + type);
            }
        }
        this.withStatistics = Set.copyOf(withStatistics);
        this.codec = CompressionCodecName.fromConf(codec);
        this.apart = apart.orElse(null);
    }

    /**
     * @param rows each is looked at before the next is asked for
     * @throws IOException where a file cannot be written; those begun are deleted
     */
    public List<Written> write(Iterator<InternalRow> rows) throws IOException {
        OfPartitions own = new OfPartitions(apart == null ? Map.of() : apart.mark(true));
        OfPartitions others = new OfPartitions(apart == null ? Map.of() : apart.mark(false));
        Apart.Choice choice = apart == null ? null : apart.choice(schema);
        try {
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                (choice != null && choice.of(row) ? own : others).of(row).add(row);
            }
            List<Written> written = new ArrayList<>(own.end());
            written.addAll(others.end());
            return written;
        } catch (IOException | RuntimeException e) {
            own.abandon(e);
            others.abandon(e);
            throw e;
        }
    }

    private record Open(String path, Map<String, String> partition, ColumnFile file) {}

    private final class OfPartitions {
        private final Map<String, String> marks;
        private final Map<List<Object>, Open> open = new LinkedHashMap<>();
        private final DataType[] types = Arrays.stream(keys)
                .mapToObj(key -> schema.fields()[key].dataType())
                .toArray(DataType[]::new);
        private final int[] others = IntStream.range(0, schema.size())
                .filter(i -> IntStream.of(keys).noneMatch(key -> key == i))
                .toArray();
        private final StructType columns = new StructType(
                Arrays.stream(others).mapToObj(i -> schema.fields()[i]).toArray(StructField[]::new));

        // of the row before: most are of the same partition
        private List<Object> last = List.of();
        private Optional<Open> its = Optional.empty();

        OfPartitions(Map<String, String> marks) {
            this.marks = marks;
        }

        ColumnFile of(InternalRow row) throws IOException {
            if (its.isEmpty() || !isOf(row, last)) {
                last = key(row);
                Open known = open.get(last);
                if (known == null) {
                    known = begin(last);
                    open.put(last, known);
                }
                its = Optional.of(known);
            }
            return its.get().file();
        }

        private boolean isOf(InternalRow row, List<Object> key) {
            for (int i = 0; i < keys.length; i++) {
                if (!Objects.equals(row.get(keys[i], types[i]), key.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private List<Object> key(InternalRow row) {
            List<Object> key = new ArrayList<>();
            for (int i = 0; i < keys.length; i++) {
                Object value = row.get(keys[i], types[i]);
                // the row may lie in a buffer that is used again
                key.add(value instanceof UTF8String text ? text.copy() : value);
            }
            return key;
        }

        private Open begin(List<Object> key) throws IOException {
            Map<String, String> partition = new LinkedHashMap<>();
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < keys.length; i++) {
                String column = schema.fieldNames()[keys[i]];
                String value = Objects.toString(key.get(i), null);
                partition.put(column, value);
                path.append(ExternalCatalogUtils.getPartitionPathString(column, value))
                        .append('/');
            }
            path.append("part-")
                    .append(UUID.randomUUID())
                    .append(codec.getExtension())
                    .append(".parquet");
            ColumnFile file = new ColumnFile(
                    hadoop.value(), new Path(folder, path.toString()), columns, others, codec, ColumnFile.Limits.USUAL);
            return new Open(path.toString(), partition, file);
        }

        List<Written> end() throws IOException {
            List<Written> written = new ArrayList<>();
            for (Open one : open.values()) {
                String statistics = FileStatistics.of(one.file().end(), withStatistics);
                Path path = new Path(folder, one.path());
                FileStatus status = path.getFileSystem(hadoop.value()).getFileStatus(path);
                written.add(new Written(
                        new Path(one.path()).toUri().toString(),
                        one.partition(),
                        status.getLen(),
                        status.getModificationTime(),
                        statistics,
                        marks));
            }
            return written;
        }

        /** @param reason gets what goes wrong on the way */
        void abandon(Exception reason) {
            for (Open one : open.values()) {
                Path path = new Path(folder, one.path());
                try {
                    one.file().abandon();
                    path.getFileSystem(hadoop.value()).delete(path, false);
                } catch (IOException | RuntimeException e) {
                    reason.addSuppressed(e);
                }
            }
        }
    }
}
