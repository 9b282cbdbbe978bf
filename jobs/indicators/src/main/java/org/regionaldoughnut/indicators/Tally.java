package org.regionaldoughnut.indicators;

import java.util.Arrays;
import org.regionaldoughnut.lake.ExactSum;

/**
 * What rows state of some cells, regions and periods, added up: of each the number of rows, the strongest status, the
 * newest vintage, an interval, and for each value expression an exact sum, the number of values, the least and the most.
 * Kept in arrays, since there are millions, those of a place side by side.
 */
final class Tally {
    /** Lower and upper limit and confidence level. */
    static final int INTERVAL = 3;

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int PLACE_BITS = 20;
    private static final int CELL_BITS = 23;

    // of a place in its record
    private static final int ROWS = 0;
    private static final int STATUS = 1;
    private static final int VINTAGE = 2;
    private static final int FIRST_VALUE = 3;

    // of a value expression in its part of the record
    private static final int COUNT = 0;
    private static final int LEAST = 1;
    private static final int MOST = 2;
    private static final int SUM = 3;
    private static final int A_VALUE = SUM + ExactSum.PARTS;

    private final int length;
    private final Places places = new Places();
    private long[] records;

    /** Empty until there is one. */
    private double[] intervals = new double[0];

    /** @param values number of value expressions */
    Tally(int values) {
        this.length = FIRST_VALUE + A_VALUE * values;
        this.records = new long[length * FIRST_CAPACITY];
    }

    int size() {
        return places.size();
    }

    void clear() {
        places.clear();
        intervals = new double[0];
    }

    /** The place of a cell, region and period; a new one begins empty. */
    int place(int cell, int region, int period) {
        if (cell >>> CELL_BITS != 0 || region >>> PLACE_BITS != 0 || period >>> PLACE_BITS != 0) {
            throw new IllegalStateException("more than " + (1 << CELL_BITS) + " combinations of codes, or "
                    + (1 << PLACE_BITS) + " regions or periods");
        }
        int known = places.size();
        int place = places.number((long) cell << PLACE_BITS | period, region);
        if (place == known) {
            begin(place);
        }
        return place;
    }

    private void begin(int place) {
        int first = length * place;
        if (first == records.length) {
            records = Arrays.copyOf(records, 2 * records.length);
        }
        Arrays.fill(records, first, first + length, 0);
        records[first + STATUS] = Byte.MAX_VALUE;
        records[first + VINTAGE] = Long.MIN_VALUE;
    }

    /** @param status place in the precedence of statuses */
    void add(int place, long itsRows, int status, long vintage) {
        int first = length * place;
        records[first + ROWS] += itsRows;
        records[first + STATUS] = Math.min(records[first + STATUS], status);
        records[first + VINTAGE] = Math.max(records[first + VINTAGE], vintage);
    }

    /** @param limit 0 lower, 1 upper, 2 confidence level */
    void addInterval(int place, int limit, double value) {
        int at = INTERVAL * place + limit;
        if (at >= intervals.length) {
            int before = intervals.length;
            intervals = Arrays.copyOf(intervals, INTERVAL * Math.max(FIRST_CAPACITY, 2 * place + 1));
            Arrays.fill(intervals, before, intervals.length, Double.NaN);
        }
        if (Double.isNaN(intervals[at]) || value > intervals[at]) {
            intervals[at] = value;
        }
    }

    /** One value of expression k. */
    void addValue(int place, int k, double value) {
        int at = at(place, k);
        ExactSum.add(value, records, at + SUM);
        addExtremes(at, 1, value, value);
    }

    /**
     * A sum of values of expression k.
     *
     * @param parts of the sum, {@link ExactSum#PARTS} of them
     */
    void addSum(int place, int k, long count, double itsLeast, double itsMost, long[] parts) {
        int at = at(place, k);
        for (int part = 0; part < ExactSum.PARTS; part++) {
            records[at + SUM + part] += parts[part];
        }
        addExtremes(at, count, itsLeast, itsMost);
    }

    private void addExtremes(int at, long count, double itsLeast, double itsMost) {
        boolean first = records[at + COUNT] == 0;
        if (first || itsLeast < Double.longBitsToDouble(records[at + LEAST])) {
            records[at + LEAST] = Double.doubleToRawLongBits(itsLeast);
        }
        if (first || itsMost > Double.longBitsToDouble(records[at + MOST])) {
            records[at + MOST] = Double.doubleToRawLongBits(itsMost);
        }
        records[at + COUNT] += count;
    }

    private int at(int place, int k) {
        return length * place + FIRST_VALUE + A_VALUE * k;
    }

    int cell(int place) {
        return (int) (places.row(place) >>> PLACE_BITS);
    }

    int region(int place) {
        return places.column(place);
    }

    int period(int place) {
        return (int) places.row(place) & ((1 << PLACE_BITS) - 1);
    }

    long rows(int place) {
        return records[length * place + ROWS];
    }

    int status(int place) {
        return (int) records[length * place + STATUS];
    }

    /** Microseconds since 1970. */
    long vintage(int place) {
        return records[length * place + VINTAGE];
    }

    /** NaN where no row has one. */
    double interval(int place, int limit) {
        int at = INTERVAL * place + limit;
        return at < intervals.length ? intervals[at] : Double.NaN;
    }

    /** Number of values of expression k. */
    long count(int place, int k) {
        return records[at(place, k) + COUNT];
    }

    /** Defined where there are values. */
    double least(int place, int k) {
        return Double.longBitsToDouble(records[at(place, k) + LEAST]);
    }

    /** Defined where there are values. */
    double most(int place, int k) {
        return Double.longBitsToDouble(records[at(place, k) + MOST]);
    }

    /** Where parts of sums are; those of a place and expression begin at {@link #firstPart}. */
    long[] parts() {
        return records;
    }

    int firstPart(int place, int k) {
        return at(place, k) + SUM;
    }
}
