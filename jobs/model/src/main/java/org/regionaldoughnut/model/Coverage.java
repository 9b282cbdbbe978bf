package org.regionaldoughnut.model;

/**
 * How much of a region an aggregate stands for.
 *
 * @param regions regions with a figure / regions, 0 to 1
 * @param population share of the population they hold, 0 to 1; NaN is not allowed, unknown is -1
 */
public record Coverage(double regions, double population) {
    public static final Coverage FULL = new Coverage(1, 1);
    public static final double UNKNOWN = -1;

    public Coverage {
        if (!(regions >= 0 && regions <= 1) || !(population == UNKNOWN || population >= 0 && population <= 1)) {
            throw new IllegalArgumentException("coverage of " + regions + " and " + population);
        }
    }
}
