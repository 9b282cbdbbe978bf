package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * A stretch of a text that one task reads: the lines that begin in it.
 *
 * @param start first byte
 * @param end first byte that is not of it
 * @param firstLine number in the file, from 1, of the first line that begins in it
 */
record Block(long start, long end, long firstLine) implements InputPartition {
    private static final long SMALLEST_SHARE = 4L << 20;
    private static final int BUFFER = 1 << 18;

    /** A text that is read from its beginning to its end. */
    static Block whole() {
        return new Block(0, Long.MAX_VALUE, 1);
    }

    /**
     * Equal blocks of a plain text, as many for each core, and in each the number of its first line: line ends are
     * counted side by side, so a block can be read without those before it.
     */
    static List<Block> of(Receipt receipt, Content content) {
        if (!content.isPlain()) {
            return List.of(whole());
        }
        long size = share(receipt.bytes(), receipt.largestBlock());
        int count = (int) Math.max(1, (receipt.bytes() + size - 1) / size);
        if (count == 1) {
            return List.of(whole());
        }
        long[] begun = IntStream.range(0, count)
                .parallel()
                .mapToLong(i -> linesBegun(content, i * size, Math.min(receipt.bytes(), (i + 1) * size)))
                .toArray();
        List<Block> blocks = new ArrayList<>();
        long line = 1;
        for (int i = 0; i < count; i++) {
            blocks.add(new Block(i * size, i == count - 1 ? Long.MAX_VALUE : (i + 1) * size, line));
            line += begun[i];
        }
        return blocks;
    }

    private static long share(long bytes, long largestBlock) {
        long cores = Runtime.getRuntime().availableProcessors();
        long rounds = Math.max(1, (bytes + cores * largestBlock - 1) / (cores * largestBlock));
        long equal = (bytes + cores * rounds - 1) / (cores * rounds);
        return Math.max(equal, Math.min(largestBlock, SMALLEST_SHARE));
    }

    /** A line begins where the file does, and behind each LF, CR LF or CR. */
    private static long linesBegun(Content content, long start, long end) {
        long begun = start == 0 ? 1 : 0;
        long from = Math.max(0, start - 1);
        long left = end - 1 - from;
        byte[] buffer = new byte[BUFFER];
        boolean pendingReturn = false;
        try (InputStream in = content.openAt(from)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
                if (read < 0) {
                    return begun;
                }
                left -= read;
                for (int i = 0; i < read; i++) {
                    byte b = buffer[i];
                    if (b > '\r') {
                        if (pendingReturn) {
                            begun++;
                            pendingReturn = false;
                        }
                        continue;
                    }
                    if (pendingReturn && b != '\n') {
                        begun++;
                    }
                    if (b == '\n') {
                        begun++;
                    }
                    pendingReturn = b == '\r';
                }
            }
            // the line of a CR that ends the stretch begins in this block unless a LF follows
            return pendingReturn && in.read() != '\n' ? begun + 1 : begun;
        } catch (IOException e) {
            throw Refusal.unreadable(content.path(), String.valueOf(e.getMessage()));
        }
    }
}
