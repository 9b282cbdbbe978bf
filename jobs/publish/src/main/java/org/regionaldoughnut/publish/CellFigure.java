package org.regionaldoughnut.publish;

import org.apache.spark.sql.Row;

/**
 * What disclosure control looks at of a row of statistics.indicators; NaN where a number is missing.
 *
 * @param amount what adds up over regions: the numerator, where there is one, else the value
 */
record CellFigure(Cell cell, double value, double numerator, double denominator, String obsStatus, String confStatus) {

    static final String[] COLUMNS = {
        "indicator", "breakdown", "region", "period", "value", "numerator", "denominator", "obs_status", "conf_status"
    };

    static CellFigure of(Row row) {
        return new CellFigure(
                new Cell(row.getString(0), row.getString(1), row.getString(2), row.getString(3)),
                number(row, 4),
                number(row, 5),
                number(row, 6),
                row.getString(7),
                row.isNullAt(8) ? Suppressed.FREE : row.getString(8));
    }

    private static double number(Row row, int column) {
        return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    double amount() {
        return Double.isNaN(numerator) ? value : numerator;
    }

    boolean isMarked() {
        return !confStatus.equals(Suppressed.FREE);
    }

    /** Suppressed at the source, so that we do not have it either. */
    boolean isUnknown() {
        return "Q".equals(obsStatus) && Double.isNaN(amount());
    }

    /** Whether it shows the amount, in whatever place. */
    boolean shows(double amount) {
        return numerator == amount || denominator == amount || value == amount;
    }
}
