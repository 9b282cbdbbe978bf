package org.regionaldoughnut.indicators;

import java.util.Optional;

/**
 * Where a source says that a figure lies; it may state some of this only.
 *
 * @param confidenceLevel in percent
 */
record Interval(Optional<Double> lower, Optional<Double> upper, Optional<Double> confidenceLevel) {
    static final Interval NONE = new Interval(Optional.empty(), Optional.empty(), Optional.empty());
}
