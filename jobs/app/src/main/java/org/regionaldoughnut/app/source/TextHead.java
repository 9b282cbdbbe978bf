package org.regionaldoughnut.app.source;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first lines of a text.
 *
 * @param encoding UTF-8, or windows-1252 where the bytes are no UTF-8
 */
record TextHead(String encoding, List<String> lines) {
    private static final int LINES = 20_000;

    /** @param isCut whether the text goes on behind the bytes */
    static TextHead of(byte[] bytes, boolean isCut) {
        String encoding = isUtf8(bytes, isCut) ? "UTF-8" : "windows-1252";
        String text = new String(bytes, Charset.forName(encoding));
        List<String> lines = new BufferedReader(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text))
                .lines()
                .limit(LINES)
                .toList();
        return new TextHead(encoding, isCut && lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines);
    }

    private static boolean isUtf8(byte[] bytes, boolean isCut) {
        // the last bytes may be part of a character that is cut off
        for (int cut = 0; cut < 4 && cut <= bytes.length; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                if (!isCut) {
                    return false;
                }
            }
        }
        return false;
    }
}
