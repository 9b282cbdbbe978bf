package org.regionaldoughnut.report;

import java.util.List;

/** The index of all regions as its template shows it, by level. */
record IndexView(String period, boolean drawn, List<Level> levels, List<RegionView.MapSection> maps) {

    record Level(String title, List<Entry> entries) {}

    /** @param drawing the small doughnut, empty where there are too many regions for drawings */
    record Entry(
            String name,
            String code,
            String href,
            String parent,
            String drawing,
            RingView.Median floor,
            RingView.Median ceiling) {}
}
