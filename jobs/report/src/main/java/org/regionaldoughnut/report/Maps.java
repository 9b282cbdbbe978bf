package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.regionaldoughnut.report.drawing.RegionMap;
import org.regionaldoughnut.report.map.Outlines;

/** Choropleth maps: figures of one indicator in at most five classes of about equally many regions. */
record Maps(Texts texts, Outlines outlines, Geography geography) {
    private static final int CLASSES = 5;

    /**
     * @param legend classes from light to dark, with the span of each
     * @param missing whether some regions have no figure
     */
    record View(String drawing, String kind, List<Class> legend, boolean missing, boolean tiles) {}

    record Class(int level, String span) {}

    /**
     * @param title text alternative
     * @param values by region
     * @param write writes a figure with its unit
     * @param brief writes a figure for the legend
     * @param own code of the region of the page
     * @param href page of a region, empty for none
     * @return empty where the office gives no outlines, or none of the regions has one
     */
    Optional<View> of(
            String title,
            String kind,
            Map<String, Double> values,
            DoubleFunction<String> write,
            DoubleFunction<String> brief,
            Optional<String> own,
            UnaryOperator<String> href) {
        boolean drawn = values.keySet().stream().anyMatch(outlines.byRegion()::containsKey);
        if (outlines.isEmpty() || !drawn) {
            return Optional.empty();
        }
        double[] breaks = breaks(values.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray());
        Map<Integer, double[]> spans = new HashMap<>();
        List<RegionMap.Area> areas = new ArrayList<>();
        boolean[] missing = {false};
        outlines.byRegion().forEach((code, outline) -> {
            Double value = values.get(code);
            int level = value == null ? -1 : level(breaks, value);
            missing[0] |= value == null;
            if (value != null) {
                spans.merge(level, new double[] {value, value}, (a, b) ->
                        new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
            }
            String name = geography.region(code).name();
            String label = name + ": " + (value == null ? texts.get("row.no-figure") : write.apply(value));
            areas.add(new RegionMap.Area(
                    outline.path(),
                    level,
                    label,
                    own.filter(code::equals).isPresent(),
                    outlines.tiles() ? shortName(code) : "",
                    outline.x(),
                    outline.y(),
                    href.apply(code)));
        });
        List<Class> legend = spans.keySet().stream()
                .sorted()
                .map(level -> new Class(level, span(spans.get(level), brief)))
                .toList();
        String drawing = new RegionMap(title, outlines.width(), outlines.height(), areas).draw(kind);
        return Optional.of(new View(drawing, kind, legend, missing[0], outlines.tiles()));
    }

    private String span(double[] span, DoubleFunction<String> write) {
        String least = write.apply(span[0]);
        String most = write.apply(span[1]);
        return least.equals(most) ? least : texts.get("map.span", least, most);
    }

    /** The code: names do not fit into tiles, and readers of the office's maps know its codes. */
    private static String shortName(String code) {
        return code.length() <= 5 ? code : code.substring(code.length() - 5);
    }

    /** Upper ends of all classes but the last; equal figures are never parted. */
    private static double[] breaks(double[] sorted) {
        double[] breaks = new double[CLASSES - 1];
        for (int i = 1; i < CLASSES; i++) {
            int index =
                    Math.max(0, Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * i / (double) CLASSES) - 1));
            breaks[i - 1] = sorted[index];
        }
        return breaks;
    }

    private static int level(double[] breaks, double value) {
        return (int) Arrays.stream(breaks).filter(limit -> value > limit).count();
    }
}
