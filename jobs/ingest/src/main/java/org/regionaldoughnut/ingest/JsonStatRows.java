package org.regionaldoughnut.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The cells of a JSON-stat cube in the order of the text, and behind them those that have a flag and no value. The
 * number of a cell is its flat index from 1.
 */
final class JsonStatRows implements RowSource {
    private static final long serialVersionUID = 1L;

    private final Content content;
    private final JsonStatCube cube;
    private final List<String> names;

    JsonStatRows(Content content, JsonStatCube cube, List<String> names) {
        this.content = content;
        this.cube = cube;
        this.names = List.copyOf(names);
    }

    @Override
    public List<Block> parts() {
        return List.of(Block.whole());
    }

    @Override
    public PartitionReader<InternalRow> open(InputPartition part, StructType wanted) {
        try {
            return new Cells(wanted.fieldNames());
        } catch (IOException e) {
            throw JsonStat.refused(content, e);
        }
    }

    private final class Cells implements PartitionReader<InternalRow> {
        private final String[] wanted;
        private final Object[] values;
        private final InternalRow row;
        private final JsonParser json;
        private final UTF8String[][] codes;
        private final TreeSet<Long> flagged = new TreeSet<>(cube.status().keySet());
        private final long size = cube.size();
        private boolean isList;
        private long index = -1;
        private Iterator<Long> valueless;

        Cells(String[] wanted) throws IOException {
            this.wanted = wanted;
            this.values = new Object[wanted.length];
            this.row = new GenericInternalRow(values);
            this.codes = cube.codes().stream()
                    .map(list -> list.stream().map(UTF8String::fromString).toArray(UTF8String[]::new))
                    .toArray(UTF8String[][]::new);
            this.json = JsonStat.parser(content);
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isValue = json.currentName().equals("value");
                json.nextToken();
                if (isValue) {
                    break;
                }
                json.skipChildren();
            }
            isList = json.currentToken() == JsonToken.START_ARRAY;
        }

        @Override
        public boolean next() {
            try {
                return valueless == null && nextValue() || nextWithoutValue();
            } catch (IOException e) {
                throw JsonStat.refused(content, e);
            }
        }

        private boolean nextValue() throws IOException {
            JsonToken token = json.nextToken();
            if (isList) {
                if (token == JsonToken.END_ARRAY || token == null) {
                    return false;
                }
                index++;
            } else {
                if (token != JsonToken.FIELD_NAME) {
                    return false;
                }
                index = JsonStatCube.indexOf(json.currentName());
                token = json.nextToken();
            }
            flagged.remove(index);
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                json.skipChildren();
                fill(null, "the value of the cell is no number");
            } else {
                fill(token == JsonToken.VALUE_NULL ? null : UTF8String.fromString(json.getText()), null);
            }
            return true;
        }

        private boolean nextWithoutValue() {
            if (valueless == null) {
                valueless = flagged.iterator();
            }
            if (!valueless.hasNext()) {
                return false;
            }
            index = valueless.next();
            fill(null, null);
            return true;
        }

        private void fill(UTF8String value, String problem) {
            boolean inside = index >= 0 && index < size;
            String malformed = inside ? problem : "the cell " + index + " is beyond the " + size + " cells of the cube";
            for (int i = 0; i < wanted.length; i++) {
                values[i] = switch (wanted[i]) {
                    case Received.LINE -> (Object) (long) json.currentLocation().getLineNr();
                    case Received.MALFORMED -> malformed == null ? null : UTF8String.fromString(malformed);
                    case Received.CELL -> (int) Math.min(Integer.MAX_VALUE, index + 1);
                    case Received.TEXT, EurostatTsv.VALUE -> value;
                    case EurostatTsv.FLAG -> {
                        String flag = cube.statusOf(index);
                        yield flag == null ? null : UTF8String.fromString(flag);
                    }
                    default -> inside ? code(names.indexOf(wanted[i])) : null;
                };
            }
        }

        /** The category of the dimension at the flat index: the last dimension moves fastest. */
        private UTF8String code(int dimension) {
            long rest = index;
            for (int i = codes.length - 1; i > dimension; i--) {
                rest /= codes[i].length;
            }
            return codes[dimension][(int) (rest % codes[dimension].length)];
        }

        @Override
        public InternalRow get() {
            return row;
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
