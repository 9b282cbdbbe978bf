package org.regionaldoughnut.report.drawing;

/**
 * From percent to radius, linear.
 *
 * @param zero radius at 0 %
 * @param full radius at the limit; smaller than zero where the scale runs inward
 * @param limit the percentage at which the drawing clips
 */
record Scale(double zero, double full, double limit) {
    Scale {
        if (!(limit > 0) || zero == full || zero < 0 || full < 0) {
            throw new IllegalArgumentException("a scale from " + zero + " to " + full + " for " + limit + " %");
        }
    }

    double radius(double percent) {
        return zero + (full - zero) * Math.min(limit, Math.max(0, percent)) / limit;
    }

    boolean clips(double percent) {
        return percent > limit;
    }

    /** The radius at the given distance from the zero line, in the direction of the scale. */
    double away(double distance) {
        return zero + Math.signum(full - zero) * distance;
    }
}
