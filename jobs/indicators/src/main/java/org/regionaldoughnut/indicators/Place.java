package org.regionaldoughnut.indicators;

import java.util.Optional;
import org.regionaldoughnut.model.ObsStatus;

/** A row of {@code statistics.doughnut}: where one indicator of a region stands against its floor or ceiling. */
record Place(
        String framework,
        String boundarySet,
        String lens,
        String ring,
        String dimension,
        String indicator,
        String breakdown,
        String region,
        int year,
        Optional<Estimate> estimate,
        String unit,
        String direction,
        String form,
        boolean headline,
        Optional<Double> boundary,
        Optional<Double> baseline,
        Optional<Double> ratio,
        Optional<Double> gapPercent,
        Optional<Median> median,
        boolean inMedian,
        ObsStatus status,
        Optional<String> proxy,
        Optional<String> reason) {

    /**
     * Median and quartiles of a ring.
     *
     * @param n indicators
     * @param dimensions dimensions they stand for
     */
    record Median(Optional<Double> q1, Optional<Double> q3, int n, int dimensions) {}
}
