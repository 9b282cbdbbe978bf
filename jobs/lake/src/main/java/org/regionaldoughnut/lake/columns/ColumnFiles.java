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
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
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

    /**
     * @param schema columns of text, numbers, truth and time
     * @param partitionedBy some of them
     * @param withStatistics columns of text whose ranges are told of each file
     */
    public ColumnFiles(
            Configuration hadoop,
            String folder,
            StructType schema,
            List<String> partitionedBy,
            Set<String> withStatistics,
            String codec) {
        this.hadoop = new SerializableConfiguration(hadoop);
        this.folder = folder;
        this.schema = schema;
        this.keys = partitionedBy.stream().mapToInt(schema::fieldIndex).toArray();
        this.withStatistics = Set.copyOf(withStatistics);
        this.codec = CompressionCodecName.fromConf(codec);
    }

    /**
     * @param rows each is looked at before the next is asked for
     * @throws IOException where a file cannot be written; those begun stay, and belong to no table
     */
    public List<Written> write(Iterator<InternalRow> rows) throws IOException {
        OfPartitions files = new OfPartitions();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            files.of(row).add(row);
        }
        return files.end();
    }

    private record Open(String path, Map<String, String> partition, ColumnFile file) {}

    private final class OfPartitions {
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
        private Object[] last;
        private ColumnFile itsFile;

        ColumnFile of(InternalRow row) throws IOException {
            if (last == null || !isOf(row, last)) {
                Object[] key = new Object[keys.length];
                for (int i = 0; i < keys.length; i++) {
                    key[i] = row.get(keys[i], types[i]);
                }
                Open its = open.get(Arrays.asList(key));
                if (its == null) {
                    its = begin(key);
                    open.put(Arrays.asList(key), its);
                }
                last = key;
                itsFile = its.file();
            }
            return itsFile;
        }

        private boolean isOf(InternalRow row, Object[] key) {
            for (int i = 0; i < keys.length; i++) {
                if (!Objects.equals(row.get(keys[i], types[i]), key[i])) {
                    return false;
                }
            }
            return true;
        }

        private Open begin(Object[] key) throws IOException {
            Map<String, String> partition = new LinkedHashMap<>();
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < key.length; i++) {
                String column = schema.fieldNames()[keys[i]];
                String value = Objects.toString(key[i], null);
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
                written.add(new Written(
                        new Path(one.path()).toUri().toString(),
                        one.partition(),
                        one.file().bytes(),
                        System.currentTimeMillis(),
                        statistics));
            }
            return written;
        }
    }
}
