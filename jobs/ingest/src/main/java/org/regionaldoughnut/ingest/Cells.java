package org.regionaldoughnut.ingest;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Cuts a line into cells where it lies, without turning it into characters first. A cell in quotes may hold the
 * delimiter, and a quote written twice. The cells point into the line and are good until the next one is cut.
 */
final class Cells {
    private static final int NO_QUOTE = -1;
    private static final int FIRST_WIDTH = 64;

    /** How text is written: what separates cells, what surrounds them, and which bytes are which characters. */
    record Writing(String delimiter, String quote, String encoding) implements Serializable {}

    private final byte delimiter;
    private final int quote;
    private final Charset charset;
    private final boolean isUtf8;

    private byte[] line;
    private int count;
    private int[] froms = new int[FIRST_WIDTH];
    private int[] tos = new int[FIRST_WIDTH];
    private byte[][] unescaped = new byte[FIRST_WIDTH][];
    private boolean escapes;
    private boolean ascii;
    private String problem;

    Cells(Writing writing) {
        this.delimiter = (byte) writing.delimiter().charAt(0);
        this.quote = writing.quote().isEmpty() ? NO_QUOTE : writing.quote().charAt(0);
        this.charset = Charset.forName(writing.encoding());
        this.isUtf8 = charset.equals(StandardCharsets.UTF_8);
    }

    /** Cuts the bytes from one to the other. */
    void cut(byte[] bytes, int from, int to) {
        line = bytes;
        count = 0;
        problem = null;
        if (escapes) {
            Arrays.fill(unescaped, null);
            escapes = false;
        }
        int sign = 0;
        int begin = from;
        int quoted = quote;
        byte between = delimiter;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            sign |= b;
            if (b == between) {
                add(begin, i);
                begin = i + 1;
            } else if (b == quoted && isBlank(bytes, begin, i)) {
                int end = inQuotes(bytes, i + 1, to);
                for (int k = i; k < end; k++) {
                    sign |= bytes[k];
                }
                begin = end < to ? end + 1 : to + 1;
                i = end;
            }
        }
        if (begin <= to) {
            add(begin, to);
        }
        ascii = sign >= 0;
        if (!ascii && isUtf8) {
            requireUtf8(bytes, from, to);
        }
    }

    /** Adds the cell that begins behind a quote and returns where the delimiter behind it is, or the end. */
    private int inQuotes(byte[] bytes, int from, int to) {
        int twice = 0;
        int i = from;
        while (i < to) {
            if (bytes[i] == quote) {
                if (i + 1 < to && bytes[i + 1] == quote) {
                    twice++;
                    i++;
                } else {
                    break;
                }
            }
            i++;
        }
        add(from, i);
        if (twice > 0) {
            escapes = true;
            unescaped[count - 1] = withoutDoubled(bytes, from, i, twice);
        }
        if (i >= to) {
            problem = "a quote is opened and not closed on this line";
            return to;
        }
        i++;
        int behind = i;
        while (i < to && bytes[i] != delimiter) {
            i++;
        }
        if (!isBlank(bytes, behind, i)) {
            problem = "text follows a closing quote";
        }
        return i;
    }

    private byte[] withoutDoubled(byte[] bytes, int from, int to, int twice) {
        byte[] text = new byte[to - from - twice];
        int at = 0;
        for (int i = from; i < to; i++) {
            text[at++] = bytes[i];
            if (bytes[i] == quote) {
                i++;
            }
        }
        return text;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void add(int from, int to) {
        if (count == froms.length) {
            froms = Arrays.copyOf(froms, count * 2);
            tos = Arrays.copyOf(tos, count * 2);
            unescaped = Arrays.copyOf(unescaped, count * 2);
        }
        froms[count] = from;
        tos[count] = to;
        count++;
    }

    private void requireUtf8(byte[] bytes, int from, int to) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
        } catch (CharacterCodingException e) {
            problem = "it holds bytes that are no UTF-8; is it written in another encoding (format.encoding)?";
        }
    }

    int count() {
        return count;
    }

    /** Where the cell ends in the line. */
    int end(int cell) {
        return tos[cell];
    }

    /** Why the line cannot be cut; null where it can. */
    String problem() {
        return problem;
    }

    /** Whether the line holds nothing but blanks. */
    boolean isEmpty() {
        return count == 1 && isBlank(line, froms[0], tos[0]);
    }

    /** The cell without blanks around it, no-break spaces included; null where nothing is left. */
    UTF8String get(int cell) {
        byte[] bytes = escapes && unescaped[cell] != null ? unescaped[cell] : line;
        int from = bytes == line ? froms[cell] : 0;
        int to = bytes == line ? tos[cell] : bytes.length;
        while (from < to && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        while (from < to && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
            to--;
        }
        if (from == to) {
            return null;
        }
        if (ascii || isUtf8 && bytes[from] >= 0 && bytes[to - 1] >= 0) {
            return UTF8String.fromBytes(bytes, from, to - from);
        }
        String text = trimmed(new String(bytes, from, to - from, charset));
        return text == null ? null : UTF8String.fromString(text);
    }

    /** The cells as texts, empty ones null. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UTF8String cell = get(i);
            texts.add(cell == null ? null : cell.toString());
        }
        return texts;
    }

    /** The text without blanks around it, no-break spaces included; null where nothing is left. */
    static String trimmed(String text) {
        if (text == null) {
            return null;
        }
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return from == to ? null : text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || Character.isWhitespace(c);
    }

    /** The beginning of a line, to be shown. */
    static String shown(Lines line, String encoding) {
        int length = Math.min(Lines.SHOWN, line.to() - line.from());
        return new String(line.bytes(), line.from(), length, Charset.forName(encoding));
    }
}
