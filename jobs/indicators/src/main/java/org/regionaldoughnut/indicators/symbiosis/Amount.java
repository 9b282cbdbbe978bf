package org.regionaldoughnut.indicators.symbiosis;

import java.util.Objects;

/**
 * Mass of a category of waste that a branch of a region generates, or can take as an input, in a year.
 *
 * @param tonnes at least 0
 */
public record Amount(String region, String waste, String branch, double tonnes) {
    public Amount {
        Objects.requireNonNull(region);
        Objects.requireNonNull(waste);
        Objects.requireNonNull(branch);
        if (!(tonnes >= 0) || Double.isInfinite(tonnes)) {
            throw new IllegalArgumentException(
                    tonnes + " tonnes of " + waste + " at " + branch + " in " + region + " are no amount");
        }
    }
}
