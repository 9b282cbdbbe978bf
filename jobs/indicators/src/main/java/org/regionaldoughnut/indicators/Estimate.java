package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.Optional;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.ReferencePeriod;

/**
 * A value of an indicator, or why there is none.
 *
 * @param breakdown {@code DIM=CODE}, or {@link #TOTAL}
 * @param origin published, rolled_up or imputed
 */
record Estimate(
        String indicator,
        String breakdown,
        String region,
        String period,
        Optional<Double> value,
        Optional<Double> numerator,
        Optional<Double> denominator,
        Interval interval,
        int referenceYear,
        String origin,
        ObsStatus status,
        Coverage coverage,
        Optional<String> reason,
        Instant vintage) {
    static final String TOTAL = "_T";
    static final String PUBLISHED = "published";
    static final String ROLLED_UP = "rolled_up";
    static final String IMPUTED = "imputed";

    int year() {
        return year(period);
    }

    boolean isTotal() {
        return breakdown.equals(TOTAL);
    }

    static int year(String period) {
        return Integer.parseInt(period, 0, 4, 10);
    }

    /** The year a period stands for. */
    static int referenceYear(String period) {
        return period.length() == 4
                ? year(period)
                : ReferencePeriod.parse(period)
                        .map(ReferencePeriod::referenceYear)
                        .orElseGet(() -> year(period));
    }

    Estimate ofBreakdown(String other) {
        return new Estimate(
                indicator,
                other,
                region,
                period,
                value,
                numerator,
                denominator,
                interval,
                referenceYear,
                origin,
                status,
                coverage,
                reason,
                vintage);
    }

    /** The same place and time with another value, computed from this one and others. */
    Estimate derived(Optional<Double> other, ObsStatus itsStatus, Optional<String> itsReason, Instant itsVintage) {
        return new Estimate(
                indicator,
                breakdown,
                region,
                period,
                other,
                Optional.empty(),
                Optional.empty(),
                Interval.NONE,
                referenceYear,
                origin,
                other.isPresent() ? itsStatus : ObsStatus.O,
                coverage,
                itsReason,
                itsVintage);
    }

    /** The same figure, standing for no more of the region than what it was made of, and rolled up if that was. */
    Estimate limitedTo(Coverage others, boolean rolledUp) {
        double people = coverage.population() == Coverage.UNKNOWN || others.population() == Coverage.UNKNOWN
                ? Coverage.UNKNOWN
                : Math.min(coverage.population(), others.population());
        return new Estimate(
                indicator,
                breakdown,
                region,
                period,
                value,
                numerator,
                denominator,
                interval,
                referenceYear,
                rolledUp ? ROLLED_UP : origin,
                status,
                new Coverage(Math.min(coverage.regions(), others.regions()), people),
                reason,
                vintage);
    }
}
