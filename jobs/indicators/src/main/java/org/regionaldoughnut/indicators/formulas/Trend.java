package org.regionaldoughnut.indicators.formulas;

import java.util.Map;
import java.util.SortedMap;

/**
 * The straight line through a series of yearly values by ordinary least squares.
 *
 * @param intercept value of the line in year 0
 * @param slope change by year
 */
public record Trend(double intercept, double slope) {

    /** Of two years or more. */
    public static Trend of(SortedMap<Integer, Double> values) {
        double meanYear =
                values.keySet().stream().mapToInt(Integer::intValue).average().orElseThrow();
        double mean = values.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double products = 0;
        double squares = 0;
        for (Map.Entry<Integer, Double> point : values.entrySet()) {
            double x = point.getKey() - meanYear;
            products += x * (point.getValue() - mean);
            squares += x * x;
        }
        double slope = products / squares;
        return new Trend(mean - slope * meanYear, slope);
    }

    public double at(double year) {
        return intercept + slope * year;
    }

    /**
     * Standard error of the slope that allows for residuals that vary and depend on their neighbours: Newey & West,
     * Econometrica 55, 703-708 (1987), Bartlett weights {@code 1 - l / (lag + 1)}, no prewhitening. Neighbours are
     * neighbouring observations, also over a gap in the years.
     *
     * @param smallSample whether the variance is multiplied by {@code n / (n - 2)}
     */
    public double slopeError(SortedMap<Integer, Double> values, int lag, boolean smallSample) {
        int n = values.size();
        double meanYear =
                values.keySet().stream().mapToInt(Integer::intValue).average().orElseThrow();
        double squares = 0;
        // the slope's row of (X'X)^-1 X' u: only deviations from the mean year count
        double[] scores = new double[n];
        int i = 0;
        for (Map.Entry<Integer, Double> point : values.entrySet()) {
            double x = point.getKey() - meanYear;
            squares += x * x;
            scores[i++] = x * (point.getValue() - at(point.getKey()));
        }
        double meat = 0;
        for (double score : scores) {
            meat += score * score;
        }
        for (int l = 1; l <= Math.min(lag, n - 1); l++) {
            double weight = 1 - l / (lag + 1.0);
            for (int t = l; t < n; t++) {
                meat += 2 * weight * scores[t] * scores[t - l];
            }
        }
        double variance = Math.max(0, meat) / (squares * squares);
        return Math.sqrt(smallSample ? variance * n / (n - 2) : variance);
    }
}
