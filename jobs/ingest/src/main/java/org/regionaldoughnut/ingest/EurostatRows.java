package org.regionaldoughnut.ingest;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.office.Format;

/** The cells of a Eurostat table, one row each; a line that cannot be cut is one row with the reason. */
final class EurostatRows implements RowSource {
    private static final long serialVersionUID = 1L;
    private static final int LINE = -1;
    private static final int MALFORMED = -2;
    private static final int CELL = -3;
    private static final int TEXT = -4;

    private final Content content;
    private final List<Block> blocks;
    private final Cells.Writing writing;
    private final int headerLine;
    private final int dimensions;
    private final List<String> names;
    private final List<String> columns;

    /**
     * @param names of the dimensions, that of the columns, the value and the flags
     * @param columns what the dimension of the columns is in each of them
     */
    EurostatRows(Receipt receipt, Format format, List<String> dimensions, List<String> names, List<String> columns) {
        this.content = Content.of(receipt);
        this.blocks = Block.of(receipt, content);
        this.writing = TextHead.writing(format);
        this.headerLine = format.headerLine();
        this.dimensions = dimensions.size();
        this.names = List.copyOf(names);
        this.columns = List.copyOf(columns);
    }

    @Override
    public List<Block> parts() {
        return blocks;
    }

    @Override
    public PartitionReader<InternalRow> open(InputPartition part, StructType wanted) {
        int[] targets = new int[wanted.size()];
        for (int i = 0; i < targets.length; i++) {
            String name = wanted.apply(i).name();
            targets[i] = switch (name) {
                case Received.LINE -> LINE;
                case Received.MALFORMED -> MALFORMED;
                case Received.CELL -> CELL;
                case Received.TEXT -> TEXT;
                default -> names.indexOf(name);
            };
        }
        return new Rows(part, targets);
    }

    private final class Rows extends LineReader {
        private final Cells cells = new Cells(writing);
        private final Cells key = new Cells(new Cells.Writing(",", "", writing.encoding()));
        private final UTF8String[] columnNames =
                columns.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
        private final int[] targets;
        private final Object[] values;
        private final InternalRow row;
        private final UTF8String[] codes = new UTF8String[dimensions];
        private String problem;
        private long line;
        private int cell;
        private int last;

        Rows(InputPartition part, int[] targets) {
            super(content, headerLine, lines(content, part));
            this.targets = targets;
            this.values = new Object[targets.length];
            this.row = new GenericInternalRow(values);
        }

        @Override
        boolean begin(Lines text) {
            line = text.number();
            cell = 0;
            boolean whole = !text.isTooLong();
            cells.cut(text.bytes(), text.from(), whole ? text.to() : Math.min(text.to(), text.from() + Lines.SHOWN));
            if (cells.isEmpty()) {
                return false;
            }
            key.cut(text.bytes(), text.from(), cells.end(0));
            problem = problem(text);
            for (int i = 0; i < dimensions; i++) {
                codes[i] = i < key.count() ? key.get(i) : null;
            }
            last = problem == null ? columns.size() : 1;
            return true;
        }

        private String problem(Lines text) {
            if (text.isTooLong()) {
                return Refusal.lineTooLong();
            }
            if (cells.problem() != null) {
                return cells.problem();
            }
            if (key.count() != dimensions) {
                return "the header names " + dimensions + " dimensions, this line has " + key.count() + ": "
                        + Cells.shown(text, writing.encoding());
            }
            int found = cells.count() - 1;
            return found == columns.size()
                    ? null
                    : "the header has " + columns.size() + " columns, this line has another number, " + found + ": "
                            + Cells.shown(text, writing.encoding());
        }

        @Override
        boolean advance() {
            if (cell == last) {
                return false;
            }
            cell++;
            UTF8String text = cell < cells.count() ? cells.get(cell) : null;
            for (int i = 0; i < targets.length; i++) {
                int target = targets[i];
                values[i] = switch (target) {
                    case LINE -> line;
                    case MALFORMED -> problem == null ? null : UTF8String.fromString(problem);
                    case CELL -> cell + 1;
                    case TEXT -> text;
                    default -> {
                        if (target < dimensions) {
                            yield codes[target];
                        }
                        if (target == dimensions) {
                            yield columnNames[cell - 1];
                        }
                        yield target == dimensions + 1 ? figure(text) : flags(text);
                    }
                };
            }
            return true;
        }

        @Override
        public InternalRow get() {
            return row;
        }
    }

    /** The figure of a cell: {@code 13.2} of {@code 13.2 e}, {@code 0} of {@code 0n}; null for {@code :}. */
    static UTF8String figure(UTF8String cell) {
        if (cell == null || byteAt(cell, 0) == ':') {
            return null;
        }
        int end = flagsFrom(cell);
        return end == cell.numBytes() ? cell : part(cell, 0, end).trimRight();
    }

    /** The flags of a cell, letters without blanks: {@code bu} of {@code 4.1 bu}; null where there are none. */
    static UTF8String flags(UTF8String cell) {
        if (cell == null) {
            return null;
        }
        int from = flagsFrom(cell);
        UTF8String flags = part(cell, from, cell.numBytes()).trim();
        return flags.numBytes() == 0 ? null : flags;
    }

    private static byte byteAt(UTF8String text, int at) {
        return Platform.getByte(text.getBaseObject(), text.getBaseOffset() + at);
    }

    private static UTF8String part(UTF8String text, int from, int to) {
        return UTF8String.fromAddress(text.getBaseObject(), text.getBaseOffset() + from, to - from);
    }

    /** Flags stand behind the last digit, or behind the colon; a text without either is left as it is. */
    private static int flagsFrom(UTF8String cell) {
        int length = cell.numBytes();
        if (length > 0 && byteAt(cell, 0) == ':') {
            return 1;
        }
        for (int i = length; i > 0; i--) {
            byte b = byteAt(cell, i - 1);
            if (b >= '0' && b <= '9' || b == '.') {
                return i;
            }
            if (b < 0) {
                return length;
            }
        }
        return length;
    }
}
