package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.office.Format;

/** The lines of delimited text, one row each: {@link DelimitedText#schemaOf}. */
final class DelimitedRows implements RowSource {
    private static final long serialVersionUID = 1L;

    static final String OTHER_WIDTH = "line has another number: ";
    private static final int LINE = -1;
    private static final int MALFORMED = -2;

    private final Content content;
    private final List<Block> blocks;
    private final Cells.Writing writing;
    private final boolean multiline;
    private final int headerLine;
    private final int width;
    private final Map<String, Integer> positions;

    DelimitedRows(Receipt receipt, Format format, Header header) {
        this.content = Content.of(receipt);
        this.multiline = format.multiline();
        this.blocks = multiline ? List.of(Block.whole()) : Block.of(receipt, content);
        this.writing = TextHead.writing(format);
        this.headerLine = format.headerLine();
        this.width = header.columns().size();
        this.positions = new java.util.HashMap<>(header.positions());
    }

    @Override
    public List<Block> parts() {
        return blocks;
    }

    @Override
    public PartitionReader<InternalRow> open(InputPartition part, StructType wanted) {
        return new Rows(part, targets(wanted));
    }

    /** The 0-based column of the file for each column wanted. */
    private int[] targets(StructType wanted) {
        int[] targets = new int[wanted.size()];
        for (int i = 0; i < targets.length; i++) {
            String name = wanted.apply(i).name();
            targets[i] = switch (name) {
                case Received.LINE -> LINE;
                case Received.MALFORMED -> MALFORMED;
                default -> positions.get(name) - 1;
            };
        }
        return targets;
    }

    private Lines opened(InputPartition part) {
        try {
            return multiline ? Lines.quoted(content, writing.quote().charAt(0)) : LineReader.lines(content, part);
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
    }

    private final class Rows extends LineReader {
        private final Cells cells = new Cells(writing);
        private final int[] targets;
        private final Object[] values;
        private final InternalRow row;
        private boolean waiting;

        Rows(InputPartition part, int[] targets) {
            super(content, headerLine, opened(part));
            this.targets = targets;
            this.values = new Object[targets.length];
            this.row = new GenericInternalRow(values);
        }

        @Override
        boolean begin(Lines line) {
            if (multiline && line.isOpen()) {
                throw Refusal.openQuote(content, line.number());
            }
            boolean whole = !line.isTooLong();
            cells.cut(line.bytes(), line.from(), whole ? line.to() : Math.min(line.to(), line.from() + Lines.SHOWN));
            if (cells.isEmpty()) {
                return false;
            }
            int found = cells.count();
            for (int i = 0; i < targets.length; i++) {
                int target = targets[i];
                if (target >= 0) {
                    values[i] = target < found ? cells.get(target) : null;
                } else {
                    values[i] = target == LINE ? (Object) line.number() : problem(line);
                }
            }
            waiting = true;
            return true;
        }

        private UTF8String problem(Lines line) {
            if (line.isTooLong()) {
                return UTF8String.fromString(Refusal.lineTooLong());
            }
            if (cells.problem() != null) {
                return UTF8String.fromString(cells.problem());
            }
            return cells.count() == width
                    ? null
                    : UTF8String.fromString("the header has " + width + " cells, this " + OTHER_WIDTH
                            + Cells.shown(line, writing.encoding()));
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
