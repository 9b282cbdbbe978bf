package org.regionaldoughnut.report.map;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Outlines of regions by code, in one coordinate space.
 *
 * @param tiles whether they are tiles of one size rather than shapes
 */
public record Outlines(boolean tiles, double width, double height, Map<String, Outline> byRegion) {
    public static final Outlines NONE = new Outlines(false, 0, 0, Map.of());

    public Outlines {
        byRegion = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byRegion));
    }

    /**
     * @param path SVG path data
     * @param x and y: middle of a tile, where a name may stand
     */
    public record Outline(String path, double x, double y) {}

    public boolean isEmpty() {
        return byRegion.isEmpty();
    }

    /** Tiles at the given columns and rows, counted from the upper left. */
    public static Outlines ofTiles(Map<String, int[]> places) {
        int columns = places.values().stream().mapToInt(place -> place[0]).max().orElse(0);
        int rows = places.values().stream().mapToInt(place -> place[1]).max().orElse(0);
        Map<String, Outline> outlines = new LinkedHashMap<>();
        places.forEach((region, place) -> {
            int left = (place[0] - 1) * TILE + GAP;
            int top = (place[1] - 1) * TILE + GAP;
            int side = TILE - GAP;
            String path = "M" + left + " " + top + "h" + side + "v" + side + "h-" + side + "Z";
            outlines.put(region, new Outline(path, left + side / 2.0, top + side / 2.0 + 5));
        });
        return new Outlines(true, columns * TILE + GAP, rows * TILE + GAP, outlines);
    }

    private static final int TILE = 60;
    private static final int GAP = 4;
}
