package org.regionaldoughnut.publish;

/** What can be computed about a figure from what is known: it lies between these two, both included. */
record Interval(double least, double most) {
    double width() {
        return most - least;
    }

    /**
     * Whether at least so much is left open to either side of the figure.
     *
     * @param floor nothing lies below it anyway, as an outsider knows too
     */
    boolean leavesOpen(double figure, double eitherSide, double floor) {
        double below = Math.max(floor, figure - eitherSide);
        double digits = 1e-9 * Math.max(1, Math.abs(figure));
        return least <= below + digits && most >= figure + eitherSide - digits;
    }
}
