package org.regionaldoughnut.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a table.
 *
 * @param columns a name for every column of the file, unnamed ones included
 * @param names the named columns in their order
 * @param positions name to 1-based number of the column
 * @param preamble first cell to second cell of the lines above
 */
record Header(List<String> columns, List<String> names, Map<String, Integer> positions, Map<String, String> preamble) {

    /** Names are trimmed; one met again gets its number, one that is empty is not used. */
    static Header of(List<String> cells, List<List<String>> above) {
        List<String> columns = new ArrayList<>();
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (String cell : cells) {
            String name = cell == null ? "" : cell.strip();
            int position = columns.size() + 1;
            if (name.isEmpty()) {
                columns.add("__unnamed_" + position);
                continue;
            }
            // Spark tells no capitals apart in names of columns
            boolean met = positions.keySet().stream().anyMatch(name::equalsIgnoreCase);
            String unique = met ? name + "_" + position : name;
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
}
