package org.regionaldoughnut.model;

import java.util.Objects;
import java.util.Optional;

/**
 * An ecological ceiling: where the ratio is 1.
 *
 * @param value the boundary b
 * @param baseline the baseline v0, where the ratio is 0; differs from the boundary
 * @param kind {@code planetary}, {@code policy} or {@code local}
 * @param scope {@code per-capita}, {@code global} or {@code local}
 * @param perspective territorial, residence, end-user or consumption
 * @param sharing sharing principle
 * @param weight what a total of the planet is shared by, where the principle is a weight
 * @param validity years it holds for
 */
public record Boundary(
        String indicator,
        double value,
        double baseline,
        String unit,
        Optional<Integer> year,
        String kind,
        String scope,
        Optional<String> perspective,
        Optional<String> sharing,
        String source,
        Optional<Weight> weight,
        Validity validity) {
    /**
     * A region's weight is its value of an indicator.
     *
     * @param sum of the weights over the planet
     */
    public record Weight(String indicator, double sum) {
        public Weight {
            Objects.requireNonNull(indicator);
            if (!(sum > 0) || !Double.isFinite(sum)) {
                throw new IllegalArgumentException("the weights of " + indicator + " add up to " + sum);
            }
        }
    }

    public Boundary {
        Objects.requireNonNull(indicator);
        if (!Double.isFinite(value) || !Double.isFinite(baseline) || value == baseline) {
            throw new IllegalArgumentException("the boundary of " + indicator + " is " + value + " and its baseline "
                    + baseline + "; they must be two different numbers");
        }
    }

    /** A boundary for all years, shared by no weight. */
    public Boundary(
            String indicator,
            double value,
            double baseline,
            String unit,
            Optional<Integer> year,
            String kind,
            String scope,
            Optional<String> perspective,
            Optional<String> sharing,
            String source) {
        this(
                indicator,
                value,
                baseline,
                unit,
                year,
                kind,
                scope,
                perspective,
                sharing,
                source,
                Optional.empty(),
                Validity.ALWAYS);
    }

    /** The part of a total that falls to a region: {@code b_r = B * w_r / sum(w)}, the baseline alike. */
    public Boundary sharedBy(double regionWeight) {
        double share = regionWeight / weight.orElseThrow().sum();
        return new Boundary(
                indicator,
                value * share,
                baseline * share,
                unit,
                year,
                kind,
                scope,
                perspective,
                sharing,
                source,
                weight,
                validity);
    }

    /** {@code (value - v0) / (b - v0)}: 1 at the boundary. Source: doi 10.1038/s41586-025-09385-1. */
    public double ratio(double figure) {
        // adding zero: at the baseline of an inverse boundary the quotient would be a negative zero
        return (figure - baseline) / (value - baseline) + 0.0;
    }

    /** {@code (ratio - 1) * 100}: negative inside the boundary, never clipped. */
    public double overshootPercent(double figure) {
        return (ratio(figure) - 1) * 100;
    }
}
