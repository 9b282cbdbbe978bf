package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table as a reader of ingest would show it, with some of its rows.
 *
 * @param format keys of the source's format, kind first, with their values in YAML
 * @param rows texts by column; empty cells are empty texts
 * @param preamble cells of the lines above the header
 * @param reasons how that was told
 */
record ReceivedSample(
        Map<String, String> format,
        List<String> names,
        List<Map<String, String>> rows,
        List<List<String>> preamble,
        List<String> reasons) {
    /** In a table of more columns a line of one cell is a note. */
    private static final int NARROW = 3;

    private static final double OFTEN = 0.01;

    /** @param lines from the first of the file or sheet */
    static ReceivedSample below(
            int headerLine, List<List<String>> lines, Map<String, String> format, List<String> reasons) {
        List<String> names = new ArrayList<>();
        for (String cell : lines.get(headerLine - 1)) {
            names.add(!cell.isEmpty() && names.contains(cell) ? cell + "_" + (names.size() + 1) : cell);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> cells : lines.subList(headerLine, lines.size())) {
            int filled = HeaderSearch.filled(cells);
            boolean isNote = filled == 1 && names.size() > NARROW;
            if (cells.size() != names.size() || filled == 0 || isNote) {
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).isEmpty()) {
                    row.put(names.get(i), cells.get(i));
                }
            }
            rows.add(row);
        }
        Map<String, String> all = new LinkedHashMap<>(format);
        if (headerLine > 1) {
            all.put("header_line", String.valueOf(headerLine));
        }
        return new ReceivedSample(
                all,
                names.stream().filter(name -> !name.isEmpty()).toList(),
                rows,
                lines.subList(0, headerLine - 1),
                reasons);
    }

    String kind() {
        return format.get("kind");
    }

    int headerLine() {
        return Integer.parseInt(format.getOrDefault("header_line", "1"));
    }

    /** The values of a column that are there, in order of their first line. */
    Set<String> values(String name) {
        return rows.stream()
                .map(row -> row.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether some row has nothing in that column. */
    boolean hasGaps(String name) {
        return gaps(name) > 0;
    }

    /** Whether more than a few rows have nothing in that column. */
    boolean isOftenEmpty(String name) {
        return gaps(name) > OFTEN * rows.size();
    }

    private long gaps(String name) {
        return rows.stream().filter(row -> row.getOrDefault(name, "").isEmpty()).count();
    }

    /** The share of a column's different values that meet the condition. */
    double share(String name, Predicate<String> condition) {
        Set<String> values = values(name);
        return values.isEmpty() ? 0 : (double) values.stream().filter(condition).count() / values.size();
    }

    /** Whether one column's value is told by another's in every row. */
    boolean follows(String of, String name) {
        Map<String, String> first = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            String value = row.getOrDefault(name, "");
            if (!first.computeIfAbsent(row.getOrDefault(of, ""), key -> value).equals(value)) {
                return false;
            }
        }
        return first.size() > 1;
    }
}
