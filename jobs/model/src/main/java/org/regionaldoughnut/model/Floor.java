package org.regionaldoughnut.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A social floor: the threshold y* no one should fall below (or rise above, where less is better).
 *
 * @param value the threshold y*
 * @param worst y_worst, where the shortfall is 100 %; may be absent where every region meets the floor
 * @param span reference set and years of y_worst
 * @param validity years it holds for
 */
public record Floor(
        String indicator,
        double value,
        Optional<Double> worst,
        String unit,
        Optional<String> span,
        String source,
        Validity validity) {
    /** A floor for all years. */
    public Floor(
            String indicator, double value, Optional<Double> worst, String unit, Optional<String> span, String source) {
        this(indicator, value, worst, unit, span, source, Validity.ALWAYS);
    }

    public Floor {
        Objects.requireNonNull(indicator);
        if (!Double.isFinite(value)
                || worst.filter(w -> w == value || !Double.isFinite(w)).isPresent()) {
            throw new IllegalArgumentException("the floor of " + indicator + " is " + value + " and its worst value "
                    + worst.orElse(null) + "; they must be two different numbers");
        }
    }

    /** Whether the worst value lies on the wrong side of the floor for the given direction. */
    public boolean agreesWith(Direction direction) {
        return worst.map(w -> direction == Direction.HIGHER ? w < value : w > value)
                .orElse(true);
    }

    /**
     * {@code 100 * min(1, max(0, (y* - y) / (y* - y_worst)))}, source: doi 10.1038/s41893-021-00799-z. None where the
     * floor is not met and no worst value is declared.
     */
    public Optional<Double> shortfallPercent(double figure, Direction direction) {
        boolean met = direction == Direction.HIGHER ? figure >= value : figure <= value;
        if (met) {
            return Optional.of(0.0);
        }
        return worst.map(w -> 100 * Math.min(1, Math.max(0, (value - figure) / (value - w))));
    }
}
