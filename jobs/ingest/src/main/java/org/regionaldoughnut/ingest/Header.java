package org.regionaldoughnut.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The header of a table.
 *
 * @param columns a name for every column of the file, unnamed ones included
 * @param names the named columns in their order
 * @param positions name to 1-based number of the column
 * @param preamble first cell to second cell of the lines above
 */
record Header(List<String> columns, List<String> names, Map<String, Integer> positions, Map<String, String> preamble) {

    /**
     * Names are trimmed; where several columns have one, each gets its number, so that none is taken for another; one
     * that is empty is not used.
     */
    static Header of(List<String> cells, List<List<String>> above) {
        List<String> columns = new ArrayList<>();
        Map<String, Integer> positions = new LinkedHashMap<>();
        // Spark tells no capitals apart in names of columns
        Map<String, Long> often = cells.stream()
                .map(Header::name)
                .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT), Collectors.counting()));
        for (String cell : cells) {
            String name = name(cell);
            int position = columns.size() + 1;
            if (name.isEmpty()) {
                columns.add("__unnamed_" + position);
                continue;
            }
            String unique = often.get(name.toLowerCase(Locale.ROOT)) > 1 ? name + "_" + position : name;
            positions.put(unique, position);
            columns.add(unique);
        }
        Map<String, String> preamble = new LinkedHashMap<>();
        for (List<String> line : above) {
            if (line.size() > 1 && line.get(0) != null && line.get(1) != null) {
                preamble.putIfAbsent(line.get(0), line.get(1).strip());
            }
        }
        return new Header(columns, List.copyOf(positions.keySet()), positions, preamble);
    }

    private static String name(String cell) {
        return cell == null ? "" : cell.strip();
    }
}
