package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table as a reader of ingest would show it, with some of its rows.
 *
 * @param kind format kind
 * @param headerLine 1-based
 * @param reasons how that was told
 */
record ReceivedSample(
        String kind,
        char delimiter,
        int headerLine,
        List<String> names,
        List<Map<String, String>> rows,
        List<String> preamble,
        List<String> reasons) {
    private static final Pattern EUROSTAT = Pattern.compile("[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*\\\\[A-Za-z0-9_]+\\s*\t.*");
    private static final Pattern SDMX = Pattern.compile("\"?(STRUCTURE|DATAFLOW)(\\[.{1,2}])?\"?[,;\t].*");
    private static final int HEADER_WITHIN = 30;

    static ReceivedSample of(FileHead head) {
        String first = head.lines().get(0);
        if (EUROSTAT.matcher(first).matches()) {
            return eurostat(head);
        }
        if (SDMX.matcher(first).matches()) {
            char delimiter = first.contains(";") && !first.contains(",") ? ';' : ',';
            return table(
                    head, "sdmx-csv", delimiter, 1, List.of("the first column is STRUCTURE or DATAFLOW: SDMX-CSV"));
        }
        char delimiter = ',';
        int most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            int agreeing = agreeing(head.lines(), candidate);
            if (agreeing > most) {
                most = agreeing;
                delimiter = candidate;
            }
        }
        int header = headerLine(head.lines(), delimiter);
        List<String> reasons = new ArrayList<>();
        reasons.add(most + " of the first lines have equally many cells when cut at '"
                + (delimiter == '\t' ? "TAB" : delimiter) + "'");
        if (header > 1) {
            reasons.add("line " + header + " is as wide as the lines below and has the most names");
        }
        return table(head, delimiter == '\t' ? "tsv" : "csv", delimiter, header, reasons);
    }

    private static int usual(List<String> lines, char delimiter) {
        Map<Integer, Integer> counts = new HashMap<>();
        lines.stream()
                .filter(l -> !l.isBlank())
                .limit(500)
                .forEach(line -> counts.merge(FileHead.cells(line, delimiter).size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    private static int agreeing(List<String> lines, char delimiter) {
        int usual = usual(lines, delimiter);
        return usual < 2
                ? 0
                : (int) lines.stream()
                        .filter(l -> !l.isBlank())
                        .limit(500)
                        .filter(l -> FileHead.cells(l, delimiter).size() == usual)
                        .count();
    }

    /**
     * The line as wide as the others with most cells filled; of several the one above the longest run of lines that are
     * filled as much.
     */
    private static int headerLine(List<String> lines, char delimiter) {
        int usual = usual(lines, delimiter);
        int best = 1;
        int most = -1;
        int longest = -1;
        for (int i = 0; i < Math.min(HEADER_WITHIN, lines.size()); i++) {
            List<String> cells = FileHead.cells(lines.get(i), delimiter);
            if (cells.size() != usual || !distinct(cells)) {
                continue;
            }
            int filled = filled(cells);
            int run = 0;
            while (i + 1 + run < lines.size() && filled(FileHead.cells(lines.get(i + 1 + run), delimiter)) == filled) {
                run++;
            }
            if (filled > most || filled == most && run > longest + 1) {
                best = i + 1;
                most = filled;
                longest = run;
            }
        }
        return best;
    }

    private static int filled(List<String> cells) {
        return (int) cells.stream().filter(c -> !c.isEmpty()).count();
    }

    private static boolean distinct(List<String> cells) {
        List<String> filled = cells.stream().filter(c -> !c.isEmpty()).toList();
        return filled.size() > 1 && new LinkedHashSet<>(filled).size() == filled.size();
    }

    private static ReceivedSample table(
            FileHead head, String kind, char delimiter, int headerLine, List<String> reasons) {
        List<String> names = new ArrayList<>();
        for (String cell : FileHead.cells(head.lines().get(headerLine - 1), delimiter)) {
            names.add(names.contains(cell) ? cell + "_" + (names.size() + 1) : cell);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : head.lines().subList(headerLine, head.lines().size())) {
            List<String> cells = FileHead.cells(line, delimiter);
            if (line.isBlank() || cells.size() != names.size()) {
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
        return new ReceivedSample(
                kind,
                delimiter,
                headerLine,
                names.stream().filter(n -> !n.isEmpty()).toList(),
                rows,
                head.lines().subList(0, headerLine - 1),
                reasons);
    }

    private static ReceivedSample eurostat(FileHead head) {
        List<String> header = FileHead.cells(head.lines().get(0), '\t');
        String corner = header.get(0);
        List<String> dimensions =
                List.of(corner.substring(0, corner.indexOf('\\')).split(","));
        String across = corner.substring(corner.indexOf('\\') + 1).strip();
        List<String> names = new ArrayList<>(dimensions);
        names.addAll(List.of(across, "OBS_VALUE", "OBS_FLAG"));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : head.lines().subList(1, head.lines().size())) {
            List<String> cells = FileHead.cells(line, '\t');
            String[] key = cells.get(0).split(",");
            if (key.length != dimensions.size()) {
                continue;
            }
            for (int i = 1; i < Math.min(cells.size(), header.size()); i++) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int d = 0; d < key.length; d++) {
                    row.put(dimensions.get(d), key[d].strip());
                }
                row.put(across, header.get(i));
                String[] words = cells.get(i).split("\\s+", 2);
                row.put("OBS_VALUE", words[0].equals(":") ? "" : words[0]);
                row.put("OBS_FLAG", words.length > 1 ? words[1].strip() : "");
                rows.add(row);
            }
        }
        return new ReceivedSample(
                "eurostat-tsv",
                '\t',
                1,
                names,
                rows,
                List.of(),
                List.of("the first cell is '" + corner
                        + "': dimensions of the lines, and behind the backslash of the columns"));
    }

    /** The values of a column that are there, in order of their first line. */
    Set<String> values(String name) {
        return rows.stream()
                .map(row -> row.getOrDefault(name, ""))
                .filter(v -> !v.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
