package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.Collection;

/** Diversity and concentration of the shares that parts have in their sum. Parts that are not above 0 have no share. */
final class Diversity {
    private Diversity() {}

    /** Shannon entropy {@code H = - sum s log2 s} in bits. */
    static double entropy(Collection<BigDecimal> parts) {
        double total = total(parts);
        return parts.stream()
                .mapToDouble(part -> part.doubleValue() / total)
                .filter(share -> share > 0)
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }

    /** Herfindahl index {@code HHI = sum s^2}, from 1 / n to 1. */
    static double herfindahl(Collection<BigDecimal> parts) {
        double total = total(parts);
        return parts.stream()
                .mapToDouble(part -> part.doubleValue() / total)
                .filter(share -> share > 0)
                .map(share -> share * share)
                .sum();
    }

    private static double total(Collection<BigDecimal> parts) {
        return parts.stream()
                .filter(part -> part.signum() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }
}
