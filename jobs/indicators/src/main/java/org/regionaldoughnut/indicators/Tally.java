package org.regionaldoughnut.indicators;

import java.util.Arrays;
import org.regionaldoughnut.lake.ExactSum;

/**
 * What rows state of some cells, regions and periods, added up: of each the number of rows, the strongest status, the
 * newest vintage, an interval, and for each value expression an exact sum, the number of values, the least and the most.
 * Kept in arrays, since there are millions.
 */
final class Tally {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int INTERVAL = 3;
    private static final int PLACE_BITS = 20;
    private static final int CELL_BITS = 23;

    private final int values;
    private final Numbering keys = new Numbering();
    private long[] rows = new long[FIRST_CAPACITY];
    private byte[] statuses = new byte[FIRST_CAPACITY];
    private long[] vintages = new long[FIRST_CAPACITY];
    private double[] intervals = new double[INTERVAL * FIRST_CAPACITY];
    private long[] counts;
    private long[] sums;
    private double[] least;
    private double[] most;

    /** @param values number of value expressions */
    Tally(int values) {
        this.values = values;
        this.counts = new long[values * FIRST_CAPACITY];
        this.sums = new long[values * ExactSum.PARTS * FIRST_CAPACITY];
        this.least = new double[values * FIRST_CAPACITY];
        this.most = new double[values * FIRST_CAPACITY];
    }

    int size() {
        return keys.size();
    }

    void clear() {
        keys.clear();
    }

    /** The place of a cell, region and period; a new one begins empty. */
    int place(int cell, int region, int period) {
        if (cell >>> CELL_BITS != 0 || region >>> PLACE_BITS != 0 || period >>> PLACE_BITS != 0) {
            throw new IllegalStateException("more than " + (1 << CELL_BITS) + " combinations of codes, or "
                    + (1 << PLACE_BITS) + " regions or periods");
        }
        long key = ((long) cell << 2 * PLACE_BITS) | ((long) region << PLACE_BITS) | period;
        int known = keys.size();
        int place = keys.number(key);
        if (place == known) {
            begin(place);
        }
        return place;
    }

    private void begin(int place) {
        if (place == rows.length) {
            grow();
        }
        rows[place] = 0;
        statuses[place] = Byte.MAX_VALUE;
        vintages[place] = Long.MIN_VALUE;
        Arrays.fill(intervals, INTERVAL * place, INTERVAL * (place + 1), Double.NaN);
        Arrays.fill(counts, values * place, values * (place + 1), 0);
        Arrays.fill(sums, values * ExactSum.PARTS * place, values * ExactSum.PARTS * (place + 1), 0);
    }

    /** @param status place in the precedence of statuses */
    void add(int place, long itsRows, int status, long vintage) {
        rows[place] += itsRows;
        statuses[place] = (byte) Math.min(statuses[place], status);
        vintages[place] = Math.max(vintages[place], vintage);
    }

    /** @param limit 0 lower, 1 upper, 2 confidence level */
    void addInterval(int place, int limit, double value) {
        int at = INTERVAL * place + limit;
        if (Double.isNaN(intervals[at]) || value > intervals[at]) {
            intervals[at] = value;
        }
    }

    /** One value of expression k. */
    void addValue(int place, int k, double value) {
        int at = values * place + k;
        ExactSum.add(value, sums, ExactSum.PARTS * at);
        addExtremes(at, 1, value, value);
    }

    /**
     * A sum of values of expression k.
     *
     * @param parts of the sum, {@link ExactSum#PARTS} of them
     */
    void addSum(int place, int k, long count, double itsLeast, double itsMost, long[] parts) {
        int at = values * place + k;
        for (int part = 0; part < ExactSum.PARTS; part++) {
            sums[ExactSum.PARTS * at + part] += parts[part];
        }
        addExtremes(at, count, itsLeast, itsMost);
    }

    private void addExtremes(int at, long count, double itsLeast, double itsMost) {
        boolean first = counts[at] == 0;
        least[at] = first ? itsLeast : Math.min(least[at], itsLeast);
        most[at] = first ? itsMost : Math.max(most[at], itsMost);
        counts[at] += count;
    }

    int cell(int place) {
        return (int) (keys.key(place) >>> 2 * PLACE_BITS);
    }

    int region(int place) {
        return (int) (keys.key(place) >>> PLACE_BITS) & ((1 << PLACE_BITS) - 1);
    }

    int period(int place) {
        return (int) keys.key(place) & ((1 << PLACE_BITS) - 1);
    }

    long rows(int place) {
        return rows[place];
    }

    int status(int place) {
        return statuses[place];
    }

    /** Microseconds since 1970. */
    long vintage(int place) {
        return vintages[place];
    }

    /** NaN where no row has one. */
    double interval(int place, int limit) {
        return intervals[INTERVAL * place + limit];
    }

    /** Number of values of expression k. */
    long count(int place, int k) {
        return counts[values * place + k];
    }

    /** Defined where there are values. */
    double least(int place, int k) {
        return least[values * place + k];
    }

    /** Defined where there are values. */
    double most(int place, int k) {
        return most[values * place + k];
    }

    /** Parts of all sums; those of a place and expression begin at {@link #firstPart}. */
    long[] parts() {
        return sums;
    }

    int firstPart(int place, int k) {
        return ExactSum.PARTS * (values * place + k);
    }

    private void grow() {
        int capacity = 2 * rows.length;
        rows = Arrays.copyOf(rows, capacity);
        statuses = Arrays.copyOf(statuses, capacity);
        vintages = Arrays.copyOf(vintages, capacity);
        intervals = Arrays.copyOf(intervals, INTERVAL * capacity);
        counts = Arrays.copyOf(counts, values * capacity);
        sums = Arrays.copyOf(sums, values * ExactSum.PARTS * capacity);
        least = Arrays.copyOf(least, values * capacity);
        most = Arrays.copyOf(most, values * capacity);
    }
}
