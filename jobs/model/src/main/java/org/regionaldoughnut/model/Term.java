package org.regionaldoughnut.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A named aggregate of an indicator: current rows of one harmonised table, one series.
 *
 * @param table trade, emissions or census
 * @param series the publishers' tables it may take its rows from; the first that an office has is taken
 * @param where Spark SQL condition over the table's columns
 * @param value the value column
 * @param per {@code year} where shorter periods are brought together to years
 * @param count how many shorter periods make a year
 */
public record Term(
        String table,
        List<String> series,
        Optional<String> where,
        Aggregate aggregate,
        String value,
        Optional<String> per,
        Optional<Integer> count) {
    public Term {
        Objects.requireNonNull(table);
        series = List.copyOf(series);
    }

    /** How rows of one region and period come together. */
    public enum Aggregate {
        /** Exact sum. */
        SUM,
        /** A published figure: exactly one row. */
        VALUE,
        /** Mean of the shorter periods of a year. */
        MEAN
    }
}
