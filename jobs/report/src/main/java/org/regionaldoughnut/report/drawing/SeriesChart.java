package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;

import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * One indicator over the years, a line for each region, its name where a pointer rests on it.
 *
 * @param title text alternative
 * @param lines figures by year, by name; at least one
 * @param write writes a figure at the axis
 */
public record SeriesChart(String title, Map<String, Map<Integer, Double>> lines, DoubleFunction<String> write) {
    private static final double LEFT = 56;
    private static final double RIGHT = 784;
    private static final double TOP = 12;
    private static final double BOTTOM = 268;

    /** @param kind class of the lines: {@code short}, {@code over} or {@code plain} */
    public String draw(String kind) {
        Axis axis = axis();
        Markup svg = new Markup();
        svg.open("svg", "class", "series-chart " + kind, "viewBox", "0 0 800 300", "role", "img", "aria-label", title);
        for (int i = 0; i <= 4; i++) {
            double value = axis.least() + (axis.most() - axis.least()) * i / 4;
            double y = axis.y(value);
            svg.empty("path", "class", "axis", "d", "M" + number(LEFT) + " " + number(y) + "H" + number(RIGHT));
            svg.leaf("text", write.apply(value), "x", number(LEFT - 6), "y", number(y + 4), "text-anchor", "end");
        }
        years(svg, axis);
        lines.forEach((name, line) -> {
            svg.open("g", "class", "line");
            svg.leaf("title", name);
            svg.empty("path", "d", path(line, axis));
            svg.close();
        });
        return svg.close().toString();
    }

    private static void years(Markup svg, Axis axis) {
        int step = Math.max(1, (axis.to() - axis.from()) / 8);
        for (int year = axis.from(); year <= axis.to(); year += step) {
            svg.leaf("text", "" + year, "x", number(axis.x(year)), "y", "290", "text-anchor", "middle");
        }
    }

    private static String path(Map<Integer, Double> line, Axis axis) {
        StringBuilder path = new StringBuilder();
        for (Map.Entry<Integer, Double> point : line.entrySet()) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(number(axis.x(point.getKey())))
                    .append(' ')
                    .append(number(axis.y(point.getValue())));
        }
        return path.toString();
    }

    private Axis axis() {
        TreeSet<Integer> years = new TreeSet<>();
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (Map<Integer, Double> line : lines.values()) {
            years.addAll(line.keySet());
            for (double value : line.values()) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (least > 0 && least < 0.5 * most) {
            least = 0;
        }
        return new Axis(years.first(), years.last(), least, most > least ? most : least + 1);
    }

    private record Axis(int from, int to, double least, double most) {
        double x(int year) {
            return from == to ? (LEFT + RIGHT) / 2 : LEFT + (RIGHT - LEFT) * (year - from) / (to - from);
        }

        double y(double value) {
            return BOTTOM - (value - least) / (most - least) * (BOTTOM - TOP);
        }
    }
}
