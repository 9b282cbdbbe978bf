package org.regionaldoughnut.report;

import java.util.List;

/**
 * The page of a region as its template shows it. Texts are ready to be escaped; only the drawing is markup.
 *
 * @param period the doughnut's year
 * @param parents from the topmost region down
 * @param siblings other regions of the same level, empty where they are too many to list
 */
record RegionView(
        String name,
        String code,
        String level,
        String period,
        String drawing,
        List<RingView> rings,
        List<FrameworkView> frameworks,
        List<String> areas,
        List<String> proxies,
        String boundarySet,
        List<String> bounds,
        List<Link> parents,
        List<Link> siblings) {

    /** @param href empty where there is no page */
    record Link(String name, String href) {}
}
