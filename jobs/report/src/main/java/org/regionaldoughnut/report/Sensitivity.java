package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.office.Catalogue.BoundarySet;

/** The same region under each boundary set: how much of the picture is the choice of floors and ceilings. */
record Sensitivity(ReleaseDatabase database, Wording wording, String framework, String own) {
    private static final String TOTAL = "_T";

    /**
     * @param sets titles, the release's own first
     * @param rows the medians, then the indicators
     */
    record View(List<String> sets, List<Row> rows) {}

    /**
     * @param kind colours of the ring
     * @param median whether it is the median of a ring
     * @param gaps one for each set, empty where the set says nothing of it
     */
    record Row(String title, String kind, boolean median, List<String> gaps) {}

    private record Key(String ring, String indicator) {}

    /** None where the release knows one set only. */
    Optional<View> of(String region, List<DoughnutRow> rows) {
        if (!database.has("doughnut_sensitivity") || own.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<Key, Double>> others = new TreeMap<>();
        database.each(
                "SELECT s.boundary_set, s.ring, s.indicator, s.gap_percent FROM doughnut_sensitivity s JOIN newest"
                        + " USING (region, period) WHERE s.region = ? AND s.framework = ? AND s.boundary_set <> ?"
                        + " AND s.breakdown IN ('_T', '_Z') AND s.indicator <> '_Z' ORDER BY ALL",
                List.of(region, framework, own),
                row -> {
                    OptionalDouble gap = number(row, "gap_percent");
                    Map<Key, Double> set =
                            others.computeIfAbsent(text(row, "boundary_set"), k -> new LinkedHashMap<>());
                    if (gap.isPresent()) {
                        set.putIfAbsent(new Key(text(row, "ring"), text(row, "indicator")), gap.getAsDouble());
                    }
                });
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Map<Key, Double> here = new LinkedHashMap<>();
        rows.stream()
                .filter(row ->
                        row.framework().equals(framework) && row.gapPercent().isPresent())
                .forEach(row -> here.putIfAbsent(
                        new Key(row.ring(), row.indicator()), row.gapPercent().getAsDouble()));
        List<Map<Key, Double>> all = new ArrayList<>(List.of(here));
        all.addAll(others.values());
        List<String> titles = new ArrayList<>(List.of(title(own)));
        others.keySet().forEach(set -> titles.add(title(set)));
        return Optional.of(new View(titles, rows(all)));
    }

    private List<Row> rows(List<Map<Key, Double>> sets) {
        List<Row> medians = new ArrayList<>();
        List<Row> indicators = new ArrayList<>();
        for (String ring : List.of(Framework.SOCIAL, Framework.ECOLOGICAL)) {
            sets.stream()
                    .flatMap(set -> set.keySet().stream())
                    .filter(key -> key.ring().equals(ring))
                    .distinct()
                    .forEach(key -> {
                        boolean median = key.indicator().equals(TOTAL);
                        Double here = sets.get(0).get(key);
                        boolean differs = sets.stream()
                                .map(set -> set.get(key))
                                .anyMatch(gap -> gap != null && !gap.equals(here));
                        if (median || differs) {
                            (median ? medians : indicators).add(row(key, median, sets));
                        }
                    });
        }
        medians.addAll(indicators);
        return medians;
    }

    private Row row(Key key, boolean median, List<Map<Key, Double>> sets) {
        String title = median ? wording.texts().get("ring.median." + key.ring()) : wording.title(key.indicator());
        List<String> gaps = sets.stream()
                .map(set -> Optional.ofNullable(set.get(key))
                        .map(gap -> wording.gap(key.ring(), gap))
                        .orElse(""))
                .toList();
        return new Row(title, Trends.kind(key.ring()), median, gaps);
    }

    private String title(String set) {
        return Optional.ofNullable(wording.catalogue().boundarySets().get(set))
                .map(BoundarySet::title)
                .orElse(set);
    }
}
