package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The cells of a file as they were received.
 *
 * @param rows {@code __line} (long), {@code __malformed} (why the line cannot be taken, else null), where a row is a
 *     cell also {@code __cell} (its number in the line) and {@code __received} (its text), then one text column for
 *     each of the names; empty cells are null
 * @param names header names in their order, without the unnamed ones
 * @param positions header name to the 1-based number of its column
 * @param preamble first cell to second cell of the lines above the header
 * @param isCells whether a row is one cell, not one line of several
 */
record Received(
        Dataset<Row> rows,
        List<String> names,
        Map<String, Integer> positions,
        Map<String, String> preamble,
        boolean isCells) {
    static final String LINE = "__line";
    static final String MALFORMED = "__malformed";
    static final String CELL = "__cell";
    static final String TEXT = "__received";

    /** Rows that are lines. */
    static Received lines(Dataset<Row> rows, Header header) {
        return new Received(rows, header.names(), header.positions(), header.preamble(), false);
    }

    /** Rows that are cells, each with its own number and text. */
    static Received cells(Dataset<Row> rows, List<String> names) {
        Map<String, Integer> positions = new java.util.LinkedHashMap<>();
        names.forEach(name -> positions.put(name, positions.size() + 1));
        return new Received(rows, names, positions, Map.of(), true);
    }

    /** The received column of that name, whatever signs are in it. */
    static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

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
