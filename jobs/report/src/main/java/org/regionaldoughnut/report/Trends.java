package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.report.drawing.LineChart;

/** Small charts over the years, all of one size: one for each headline indicator with enough figures. */
record Trends(Wording wording) {
    private static final int LEAST = 3;
    private static final Set<String> FILLED_IN = Set.of("I", "E", "F");

    /**
     * @param kind {@code short}, {@code over} or {@code plain}: the colours
     * @param points year and figure of each point, {@code 2005:8.1;2006:8.0}, for charts drawn by script
     * @param unit of the figures
     * @param target floor or ceiling as a plain number, empty where there is none
     * @param slope how fast the gap changes, in words; empty where the years are too few
     */
    record View(
            String title,
            String sentence,
            String chart,
            String kind,
            String points,
            String unit,
            String target,
            String slope) {}

    /** @param slopes of the region, by indicator */
    List<View> of(List<DoughnutRow> rows, List<Figure> figures, Map<String, Slopes.Slope> slopes) {
        List<View> views = new ArrayList<>();
        for (DoughnutRow row : rows) {
            if (row.hasIndicator() && views.stream().noneMatch(v -> v.title().equals(wording.title(row.indicator())))) {
                List<Figure> series = figures.stream()
                        .filter(figure -> figure.indicator().equals(row.indicator())
                                && figure.value().isPresent())
                        .toList();
                if (series.size() >= LEAST) {
                    String slope = Optional.ofNullable(slopes.get(row.indicator()))
                            .map(new SlopeWords(wording.texts())::sentence)
                            .orElse("");
                    views.add(view(wording.title(row.indicator()), row.ring(), target(row), series, slope));
                }
            }
        }
        return views;
    }

    private static OptionalDouble target(DoughnutRow row) {
        return row.boundary();
    }

    private View view(String title, String ring, OptionalDouble target, List<Figure> series, String slope) {
        Texts texts = wording.texts();
        List<LineChart.Point> points = series.stream().map(this::point).toList();
        Figure first = series.get(0);
        Figure last = series.get(series.size() - 1);
        String sentence = texts.get(
                "trend.sentence",
                texts.figure(first.value().getAsDouble(), first.unit()),
                texts.period(first.period()),
                texts.figure(last.value().getAsDouble(), last.unit()),
                texts.period(last.period()));
        String key = ring.equals(Framework.ECOLOGICAL) ? "column.boundary.ecological" : "column.boundary.social";
        String label = target.isPresent() ? texts.get(key) + " " + texts.number(target.getAsDouble()) : "";
        LineChart chart = new LineChart(title + ": " + sentence, points, target, label);
        String kind = kind(ring);
        StringBuilder data = new StringBuilder();
        for (LineChart.Point point : points) {
            data.append(data.length() == 0 ? "" : ";")
                    .append(point.at())
                    .append(':')
                    .append(point.figure());
        }
        String limit = target.isPresent() ? String.valueOf(target.getAsDouble()) : "";
        return new View(title, sentence, chart.draw(kind), kind, data.toString(), last.unit(), limit, slope);
    }

    static String kind(String ring) {
        return switch (ring) {
            case Framework.SOCIAL -> "short";
            case Framework.ECOLOGICAL -> "over";
            default -> "plain";
        };
    }

    private LineChart.Point point(Figure figure) {
        Texts texts = wording.texts();
        double value = figure.value().getAsDouble();
        String label = texts.figure(value, figure.unit()) + ", " + texts.period(figure.period());
        boolean observed = !FILLED_IN.contains(figure.status());
        if (!observed) {
            label += ", " + wording.status(figure.status());
        }
        return new LineChart.Point(
                figure.about(), value, observed, label, texts.number(value), texts.period(figure.period()));
    }
}
