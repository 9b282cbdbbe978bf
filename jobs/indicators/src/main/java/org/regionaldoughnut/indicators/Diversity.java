package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Diversity and concentration of the shares that parts have in their sum. Parts that are not above 0 have no share;
 * where no part has one, the measures are not a number.
 */
final class Diversity {
    private Diversity() {}

    /** Shannon entropy {@code H = - sum s log2 s} in bits. */
    static double entropy(Collection<BigDecimal> parts) {
        return sum(parts, share -> -share * Math.log(share) / Math.log(2));
    }

    /** Herfindahl index {@code HHI = sum s^2}, from 1 / n to 1. */
    static double herfindahl(Collection<BigDecimal> parts) {
        return sum(parts, share -> share * share);
    }

    private static double sum(Collection<BigDecimal> parts, DoubleUnaryOperator ofShare) {
        List<BigDecimal> positive =
                parts.stream().filter(part -> part.signum() > 0).toList();
        if (positive.isEmpty()) {
            return Double.NaN;
        }
        double total =
                positive.stream().reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
        // adding zero turns the negative zero of a single part into zero
        return positive.stream()
                        .mapToDouble(part -> part.doubleValue() / total)
                        .map(ofShare)
                        .sum()
                + 0.0;
    }
}
