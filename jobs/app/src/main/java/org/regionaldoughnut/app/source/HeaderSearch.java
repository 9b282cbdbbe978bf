package org.regionaldoughnut.app.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Where the header of a table stands among lines of cells. */
final class HeaderSearch {
    private static final int WITHIN = 30;
    private static final int LOOKED_AT = 500;

    private HeaderSearch() {}

    /** The number of cells most lines have; of equals the larger. */
    static int usualWidth(List<List<String>> lines) {
        Map<Integer, Integer> counts = new HashMap<>();
        lines.stream()
                .filter(line -> filled(line) > 0)
                .limit(LOOKED_AT)
                .forEach(line -> counts.merge(line.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    /** How many of the first lines have as many cells as most; 0 where that is one. */
    static int agreeing(List<List<String>> lines) {
        int usual = usualWidth(lines);
        return usual < 2
                ? 0
                : (int) lines.stream()
                        .filter(line -> filled(line) > 0)
                        .limit(LOOKED_AT)
                        .filter(line -> line.size() == usual)
                        .count();
    }

    /**
     * The 1-based line, as wide as the others, with most cells filled by different texts; of several the one above the
     * longest run of lines that are filled as much.
     */
    static int line(List<List<String>> lines) {
        int usual = usualWidth(lines);
        int best = 1;
        int most = -1;
        int longest = -1;
        for (int i = 0; i < Math.min(WITHIN, lines.size()); i++) {
            List<String> cells = lines.get(i);
            if (cells.size() != usual || !areNames(cells)) {
                continue;
            }
            int filled = filled(cells);
            int run = 0;
            while (i + 1 + run < lines.size() && filled(lines.get(i + 1 + run)) == filled) {
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

    static int filled(List<String> cells) {
        return (int) cells.stream().filter(cell -> !cell.isEmpty()).count();
    }

    private static boolean areNames(List<String> cells) {
        List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        return filled.size() > 1 && new HashSet<>(filled).size() == filled.size();
    }
}
