package org.regionaldoughnut.indicators.symbiosis;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.regionaldoughnut.office.CsvTable;

/**
 * A documented exchange: waste of a category that a branch generates and another takes as an input.
 *
 * @param waste category of waste, EWC-Stat ({@code W124})
 * @param from branch that generates it, NACE division ({@code D35})
 * @param to branch that takes it
 * @param description what becomes of what
 * @param place where it was documented
 * @param source publication
 */
public record Exchange(String waste, String from, String to, String description, String place, String source) {
    public Exchange {
        for (String part : List.of(waste, from, to, description, place, source)) {
            if (Objects.requireNonNull(part).isBlank()) {
                throw new IllegalArgumentException("an exchange of '" + waste + "' from '" + from + "' to '" + to
                        + "' lacks a part; each needs waste, branches, description, place and source");
            }
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("an exchange of '" + waste + "' goes from " + from + " to itself");
        }
    }

    /** The exchanges of a table with the columns {@code waste, from_nace, to_nace, description, place, source}. */
    public static List<Exchange> of(CsvTable table) {
        return table.rows().stream().map(Exchange::of).toList();
    }

    private static Exchange of(Map<String, String> row) {
        return new Exchange(
                row.get("waste"),
                row.get("from_nace"),
                row.get("to_nace"),
                row.get("description"),
                row.get("place"),
                row.get("source"));
    }
}
