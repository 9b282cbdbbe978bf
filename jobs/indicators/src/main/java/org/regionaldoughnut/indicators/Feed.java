package org.regionaldoughnut.indicators;

import java.util.Arrays;
import java.util.List;

/** The rows of a reading that feed a term, in the numbers that a {@link Tally} keeps. */
final class Feed {
    private final Reading rows;
    private final Matching.Cells cells;
    private final double[] intervals = new double[Tally.INTERVAL];
    private final double[] values;
    private int[] statuses = new int[0];
    private int[] itsCells;
    private int region;
    private int period;
    private int year;
    private int status;
    private long vintage;

    /**
     * @param rows with the columns of {@link Terms}
     * @param values number of value expressions
     */
    Feed(Reading rows, Matching.Cells cells, int values) {
        this.rows = rows;
        this.cells = cells;
        this.values = new double[values];
    }

    /** Goes on to the next row that feeds a term; false where there is none. */
    boolean next() {
        while (rows.next()) {
            if (!rows.isNull(Terms.YEAR)) {
                itsCells = cells.of(rows, Terms.FIRST_VALUE + values.length);
                region = itsCells.length == 0 ? Reading.ABSENT : rows.text(Terms.REGION);
                period = region == Reading.ABSENT ? Reading.ABSENT : rows.text(Terms.PERIOD);
                if (period != Reading.ABSENT) {
                    take();
                    return true;
                }
            }
        }
        return false;
    }

    private void take() {
        year = rows.integer(Terms.YEAR);
        status = statusOf(rows.text(Terms.STATUS));
        vintage = rows.number(Terms.VINTAGE);
        for (int limit = 0; limit < intervals.length; limit++) {
            intervals[limit] = number(Terms.LOWER + limit);
        }
        for (int k = 0; k < values.length; k++) {
            values[k] = number(Terms.FIRST_VALUE + k);
        }
    }

    /** What is no finite number is no value. */
    private double number(int column) {
        double value = rows.isNull(column) ? Double.NaN : rows.decimal(column);
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** Place in the precedence. */
    private int statusOf(int text) {
        if (text == Reading.ABSENT) {
            return Terms.precedence(null);
        }
        if (text >= statuses.length) {
            List<String> all = rows.texts(Terms.STATUS).all();
            int before = statuses.length;
            statuses = Arrays.copyOf(statuses, all.size());
            for (int next = before; next < statuses.length; next++) {
                statuses[next] = Terms.precedence(all.get(next));
            }
        }
        return statuses[text];
    }

    /** Adds the row to what is known of one of its cells. */
    void addTo(Waiting waiting, int cell) {
        for (int limit = 0; limit < intervals.length; limit++) {
            if (!Double.isNaN(intervals[limit])) {
                waiting.addInterval(cell, region, period, limit, intervals[limit]);
            }
        }
        waiting.add(cell, region, period, status, vintage, values);
    }

    /** Puts the row into a bundle as it is. */
    void addTo(Bundle bundle, int cell) {
        bundle.add(cell, region, period, status, vintage, intervals, values);
    }

    /** The cells that the row goes into. */
    int[] cells() {
        return itsCells;
    }

    Terms.Cell cell(int number) {
        return cells.get(number);
    }

    List<Terms.Cell> allCells() {
        return cells.all();
    }

    int period() {
        return period;
    }

    int year() {
        return year;
    }

    /** By number. */
    List<String> regions() {
        return rows.texts(Terms.REGION).all();
    }

    /** By number. */
    List<String> periods() {
        return rows.texts(Terms.PERIOD).all();
    }
}
