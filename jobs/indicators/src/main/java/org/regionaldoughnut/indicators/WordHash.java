package org.regionaldoughnut.indicators;

/** A hash of words in their order. */
final class WordHash {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private WordHash() {}

    /** @param before the hash of the words before this one; 0 for none */
    static long and(long before, long word) {
        long mixed = (before ^ word) * FIRST;
        return (mixed ^ mixed >>> 29) * SECOND;
    }
}
