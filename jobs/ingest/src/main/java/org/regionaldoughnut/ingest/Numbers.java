package org.regionaldoughnut.ingest;

import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads numbers where they lie, bit for bit as {@link Double#parseDouble} does. What Java alone takes for numbers (1d,
 * 1f, NaN, Infinity, hexadecimal) is none, nor is what no double can hold.
 */
final class Numbers {
    /** Whole numbers up to here, and powers of ten up to the 22nd, are doubles exactly: one division rounds rightly. */
    private static final long EXACT = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Numbers() {}

    /** The number of a text without blanks around it; null where it is none. */
    static Double of(UTF8String text) {
        if (text == null) {
            return null;
        }
        Object base = text.getBaseObject();
        long at = text.getBaseOffset();
        long end = at + text.numBytes();
        byte first = Platform.getByte(base, at);
        boolean negative = first == '-';
        if (negative || first == '+') {
            at++;
        }
        long digits = 0;
        int count = 0;
        int decimals = -1;
        for (; at < end; at++) {
            byte b = Platform.getByte(base, at);
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + (b - '0');
                count++;
                if (decimals >= 0) {
                    decimals++;
                }
                if (digits > EXACT) {
                    return slowly(text);
                }
            } else if (b == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return slowly(text);
            }
        }
        if (count == 0) {
            return null;
        }
        if (decimals >= POWERS.length) {
            return slowly(text);
        }
        double value = decimals > 0 ? digits / POWERS[decimals] : digits;
        return negative ? -value : value;
    }

    private static Double slowly(UTF8String text) {
        byte[] bytes = text.getBytes();
        for (byte b : bytes) {
            if ((b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
                return null;
            }
        }
        try {
            double value = Double.parseDouble(new String(bytes, StandardCharsets.US_ASCII));
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
