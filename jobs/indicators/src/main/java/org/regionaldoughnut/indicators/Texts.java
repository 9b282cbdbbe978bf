package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Texts of rows, numbered as they come. They are told apart by 64 bits that are made of whole words of them, since there
 * is one for each row: that two of a million texts share theirs is as likely as one in thirty million.
 */
final class Texts {
    private final List<String> texts = new ArrayList<>();
    private final Numbering numbers = new Numbering();
    private long lastHash;
    private int last = -1;

    /** The same one often comes twice in a row. */
    int number(UTF8String text) {
        long hash = hash(text);
        if (last < 0 || hash != lastHash) {
            int known = numbers.size();
            last = numbers.number(hash);
            lastHash = hash;
            if (last == known) {
                texts.add(text.toString());
            }
        }
        return last;
    }

    /** By number; the list grows. */
    List<String> all() {
        return texts;
    }

    private static long hash(UTF8String text) {
        int bytes = text.numBytes();
        long hash = WordHash.and(0, bytes);
        if (bytes <= Long.BYTES) {
            return WordHash.and(hash, text.getPrefix());
        }
        Object base = text.getBaseObject();
        long from = text.getBaseOffset();
        long lastWord = from + bytes - Long.BYTES;
        for (long at = from; at < lastWord; at += Long.BYTES) {
            hash = WordHash.and(hash, Platform.getLong(base, at));
        }
        return WordHash.and(hash, Platform.getLong(base, lastWord));
    }
}
