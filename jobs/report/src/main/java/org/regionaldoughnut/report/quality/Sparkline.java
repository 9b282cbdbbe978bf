package org.regionaldoughnut.report.quality;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line of a metric's past, small enough for a table cell; its label says the numbers. */
final class Sparkline {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 24;
    private static final int MARGIN = 3;

    private Sparkline() {}

    /** SVG; a text where fewer than two values make no line. */
    static String of(List<Double> values) {
        List<Double> known = values.stream().filter(Double::isFinite).toList();
        if (known.size() < 2) {
            return "<span class=\"quiet\">no earlier figure</span>";
        }
        double min = known.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double max = known.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        StringBuilder points = new StringBuilder();
        double x = MARGIN;
        double y = HEIGHT / 2.0;
        for (int i = 0; i < known.size(); i++) {
            x = MARGIN + (WIDTH - 2.0 * MARGIN) * i / (known.size() - 1);
            y = max == min
                    ? HEIGHT / 2.0
                    : HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (known.get(i) - min) / (max - min);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        String label = "Earlier figures, oldest first: "
                + known.stream().map(Finding::number).collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "<svg class=\"spark\" role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">"
                        + "<title>%s</title><polyline points=\"%s\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/></svg>",
                label,
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                label,
                points.toString().strip(),
                x,
                y);
    }
}
