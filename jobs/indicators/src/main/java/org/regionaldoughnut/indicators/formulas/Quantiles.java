package org.regionaldoughnut.indicators.formulas;

import java.util.Arrays;

/**
 * Sample quantiles of the continuous types 4 to 9 of Hyndman & Fan, The American Statistician 50, 361-365 (1996); type 7
 * is the default of R and Excel and Spark's {@code percentile}.
 */
public final class Quantiles {
    /** Rounding in {@code n p + m} must not move a position that is whole. */
    private static final double FUZZ = 4 * Math.ulp(1.0);

    private Quantiles() {}

    /** @param type 4 to 9 */
    public static double of(double[] values, double probability, int type) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0) {
            return Double.NaN;
        }
        double m =
                switch (type) {
                    case 4 -> 0;
                    case 5 -> 0.5;
                    case 6 -> probability;
                    case 7 -> 1 - probability;
                    case 8 -> (probability + 1) / 3;
                    case 9 -> probability / 4 + 0.375;
                    default -> throw new IllegalArgumentException("there is no continuous quantile of type " + type);
                };
        double position = n * probability + m;
        double whole = Math.floor(position + FUZZ);
        double part = position - whole;
        if (Math.abs(part) < FUZZ) {
            part = 0;
        }
        double below = sorted[(int) Math.min(Math.max(whole, 1), n) - 1];
        double above = sorted[(int) Math.min(Math.max(whole + 1, 1), n) - 1];
        return below + part * (above - below);
    }
}
