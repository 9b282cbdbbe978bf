package org.regionaldoughnut.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A named aggregate of an indicator: current rows of one harmonised table, one series; or the value of another indicator.
 *
 * @param table trade, emissions or census; empty where the term is another indicator
 * @param series the publishers' tables it may take its rows from; the first that an office has is taken
 * @param where Spark SQL condition over the table's columns
 * @param value the value: a column or an SQL expression over columns
 * @param per {@code year} where shorter periods are brought together to years
 * @param count how many shorter periods make a year
 * @param indicator the other indicator whose value is the term
 * @param unit unit of the term, where it is not that of the rows
 */
public record Term(
        String table,
        List<String> series,
        Optional<String> where,
        Aggregate aggregate,
        String value,
        Optional<String> per,
        Optional<Integer> count,
        Optional<String> indicator,
        Optional<String> unit) {
    public Term {
        Objects.requireNonNull(table);
        series = List.copyOf(series);
    }

    /** A term over rows, without a unit of its own. */
    public Term(
            String table,
            List<String> series,
            Optional<String> where,
            Aggregate aggregate,
            String value,
            Optional<String> per,
            Optional<Integer> count) {
        this(table, series, where, aggregate, value, per, count, Optional.empty(), Optional.empty());
    }

    /** The value of another indicator. */
    public static Term of(String indicator, Optional<String> unit) {
        return new Term(
                "",
                List.of(),
                Optional.empty(),
                Aggregate.VALUE,
                "value",
                Optional.empty(),
                Optional.empty(),
                Optional.of(indicator),
                unit);
    }

    /** How rows of one region and period come together. */
    public enum Aggregate {
        /** Exact sum. */
        SUM,
        /** A published figure: exactly one row. */
        VALUE,
        /** Mean of the shorter periods of a year. */
        MEAN,
        /** An SQL aggregate over the rows of one region and period. */
        SQL
    }
}
