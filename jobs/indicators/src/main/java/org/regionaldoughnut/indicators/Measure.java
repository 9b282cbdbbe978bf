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

    /** A figure taken from elsewhere, as the value of another indicator. */
    static Measure figure(BigDecimal value, ObsStatus status, Instant vintage) {
        return new Measure(
                Map.of("", value), 1, 0, 1, status, Optional.empty(), Optional.empty(), Optional.empty(), vintage);
    }

    /** A row without a figure. */
    static Measure withheld(ObsStatus status, Instant vintage) {
        return new Measure(Map.of(), 1, 1, 1, status, Optional.empty(), Optional.empty(), Optional.empty(), vintage);
    }

    boolean hasValue() {
        return !parts.isEmpty();
    }

    BigDecimal total() {
        if (parts.size() == 1) {
            return parts.values().iterator().next();
        }
        return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Parts as doubles, in order of their codes. */
    Map<String, Double> amounts() {
        Map<String, Double> amounts = new TreeMap<>();
        parts.forEach((code, value) -> amounts.put(code, value.doubleValue()));
        return amounts;
    }

    /** The sum of two regions' measures. */
    Measure plus(Measure other) {
        return new Measure(
                sum(parts, other.parts),
                rows + other.rows,
                missing + other.missing,
                distinct + other.distinct,
                status.and(other.status),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                vintage.isAfter(other.vintage) ? vintage : other.vintage);
    }

    private static Map<String, BigDecimal> sum(Map<String, BigDecimal> a, Map<String, BigDecimal> b) {
        if (a.size() == 1 && b.size() == 1) {
            Map.Entry<String, BigDecimal> one = a.entrySet().iterator().next();
            BigDecimal other = b.get(one.getKey());
            if (other != null) {
                return Map.of(one.getKey(), one.getValue().add(other));
            }
        }
        Map<String, BigDecimal> sum = new TreeMap<>(a);
        b.forEach((code, value) -> sum.merge(code, value, BigDecimal::add));
        return sum;
    }
}
