package org.regionaldoughnut.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * JSON lines: an object a line. Its columns are the keys met in any line, in the order of the alphabet; keys of nested
 * objects are joined by a full stop, lists stay JSON. Blocks of the file are read side by side, once for the keys and
 * once for the cells.
 */
final class JsonLines implements Reader {
    private static final int MOST_NAMES = 20_480;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final SparkSession spark;

    JsonLines(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public Received read(Receipt receipt) {
        if (receipt.bytes() == 0) {
            throw Refusal.empty(receipt.file());
        }
        Content content = Content.of(receipt);
        List<Block> blocks = Block.of(receipt, content);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        TreeSet<String> names = new TreeSet<>(context.parallelize(blocks, blocks.size())
                .mapPartitions(parts -> namesOf(content, parts.next()).iterator())
                .collect());
        if (names.isEmpty()) {
            throw Refusal.notJson(receipt.file(), 1, "no line is a JSON object with a key");
        }
        Header header = Header.of(List.copyOf(names), List.of());
        return Received.lines(
                ReceivedTable.rows(
                        spark,
                        receipt.name(),
                        DelimitedText.schemaOf(header.names()),
                        new Rows(content, blocks, List.copyOf(names), header.names())),
                header);
    }

    private static TreeSet<String> namesOf(Content content, Block block) {
        TreeSet<String> names = new TreeSet<>();
        try (Lines lines = Lines.of(content, block)) {
            while (lines.advance()) {
                if (lines.isTooLong() || isBlank(lines)) {
                    continue;
                }
                try (JsonParser json = parser(lines)) {
                    FlatJson.read(json, (name, value) -> names.add(name));
                } catch (IOException e) {
                    // the line is set aside when its cells are read
                }
                if (names.size() > MOST_NAMES) {
                    throw Refusal.notJson(
                            content.path(), lines.number(), "there are more than " + MOST_NAMES + " keys");
                }
            }
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
        return names;
    }

    private static boolean isBlank(Lines line) {
        for (int i = line.from(); i < line.to(); i++) {
            if (line.bytes()[i] > ' ' || line.bytes()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonParser parser(Lines line) throws IOException {
        return JSON.createParser(line.bytes(), line.from(), line.to() - line.from());
    }

    private record Rows(Content content, List<Block> blocks, List<String> keys, List<String> names)
            implements RowSource {
        @Override
        public List<Block> parts() {
            return blocks;
        }

        @Override
        public PartitionReader<InternalRow> open(InputPartition part, StructType wanted) {
            return new Objects(this, part, wanted);
        }
    }

    private static final class Objects extends LineReader {
        private final Map<String, Integer> targets = new HashMap<>();
        private final Object[] values;
        private final InternalRow row;
        private int lineAt = -1;
        private int malformedAt = -1;
        private boolean waiting;

        Objects(Rows rows, InputPartition part, StructType wanted) {
            super(rows.content, 0, lines(rows.content, part));
            this.values = new Object[wanted.size()];
            this.row = new GenericInternalRow(values);
            for (int i = 0; i < values.length; i++) {
                String name = wanted.apply(i).name();
                switch (name) {
                    case Received.LINE -> lineAt = i;
                    case Received.MALFORMED -> malformedAt = i;
                    default -> targets.put(rows.keys.get(rows.names.indexOf(name)), i);
                }
            }
        }

        @Override
        boolean begin(Lines line) {
            if (isBlank(line)) {
                return false;
            }
            java.util.Arrays.fill(values, null);
            if (lineAt >= 0) {
                values[lineAt] = line.number();
            }
            String problem = null;
            if (line.isTooLong()) {
                problem = Refusal.lineTooLong();
            } else {
                try (JsonParser json = parser(line)) {
                    FlatJson.read(json, (name, value) -> {
                        Integer target = targets.get(name);
                        String text = Cells.trimmed(value);
                        if (target != null && text != null) {
                            values[target] = UTF8String.fromString(text);
                        }
                    });
                } catch (IOException e) {
                    problem = "the line is no JSON object: " + FlatJson.why(e) + ": " + Cells.shown(line, "UTF-8");
                }
            }
            if (malformedAt >= 0 && problem != null) {
                values[malformedAt] = UTF8String.fromString(problem);
            }
            waiting = true;
            return true;
        }

        @Override
        boolean advance() {
            boolean one = waiting;
            waiting = false;
            return one;
        }

        @Override
        public InternalRow get() {
            return row;
        }
    }
}
