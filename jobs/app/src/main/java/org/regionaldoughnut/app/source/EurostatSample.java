package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a table whose first cell names its dimensions: {@code unit,geo\time}. */
final class EurostatSample {
    private static final String VALUE = "OBS_VALUE";
    private static final String FLAG = "OBS_FLAG";
    private static final int CELLS = 200_000;

    private EurostatSample() {}

    static ReceivedSample of(List<String> lines, Map<String, String> encoding) {
        List<String> header = Cut.cells(lines.get(0), '\t');
        String corner = header.get(0);
        List<String> dimensions =
                List.of(corner.substring(0, corner.indexOf('\\')).split(","));
        String across = corner.substring(corner.indexOf('\\') + 1).strip();
        List<String> names = new ArrayList<>(dimensions);
        names.addAll(List.of(across, VALUE, FLAG));
        List<Map<String, String>> rows = new ArrayList<>();
        // of a large table every so many cells, so that all its codes are met
        int step = Math.max(1, lines.size() * header.size() / CELLS);
        int met = 0;
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = Cut.cells(line, '\t');
            String[] key = cells.get(0).split(",");
            if (key.length != dimensions.size()) {
                continue;
            }
            for (int i = 1; i < Math.min(cells.size(), header.size()); i++) {
                if (met++ % step > 0) {
                    continue;
                }
                Map<String, String> row = new LinkedHashMap<>();
                for (int d = 0; d < key.length; d++) {
                    row.put(dimensions.get(d), key[d].strip());
                }
                row.put(across, header.get(i));
                String[] words = cells.get(i).split("\\s+", 2);
                row.put(VALUE, words[0].equals(":") ? "" : words[0]);
                row.put(FLAG, words.length > 1 ? words[1].strip() : "");
                rows.add(row);
            }
        }
        Map<String, String> format = new LinkedHashMap<>(Map.of("kind", "eurostat-tsv"));
        format.putAll(encoding);
        return new ReceivedSample(
                format,
                names,
                rows,
                List.of(),
                List.of("the first cell is '" + corner
                        + "': dimensions of the lines, and behind the backslash of the columns"));
    }
}
