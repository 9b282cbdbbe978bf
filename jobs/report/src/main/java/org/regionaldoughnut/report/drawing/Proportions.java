package org.regionaldoughnut.report.drawing;

/**
 * Radii from the centre outward: the end of the shortfall scale, the floor, the safe space, the ceiling, the end of the
 * overshoot scale, and half the side of the picture. The bands between floor and safe space and between safe space and
 * ceiling carry the names.
 *
 * @param gap degrees between sectors
 */
record Proportions(
        double deepest,
        double floor,
        double safeInner,
        double safeOuter,
        double ceiling,
        double farthest,
        double half,
        double gap) {
    /** With names and scale. */
    static final Proportions PAGE = new Proportions(40, 184, 230, 264, 310, 384, 406, 0.8);

    /** A small multiple. */
    static final Proportions SMALL = new Proportions(20, 100, 107, 132, 139, 188, 192, 1);

    Proportions {
        if (!(0 < deepest
                && deepest < floor
                && floor < safeInner
                && safeInner < safeOuter
                && safeOuter < ceiling
                && ceiling < farthest
                && farthest <= half)) {
            throw new IllegalArgumentException("radii must grow from the centre outward");
        }
    }

    Scale shortfall() {
        return new Scale(floor, deepest, 100);
    }

    Scale overshoot() {
        return new Scale(ceiling, farthest, 200);
    }
}
