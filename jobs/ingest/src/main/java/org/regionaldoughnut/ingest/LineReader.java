package org.regionaldoughnut.ingest;

import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;

/** Reads the lines of a block and lets a format make rows of them. A file that breaks off is refused as a whole. */
abstract class LineReader implements PartitionReader<InternalRow> {
    private final Content content;
    private final long linesAbove;
    private final Lines lines;
    private boolean pending;

    /** @param linesAbove lines of the file that are not data */
    LineReader(Content content, long linesAbove, Lines lines) {
        this.content = content;
        this.linesAbove = linesAbove;
        this.lines = lines;
    }

    static Lines lines(Content content, InputPartition part) {
        try {
            return Lines.of(content, (Block) part);
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
    }

    /** Takes up a line; false where there is no row in it. */
    abstract boolean begin(Lines line);

    /** Goes to the next row of the line taken up, the first included. */
    abstract boolean advance();

    @Override
    public final boolean next() {
        if (pending && advance()) {
            return true;
        }
        pending = false;
        try {
            while (lines.advance()) {
                if (lines.number() > linesAbove && begin(lines) && advance()) {
                    pending = true;
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
    }

    @Override
    public final void close() throws IOException {
        lines.close();
    }
}
