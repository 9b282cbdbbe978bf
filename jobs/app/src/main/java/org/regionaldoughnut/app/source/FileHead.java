package org.regionaldoughnut.app.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * The beginning of a text file.
 *
 * @param encoding UTF-8, or windows-1252 where the bytes are no UTF-8
 */
record FileHead(Path file, String encoding, List<String> lines) {
    private static final int BYTES = 1 << 22;
    private static final int LINES = 20_000;

    static FileHead of(Path file) {
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(BYTES);
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.SOURCE_UNAVAILABLE,
                    "Cannot read " + file + ": " + e.getMessage() + ". Name a file that can be read.");
        }
        for (int i = 0; i < Math.min(bytes.length, 1024); i++) {
            if (bytes[i] == 0) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot propose a source for " + file
                                + ": it is no text. Unpack it, or write the source by hand (format.kind: xlsx).");
            }
        }
        String encoding = isUtf8(bytes) ? "UTF-8" : "windows-1252";
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new java.io.ByteArrayInputStream(bytes), Charset.forName(encoding)))) {
            for (String line = reader.readLine(); line != null && lines.size() < LINES; line = reader.readLine()) {
                lines.add(lines.isEmpty() ? line.replace("\uFEFF", "") : line);
            }
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail", e);
        }
        if (bytes.length == BYTES && lines.size() > 1) {
            lines.remove(lines.size() - 1); // cut off
        }
        if (lines.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION, "Cannot propose a source for " + file + ": it is empty. Fetch it again.");
        }
        return new FileHead(file, encoding, lines);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static boolean isUtf8(byte[] bytes) {
        // the last bytes may be part of a character that is cut off
        for (int cut = 0; cut < 4 && cut <= bytes.length; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                if (bytes.length < BYTES) {
                    return false;
                }
            }
        }
        return false;
    }

    /** The line cut at the delimiter, quotes honoured, cells stripped. */
    static List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
