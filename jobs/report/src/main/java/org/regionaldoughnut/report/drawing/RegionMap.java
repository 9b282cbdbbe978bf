package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;

import java.util.List;

/**
 * A choropleth map: regions in classes from light to dark, hatched where there is no figure, the region of the page with
 * a thick outline. It also draws tile maps, whose regions are squares of one size.
 *
 * @param title text alternative
 * @param width and height of the coordinates
 */
public record RegionMap(String title, double width, double height, List<Area> areas) {
    public RegionMap {
        areas = List.copyOf(areas);
    }

    /**
     * @param path SVG path data
     * @param level class from 0 (light) up; negative where there is no figure
     * @param label what is written where a pointer rests
     * @param name short name written into a tile, empty on maps
     * @param href page to open, empty for none
     */
    public record Area(
            String path, int level, String label, boolean own, String name, double x, double y, String href) {}

    /** @param kind which colours: {@code short}, {@code over} or {@code plain} */
    public String draw(String kind) {
        Markup svg = new Markup();
        String box = "0 0 " + number(width) + " " + number(height);
        boolean linked = areas.stream().anyMatch(area -> !area.href().isEmpty());
        svg.open("svg", "class", "map " + kind, "viewBox", box, "role", linked ? "group" : "img", "aria-label", title);
        areas.stream().filter(area -> !area.own()).forEach(area -> area(svg, area));
        areas.stream().filter(Area::own).forEach(area -> area(svg, area));
        return svg.close().toString();
    }

    private static void area(Markup svg, Area area) {
        String level = area.level() < 0 ? "none" : "q" + area.level();
        boolean linked = !area.href().isEmpty();
        if (linked) {
            svg.open("a", "href", area.href(), "aria-label", area.label());
        }
        svg.open("g", "class", area.own() ? "area own " + level : "area " + level);
        svg.leaf("title", area.label());
        svg.empty("path", "d", area.path());
        if (!area.name().isEmpty()) {
            svg.leaf("text", area.name(), "x", number(area.x()), "y", number(area.y()));
        }
        svg.close();
        if (linked) {
            svg.close();
        }
    }
}
