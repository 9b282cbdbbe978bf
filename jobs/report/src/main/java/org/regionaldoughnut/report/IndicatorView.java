package org.regionaldoughnut.report;

import java.util.List;
import java.util.Optional;

/**
 * The page of an indicator as its template shows it.
 *
 * @param facts name and text of what defines it
 * @param levels map and ranking at each level of regions
 * @param series markup of the lines over the years, empty where there are too few
 * @param seriesData the same figures for charts drawn by script: {@code {"x":[..],"lines":[{"name":..,"y":[..]}]}}
 * @param travels regions whose gap changes measurably, level by level
 * @param download file of its figures
 */
record IndicatorView(
        String id,
        String title,
        String description,
        String unit,
        String kind,
        List<Fact> facts,
        List<String> references,
        List<Level> levels,
        String series,
        String seriesData,
        String seriesNote,
        List<Travel> travels,
        String download) {

    /**
     * How fast the gap of a region changes.
     *
     * @param interval of the change, empty where the years are too few for one
     */
    record Travel(String region, String href, String years, String change, String interval, String target) {}

    record Fact(String name, String text) {}

    /** @param without names of regions of the level without a figure, as one text */
    record Level(String title, Optional<Maps.View> map, Comparisons.Bars bars, String count, String without) {}

    /** A line of the list of all indicators. */
    record Entry(String title, String href, String description, String unit, String where, String regions) {}

    /** Indicators of the catalogue with figures, and those without. */
    record Directory(List<Entry> entries, List<Entry> without) {}
}
