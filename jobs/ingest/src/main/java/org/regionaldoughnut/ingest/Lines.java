package org.regionaldoughnut.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a block, one after the other, each shown where it lies in a buffer that is used again. A line ends with
 * LF, CR LF or CR. A line longer than the longest allowed is passed over and told to be so: memory is bounded whatever
 * the file holds.
 */
final class Lines implements Closeable {
    /** Bytes; longer than any line of a table that an office has met, and harmless to hold. */
    static final int LONGEST = 8 << 20;

    private static final int NO_QUOTE = -1;
    private static final int FIRST_BUFFER = 1 << 17;

    private final InputStream in;
    private final long end;
    private final int quote;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private int next;
    private long position;
    private boolean exhausted;

    private int from;
    private int to;
    private long number;
    private long numberOfNext;
    private boolean tooLong;
    private boolean open;

    private Lines(InputStream in, long position, long end, long firstLine, int quote) {
        this.in = in;
        this.position = position;
        this.end = end;
        this.numberOfNext = firstLine;
        this.quote = quote;
    }

    static Lines of(Content content, Block block) throws IOException {
        if (block.start() == 0) {
            return new Lines(content.open(), 0, block.end(), 1, NO_QUOTE);
        }
        // the rest of a line that began before is passed over; it is the whole line end where none did
        Lines lines = new Lines(
                content.openAt(block.start() - 1), block.start() - 1, Long.MAX_VALUE, block.firstLine() - 1, NO_QUOTE);
        try {
            lines.advance();
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
        return lines.until(block.end(), block.firstLine());
    }

    private Lines until(long stop, long firstLine) {
        Lines rest = new Lines(in, position, stop, firstLine, quote);
        rest.buffer = buffer;
        rest.filled = filled;
        rest.next = next;
        rest.exhausted = exhausted;
        return rest;
    }

    /** Line ends between quotes do not end a line. */
    static Lines quoted(Content content, char quote) throws IOException {
        return new Lines(content.open(), 0, Long.MAX_VALUE, 1, quote);
    }

    /** Goes to the next line; false where the block has no more. */
    boolean advance() throws IOException {
        number = numberOfNext;
        from = next;
        to = next;
        if (position + next >= end || next == filled && fill() < 0) {
            return false;
        }
        from = next;
        to = next;
        tooLong = false;
        open = false;
        int at = next;
        while (true) {
            at = quote == NO_QUOTE ? lineEnd(at) : lineEndOutsideQuotes(at);
            if (at < filled) {
                break;
            }
            at = fill();
            if (at < 0) {
                to = filled;
                next = filled;
                numberOfNext++;
                return true;
            }
        }
        to = at;
        next = at + 1;
        if (buffer[at] == '\r') {
            endOfReturn(at);
        }
        numberOfNext++;
        return true;
    }

    private int lineEnd(int start) {
        byte[] bytes = buffer;
        int i = start;
        int stop = filled;
        while (i < stop) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                return i;
            }
            i++;
        }
        return i;
    }

    private int lineEndOutsideQuotes(int start) {
        for (int i = start; i < filled; i++) {
            byte b = buffer[i];
            if (b == quote) {
                open = !open;
            } else if (b == '\n' || b == '\r') {
                if (!open) {
                    return i;
                }
                if (b == '\n' || i + 1 < filled && buffer[i + 1] != '\n') {
                    numberOfNext++;
                }
            }
        }
        return filled;
    }

    /** A LF behind a CR is of the same line end. */
    private void endOfReturn(int at) throws IOException {
        if (at + 1 == filled) {
            int behind = fill();
            if (behind < 0) {
                to = filled - 1;
                next = filled;
                return;
            }
            to = behind - 1;
            next = behind;
        }
        if (buffer[next] == '\n') {
            next++;
        }
    }

    /**
     * Reads on behind what is there; the line at hand moves to the front of the buffer.
     *
     * @return where the new bytes begin; negative where there are no more
     */
    private int fill() throws IOException {
        if (exhausted) {
            return -1;
        }
        int held = filled - from;
        if (held >= LONGEST) {
            // its beginning is kept to be shown, the rest is not
            tooLong = true;
            held = SHOWN;
        }
        byte[] into = held > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, from, into, 0, held);
        position += filled - held;
        buffer = into;
        from = 0;
        next = 0;
        filled = held;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            exhausted = true;
            next = filled;
            return -1;
        }
        filled += read;
        return held;
    }

    /** Bytes of a line that are shown where it cannot be taken. */
    static final int SHOWN = 200;

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The line's number in the file; of a record of several lines that of its first. */
    long number() {
        return number;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Whether the text ended between quotes. */
    boolean isOpen() {
        return open;
    }

    byte[] copy() {
        return Arrays.copyOfRange(buffer, from, to);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
