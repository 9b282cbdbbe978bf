package org.regionaldoughnut.indicators;

/**
 * Rows on their way into a {@link Tally}, a few hundred at a time. Their places lie far apart in memory: where nothing else
 * is done between one and the next, the processor fetches several at once.
 */
final class Waiting {
    private static final int MOST = 1 << 8;

    private final Tally tally;
    private final int values;
    private final int[] cells = new int[MOST];
    private final int[] regions = new int[MOST];
    private final int[] periods = new int[MOST];
    private final int[] statuses = new int[MOST];
    private final long[] vintages = new long[MOST];
    private final double[] numbers;
    private final int[] places = new int[MOST];
    private int size;

    /** @param values number of value expressions */
    Waiting(Tally tally, int values) {
        this.tally = tally;
        this.values = values;
        this.numbers = new double[values * MOST];
    }

    /**
     * One row.
     *
     * @param its values, NaN for none
     */
    void add(int cell, int region, int period, int status, long vintage, double[] its) {
        cells[size] = cell;
        regions[size] = region;
        periods[size] = period;
        statuses[size] = status;
        vintages[size] = vintage;
        System.arraycopy(its, 0, numbers, values * size, values);
        size++;
        if (size == MOST) {
            enter();
        }
    }

    /** Few rows have one: it does not wait. */
    void addInterval(int cell, int region, int period, int limit, double value) {
        tally.addInterval(tally.place(cell, region, period), limit, value);
    }

    /** To be called before the tally is looked at. */
    void enter() {
        for (int i = 0; i < size; i++) {
            places[i] = tally.place(cells[i], regions[i], periods[i]);
        }
        for (int i = 0; i < size; i++) {
            tally.add(places[i], 1, statuses[i], vintages[i]);
        }
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < values; k++) {
                double value = numbers[values * i + k];
                if (!Double.isNaN(value)) {
                    tally.addValue(places[i], k, value);
                }
            }
        }
        size = 0;
    }
}
