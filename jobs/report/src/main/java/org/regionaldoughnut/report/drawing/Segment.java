package org.regionaldoughnut.report.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a ring. Angles are degrees clockwise from twelve o'clock; the centre is the origin and y grows downwards,
 * as in SVG.
 */
record Segment(double inner, double outer, double from, double to) {
    private static final double NEARLY_ROUND = 359.9;

    Segment {
        if (!(inner >= 0 && outer >= inner && to >= from)) {
            throw new IllegalArgumentException(
                    "a segment from radius " + inner + " to " + outer + ", angle " + from + " to " + to);
        }
        to = Math.min(to, from + NEARLY_ROUND);
    }

    /** The segment between two radii in any order. */
    static Segment between(double oneRadius, double otherRadius, double from, double to) {
        return new Segment(Math.min(oneRadius, otherRadius), Math.max(oneRadius, otherRadius), from, to);
    }

    double middle() {
        return (from + to) / 2;
    }

    /** Length of the arc at the given radius. */
    double arc(double radius) {
        return Math.toRadians(to - from) * radius;
    }

    /** Equal parts side by side. */
    List<Segment> split(int parts, double gap) {
        List<Segment> result = new ArrayList<>();
        double width = (to - from - gap * (parts - 1)) / parts;
        for (int i = 0; i < parts; i++) {
            double start = from + i * (width + gap);
            result.add(new Segment(inner, outer, start, start + width));
        }
        return result;
    }

    /** Path data of the outline. */
    String path() {
        int large = to - from > 180 ? 1 : 0;
        return "M" + point(outer, from) + "A" + number(outer) + " " + number(outer) + " 0 " + large + " 1 "
                + point(outer, to) + "L" + point(inner, to) + "A" + number(inner) + " " + number(inner) + " 0 "
                + large + " 0 " + point(inner, from) + "Z";
    }

    /** Path data of the arc at the given radius, in the direction of reading. */
    String arcPath(double radius, boolean clockwise) {
        int large = to - from > 180 ? 1 : 0;
        return "M" + point(radius, clockwise ? from : to) + "A" + number(radius) + " " + number(radius) + " 0 " + large
                + " " + (clockwise ? 1 : 0) + " " + point(radius, clockwise ? to : from);
    }

    /** Path data of a jagged line across the segment around the given radius. */
    String zigzag(double radius, double depth, double step) {
        int teeth = Math.max(2, (int) Math.round(arc(radius) / step)) * 2;
        StringBuilder path = new StringBuilder("M");
        for (int i = 0; i <= teeth; i++) {
            double angle = from + (to - from) * i / teeth;
            path.append(i == 0 ? "" : "L").append(point(radius + (i % 2 == 0 ? -depth : depth) / 2, angle));
        }
        return path.toString();
    }

    static double x(double radius, double angle) {
        return radius * Math.sin(Math.toRadians(angle));
    }

    static double y(double radius, double angle) {
        return -radius * Math.cos(Math.toRadians(angle));
    }

    static String point(double radius, double angle) {
        return number(x(radius, angle)) + " " + number(y(radius, angle));
    }

    /** At most one decimal: a tenth of a unit cannot be seen. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        String bare = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        return bare.equals("-0") ? "0" : bare;
    }
}
