package org.regionaldoughnut.ingest;

import com.univocity.parsers.csv.CsvParser;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.office.Format;

/**
 * Splits the lines of one block of a file into cells and gives each its number: rows of {@link
 * DelimitedText#schemaOf}. It stands below the columns of Spark, since a line that is parsed, trimmed and checked once
 * costs a third of the same done by expressions.
 */
final class LineSplitter implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String delimiter;
    private final char quote;
    private final String encoding;
    private final int headerLine;
    private final int width;
    private final int[] positions;
    private final int[] targets;
    private final TreeMap<Long, Long> linesBefore;

    LineSplitter(Format format, Header header, Receipt receipt) {
        this.delimiter = format.delimiter();
        this.quote = format.quote().charAt(0);
        this.encoding = format.encoding();
        this.headerLine = format.headerLine();
        this.width = header.columns().size();
        this.positions = header.names().stream()
                .mapToInt(name -> header.positions().get(name) - 1)
                .toArray();
        this.targets = new int[width];
        Arrays.fill(targets, -1);
        for (int i = 0; i < positions.length; i++) {
            targets[positions[i]] = i;
        }
        this.linesBefore = new TreeMap<>(receipt.isCompressed() ? new TreeMap<>() : receipt.linesBefore());
    }

    /** @param lines one text column; a partition is one block */
    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> lines) {
        return new Rows(lines);
    }

    private final class Rows implements Iterator<InternalRow> {
        private final Iterator<InternalRow> lines;
        private final CsvParser parser = new CsvParser(DelimitedText.settings(delimiter, quote));
        private final Charset charset = Charset.forName(encoding);
        private long line = -1;
        private InternalRow next;

        Rows(Iterator<InternalRow> lines) {
            this.lines = lines;
        }

        @Override
        public boolean hasNext() {
            while (next == null && lines.hasNext()) {
                UTF8String text = lines.next().getUTF8String(0);
                line = line < 0 ? firstLine() : line + 1;
                if (line > headerLine) {
                    byte[] bytes = text.getBytes();
                    next = isPlain(bytes) ? row(bytes) : row(decoded(text));
                }
            }
            return next != null;
        }

        @Override
        public InternalRow next() {
            InternalRow row = next;
            next = null;
            return row;
        }

        private long firstLine() {
            Long before = linesBefore.get(InputFileBlockHolder.getStartOffset());
            return (before == null ? 0 : before) + 1;
        }

        private String decoded(UTF8String text) {
            return charset.equals(StandardCharsets.UTF_8) ? text.toString() : new String(text.getBytes(), charset);
        }

        /** Lines of ASCII without a quote are cut as they are, without becoming characters first. */
        private boolean isPlain(byte[] bytes) {
            if (delimiter.length() != 1 || delimiter.charAt(0) > Byte.MAX_VALUE) {
                return false;
            }
            for (byte b : bytes) {
                if (b < 0 || b == quote) {
                    return false;
                }
            }
            return true;
        }

        private InternalRow row(byte[] bytes) {
            Object[] values = new Object[positions.length + 2];
            int found = 0;
            int begin = 0;
            boolean blank = true;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == delimiter.charAt(0)) {
                    if (found < width && targets[found] >= 0) {
                        values[targets[found] + 2] = trimmed(bytes, begin, i);
                    }
                    found++;
                    begin = i + 1;
                }
                blank = blank && (i == bytes.length || bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r');
            }
            if (blank) {
                return null;
            }
            values[0] = line;
            values[1] = found == width ? null : otherWidth(new String(bytes, StandardCharsets.US_ASCII));
            return new GenericInternalRow(values);
        }

        private static UTF8String trimmed(byte[] bytes, int from, int to) {
            int begin = from;
            int end = to;
            while (begin < end && bytes[begin] <= ' ') {
                begin++;
            }
            while (begin < end && bytes[end - 1] <= ' ') {
                end--;
            }
            return begin == end ? null : UTF8String.fromBytes(bytes, begin, end - begin);
        }

        private UTF8String otherWidth(String text) {
            return UTF8String.fromString("the header has " + width + " cells, this line has another number: "
                    + text.substring(0, Math.min(SHOWN, text.length())));
        }

        /** Null for a line of blanks. */
        private InternalRow row(String text) {
            if (isBlank(text)) {
                return null;
            }
            Object[] values = new Object[positions.length + 2];
            values[0] = line;
            String[] cells = parser.parseLine(text);
            int found = cells == null ? 0 : cells.length;
            if (isOpen(text)) {
                values[1] = UTF8String.fromString("a quote is opened and not closed on this line");
            } else if (found != width) {
                values[1] = otherWidth(text);
            }
            for (int i = 0; i < positions.length; i++) {
                String cell = positions[i] < found ? DelimitedText.trimmed(cells[positions[i]]) : null;
                values[i + 2] = cell == null ? null : UTF8String.fromString(cell);
            }
            return new GenericInternalRow(values);
        }

        private boolean isOpen(String text) {
            boolean open = false;
            for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
                open = !open;
            }
            return open;
        }

        private static boolean isBlank(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != ' ' && c != '\t' && c != '\r') {
                    return false;
                }
            }
            return true;
        }
    }
}
