package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.model.ObsStatus;

/**
 * What the rows of one term give for one region and period.
 *
 * @param parts exact sums by the code that shares are taken over; the one code {@code ""} where there is none
 * @param rows number of rows
 * @param missing number of rows without a value
 * @param distinct number of different values among them
 * @param vintage the newest of the rows
 */
record Measure(
        Map<String, BigDecimal> parts,
        long rows,
        long missing,
        long distinct,
        ObsStatus status,
        Optional<Double> lower,
        Optional<Double> upper,
        Optional<Double> confidenceLevel,
        Instant vintage) {

    boolean hasValue() {
        return !parts.isEmpty();
    }

    BigDecimal total() {
        return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sum of two regions' measures. */
    Measure plus(Measure other) {
        Map<String, BigDecimal> sum = new TreeMap<>(parts);
        other.parts.forEach((code, value) -> sum.merge(code, value, BigDecimal::add));
        return new Measure(
                sum,
                rows + other.rows,
                missing + other.missing,
                distinct + other.distinct,
                status.and(other.status),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                vintage.isAfter(other.vintage) ? vintage : other.vintage);
    }
}
