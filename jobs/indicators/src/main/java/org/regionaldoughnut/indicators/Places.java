package org.regionaldoughnut.indicators;

import java.util.Arrays;

/**
 * Numbers the places of a table from 0 on, as they come. Its rows are few and most of them nearly full, so that a place is
 * found by its column in an array of its row; a table that turns out to be large and nearly empty is kept by keys.
 */
final class Places {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int NONE = -1;
    private static final int COLUMN_BITS = 20;

    /** So many columns in arrays for each place are too many. */
    private static final int EMPTY = 64;

    private static final int LARGE = 1 << 20;

    private final Numbering rows = new Numbering();
    private int[][] columns = new int[16][];
    private long kept;

    /** Row, by its number, and column of each place. */
    private long[] places = new long[FIRST_CAPACITY];

    private int size;

    /** In place of the arrays, where they would be too large. */
    private Numbering keys;

    private long lastRow = NONE;
    private int lastNumber;

    int size() {
        return size;
    }

    long row(int place) {
        return rows.key((int) (places[place] >>> COLUMN_BITS));
    }

    int column(int place) {
        return (int) places[place] & ((1 << COLUMN_BITS) - 1);
    }

    void clear() {
        if (keys == null) {
            for (int place = 0; place < size; place++) {
                columns[(int) (places[place] >>> COLUMN_BITS)][column(place)] = NONE;
            }
        } else {
            keys.clear();
        }
        size = 0;
    }

    /** @param column below 2^20 */
    int number(long row, int column) {
        if (row != lastRow) {
            lastNumber = rows.number(row);
            lastRow = row;
        }
        long key = (long) lastNumber << COLUMN_BITS | column;
        if (keys != null) {
            int place = keys.number(key);
            if (place == size) {
                add(key);
            }
            return place;
        }
        int[] its = columns(lastNumber, column);
        if (its[column] == NONE) {
            its[column] = size;
            add(key);
            if (kept > LARGE && kept / EMPTY > size) {
                byKeys();
            }
            return size - 1;
        }
        return its[column];
    }

    private int[] columns(int row, int column) {
        if (row >= columns.length) {
            columns = Arrays.copyOf(columns, 2 * row);
        }
        int[] its = columns[row];
        if (its == null || column >= its.length) {
            int before = its == null ? 0 : its.length;
            its = its == null ? new int[column + 16] : Arrays.copyOf(its, 2 * column);
            Arrays.fill(its, before, its.length, NONE);
            kept += its.length - before;
            columns[row] = its;
        }
        return its;
    }

    private void add(long key) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = key;
    }

    private void byKeys() {
        keys = new Numbering();
        for (int place = 0; place < size; place++) {
            keys.number(places[place]);
        }
        columns = null;
    }
}
