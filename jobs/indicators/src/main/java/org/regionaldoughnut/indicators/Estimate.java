package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.Optional;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.ObsStatus;

/**
 * A value of an indicator, or why there is none.
 *
 * @param origin published or rolled_up
 */
record Estimate(
        String indicator,
        String region,
        String period,
        Optional<Double> value,
        Optional<Double> numerator,
        Optional<Double> denominator,
        Optional<Double> lower,
        Optional<Double> upper,
        Optional<Double> confidenceLevel,
        int referenceYear,
        String origin,
        ObsStatus status,
        Coverage coverage,
        Optional<String> reason,
        Instant vintage) {

    int year() {
        return Integer.parseInt(period.substring(0, 4));
    }
}
