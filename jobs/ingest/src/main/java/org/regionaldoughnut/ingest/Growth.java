package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * How much a packed content may grow. Tables shrink to a twentieth, seldom to a hundredth; what unpacks to hundreds of
 * times its size was made to fill a disk.
 */
final class Growth {
    private static final long LARGEST_FACTOR = 400;
    private static final long HARMLESS = 64L << 20;

    private final LongSupplier packed;
    private long unpacked;

    Growth(LongSupplier packed) {
        this.packed = packed;
    }

    Growth(long packed) {
        this(() -> packed);
    }

    void add(long bytes) throws IOException {
        unpacked += bytes;
        if (unpacked > HARMLESS && unpacked > LARGEST_FACTOR * Math.max(1, packed.getAsLong())) {
            throw new IOException(
                    "it grows to more than " + LARGEST_FACTOR + " times its size, as no table does but a bomb");
        }
    }
}
