package org.regionaldoughnut.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The cells of a file as they were received.
 *
 * @param rows {@code line} (long), {@code malformed} (why the line cannot be split into cells, else null), then one
 *     text column for each of the names; empty cells are null
 * @param names header names in their order, without the unnamed ones
 * @param positions header name to the 1-based number of its column
 * @param preamble first cell to second cell of the lines above the header
 */
record Received(Dataset<Row> rows, List<String> names, Map<String, Integer> positions, Map<String, String> preamble) {
    static final String LINE = "__line";
    static final String MALFORMED = "__malformed";

    /** The text beside the label, whatever blanks and colons end the two spellings. */
    Optional<String> beside(String label) {
        return preamble.entrySet().stream()
                .filter(e -> bare(e.getKey()).equalsIgnoreCase(bare(label)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String bare(String label) {
        return label.strip().replaceAll("[:\\s]+$", "");
    }
}
