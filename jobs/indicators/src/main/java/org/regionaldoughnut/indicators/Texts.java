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
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

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

    /** The hash of numbers in their order, of those before and this one. */
    static long hash(long before, long number) {
        return mixed(before, number);
    }

    private static long hash(UTF8String text) {
        int bytes = text.numBytes();
        long hash = mixed(0, bytes);
        if (bytes <= Long.BYTES) {
            return mixed(hash, text.getPrefix());
        }
        Object base = text.getBaseObject();
        long from = text.getBaseOffset();
        long lastWord = from + bytes - Long.BYTES;
        for (long at = from; at < lastWord; at += Long.BYTES) {
            hash = mixed(hash, Platform.getLong(base, at));
        }
        return mixed(hash, Platform.getLong(base, lastWord));
    }

    private static long mixed(long hash, long word) {
        long mixed = (hash ^ word) * FIRST;
        return (mixed ^ mixed >>> 29) * SECOND;
    }
}
