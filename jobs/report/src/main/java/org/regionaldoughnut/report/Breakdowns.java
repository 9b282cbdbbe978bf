package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.regionaldoughnut.office.CsvTable;

/** Indicators of a region by sex, age, branch and the like, near the year of its doughnut. */
record Breakdowns(ReleaseDatabase database, Wording wording, Map<String, String> titles) {
    /** Of longer lists, such as products, the largest are shown. */
    private static final int MOST_ROWS = 20;

    private static final String NEAREST = "SELECT indicator, breakdown, period, value, unit FROM (SELECT b.*,"
            + " row_number() OVER (PARTITION BY indicator, breakdown ORDER BY abs(coalesce(reference_year, year) -"
            + " ?::INTEGER), coalesce(reference_year, year) DESC, period) AS place FROM indicators_breakdown b WHERE"
            + " region = ? AND isfinite(value)) WHERE place = 1 ORDER BY indicator, breakdown";

    /** With the titles of codes that the release brings in {@code conf/schemas/codelists/breakdowns.csv}. */
    static Breakdowns of(Path release, ReleaseDatabase database, Wording wording) {
        Path file = release.resolve("conf/schemas/codelists/breakdowns.csv");
        Map<String, String> titles = new HashMap<>();
        if (Files.isRegularFile(file)) {
            CsvTable.read(file, "dimension", "code", "title")
                    .rows()
                    .forEach(row -> titles.put(row.get("dimension") + "=" + row.get("code"), row.get("title")));
        }
        return new Breakdowns(database, wording, titles);
    }

    /**
     * @param period of all rows, or of the first where they differ
     * @param more how many further rows there are, as a sentence; empty for none
     */
    record View(String title, String unit, String period, List<Row> rows, String more) {}

    /** @param width length of the bar in percent of the largest */
    record Row(String label, String value, String width) {}

    private record Part(String breakdown, String period, double value, String unit) {}

    List<View> of(String region, int year) {
        if (!database.has("indicators_breakdown")) {
            return List.of();
        }
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        database.each(NEAREST, List.of(String.valueOf(year), region), row -> {
            OptionalDouble value = number(row, "value");
            if (value.isPresent()) {
                parts.computeIfAbsent(text(row, "indicator"), key -> new ArrayList<>())
                        .add(new Part(
                                text(row, "breakdown"), text(row, "period"), value.getAsDouble(), text(row, "unit")));
            }
        });
        return parts.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    private View view(String indicator, List<Part> parts) {
        List<String> shared = new ArrayList<>(codes(parts.get(0)));
        parts.forEach(part -> shared.retainAll(codes(part)));
        double largest =
                parts.stream().mapToDouble(part -> Math.abs(part.value())).max().orElse(0);
        List<Part> shown = new ArrayList<>(parts);
        if (parts.size() > MOST_ROWS) {
            shown.sort(java.util.Comparator.comparingDouble(part -> -part.value()));
            shown = shown.subList(0, MOST_ROWS);
        }
        List<Row> rows = shown.stream()
                .map(part -> new Row(
                        label(part, parts.size() > 1 ? shared : List.of()),
                        wording.texts().number(part.value()),
                        width(part.value(), largest)))
                .toList();
        int left = parts.size() - rows.size();
        String of = shared.isEmpty() || parts.size() == 1
                ? ""
                : shared.stream().map(this::title).collect(Collectors.joining(", "));
        String unit = parts.get(0).unit();
        return new View(
                wording.title(indicator),
                of.isEmpty() ? unit : unit + "; " + of,
                wording.texts().period(parts.get(0).period()),
                rows,
                left > 0 ? wording.texts().get("breakdown.more", left) : "");
    }

    private static List<String> codes(Part part) {
        return Arrays.asList(part.breakdown().split(";"));
    }

    private String label(Part part, List<String> shared) {
        return codes(part).stream()
                .filter(code -> !shared.contains(code))
                .map(this::title)
                .collect(Collectors.joining(", "));
    }

    private String title(String code) {
        return titles.getOrDefault(code, code.replace("=", ": "));
    }

    private static String width(double value, double largest) {
        double share = largest > 0 ? 100 * Math.max(0, value) / largest : 0;
        return String.format(java.util.Locale.ROOT, "%.1f", share);
    }
}
