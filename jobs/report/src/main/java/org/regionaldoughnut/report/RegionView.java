package org.regionaldoughnut.report;

import java.util.List;
import java.util.Optional;

/**
 * The page of a region as its template shows it. Texts are ready to be escaped; only drawings are markup.
 *
 * @param peers what the regions of its level are called
 * @param period the doughnut's year
 * @param description the drawing in words
 * @param parent name of the region that holds it
 * @param parents from the topmost region down
 * @param siblings other regions of the same level, empty where they are too many to list
 * @param pdf file of the same report as PDF, empty where there is none
 */
record RegionView(
        String name,
        String code,
        String level,
        String peers,
        String period,
        String drawing,
        String description,
        List<RingView> rings,
        ChangesView changes,
        List<Trends.View> trends,
        List<Lenses.View> lenses,
        List<Comparisons.Position> positions,
        List<Comparisons.Bars> bars,
        String parent,
        List<MapSection> maps,
        Optional<PanelView> panel,
        Optional<Sensitivity.View> sensitivity,
        List<Breakdowns.View> breakdowns,
        Optional<Assets.View> assets,
        List<FrameworkView> frameworks,
        List<String> areas,
        List<String> proxies,
        String boundarySet,
        List<String> bounds,
        List<Link> parents,
        List<Link> siblings,
        String pdf) {

    /** @param href empty where there is no page */
    record Link(String name, String href) {}

    record MapSection(String title, Maps.View map) {}
}
