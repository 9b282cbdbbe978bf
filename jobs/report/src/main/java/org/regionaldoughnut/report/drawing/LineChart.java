package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One series over the years as a small SVG: a line through observed points, hollow dots where a figure was imputed,
 * estimated or forecast, a broken line at the floor or ceiling. Gaps of more than the usual distance break the line.
 *
 * @param title text alternative: what it is, from where to where
 * @param target floor or ceiling, absent where there is none
 * @param targetLabel what stands at its line
 */
public record LineChart(String title, List<Point> points, OptionalDouble target, String targetLabel) {
    private static final double WIDTH = 280;
    private static final double HEIGHT = 120;
    private static final double LEFT = 8;
    private static final double RIGHT = 272;
    private static final double TOP = 22;
    private static final double BOTTOM = 96;

    public LineChart {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a chart without points: " + title);
        }
    }

    /**
     * @param at year, with a fraction where the period is not a calendar year
     * @param observed whether the figure was observed, not filled in
     * @param label the figure with its period
     * @param value as written beside the point
     */
    public record Point(double at, double figure, boolean observed, String label, String value, String period) {
        public Point {
            if (!Double.isFinite(at) || !Double.isFinite(figure)) {
                throw new IllegalArgumentException("a point at " + at + " of " + figure);
            }
        }
    }

    /** @param kind class of the line: {@code short}, {@code over} or {@code plain} */
    public String draw(String kind) {
        Markup svg = new Markup();
        svg.open("svg", "class", "line-chart " + kind, "viewBox", "0 0 280 120", "role", "img", "aria-label", title);
        svg.empty("path", "class", "axis", "d", "M" + number(LEFT) + " " + BOTTOM + "H" + number(RIGHT));
        target.ifPresent(value -> target(svg, value));
        svg.empty("path", "class", "series", "d", line());
        for (Point point : points) {
            svg.open("g", "class", point.observed() ? "dot" : "dot filled-in");
            svg.leaf("title", point.label());
            svg.empty("circle", "cx", number(x(point)), "cy", number(y(point.figure())), "r", "3");
            svg.close();
        }
        ends(svg);
        return svg.close().toString();
    }

    private void target(Markup svg, double value) {
        double height = y(value);
        svg.empty("path", "class", "target", "d", "M" + number(LEFT) + " " + number(height) + "H" + number(RIGHT));
        double beside = height < TOP + 14 ? height + 12 : height - 4;
        svg.leaf("text", targetLabel, "class", "target-label", "x", number(LEFT), "y", number(beside));
    }

    private String line() {
        StringBuilder path = new StringBuilder();
        double usual = usualDistance();
        for (int i = 0; i < points.size(); i++) {
            boolean start = i == 0 || points.get(i).at() - points.get(i - 1).at() > usual * 1.5 + 1e-9;
            path.append(start ? "M" : "L")
                    .append(number(x(points.get(i))))
                    .append(' ')
                    .append(number(y(points.get(i).figure())));
        }
        return path.toString();
    }

    private double usualDistance() {
        double[] steps = new double[Math.max(1, points.size() - 1)];
        steps[0] = 1;
        for (int i = 1; i < points.size(); i++) {
            steps[i - 1] = points.get(i).at() - points.get(i - 1).at();
        }
        java.util.Arrays.sort(steps);
        return steps[steps.length / 2];
    }

    private void ends(Markup svg) {
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        value(svg, first, "start");
        if (points.size() > 1) {
            value(svg, last, "end");
        }
    }

    private void value(Markup svg, Point point, String anchor) {
        double height = Math.max(12, y(point.figure()) - 8);
        svg.leaf(
                "text",
                point.value(),
                "class",
                "value",
                "x",
                number(x(point)),
                "y",
                number(height),
                "text-anchor",
                anchor);
        svg.leaf("text", point.period(), "class", "year", "x", number(x(point)), "y", "113", "text-anchor", anchor);
    }

    private double x(Point point) {
        double from = points.get(0).at();
        double to = points.get(points.size() - 1).at();
        return to == from ? WIDTH / 2 : LEFT + 3 + (point.at() - from) / (to - from) * (RIGHT - LEFT - 6);
    }

    /** From the least to the most of figures and target, nought included where it is near. */
    private double y(double figure) {
        double least = points.stream().mapToDouble(Point::figure).min().orElse(0);
        double most = points.stream().mapToDouble(Point::figure).max().orElse(0);
        if (target.isPresent()) {
            least = Math.min(least, target.getAsDouble());
            most = Math.max(most, target.getAsDouble());
        }
        if (least > 0 && least < 0.5 * most) {
            least = 0;
        }
        double span = most - least;
        return span <= 0 ? HEIGHT / 2 : BOTTOM - (figure - least) / span * (BOTTOM - TOP);
    }
}
