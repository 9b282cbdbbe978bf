package org.regionaldoughnut.report;

import java.util.List;

/**
 * A framework's slots with the region's figures, context included, as the template shows them.
 *
 * @param note what is to be known of the selection
 * @param without titles of dimensions without any figure
 */
record FrameworkView(String id, String title, String note, String source, List<Group> groups, String without) {

    /** @param ring title of the ring, empty where the framework has none */
    record Group(String ring, String dimension, List<Item> items, List<Missing> missing) {}

    /**
     * @param description empty where the page describes the indicator above
     * @param status empty where it is normal
     * @param coverage empty where it is whole
     */
    record Item(
            String title,
            String description,
            String value,
            String interval,
            String period,
            String status,
            String coverage) {}

    record Missing(String title, String reason) {}
}
