package org.regionaldoughnut.report;

import java.util.List;

/**
 * A framework as a panel of large figures.
 *
 * @param without titles of dimensions without a figure, as one text
 */
record PanelView(String title, String source, List<Tile> tiles, String without) {

    /**
     * @param strip drawing of the place among the peers, empty where there is nothing to compare
     * @param place the place in words
     */
    record Tile(String dimension, String title, String value, String period, String strip, String place) {}
}
