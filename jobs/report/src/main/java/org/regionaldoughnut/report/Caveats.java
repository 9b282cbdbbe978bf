package org.regionaldoughnut.report;

import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.office.Catalogue.BoundarySet;

/** What a reader must know before comparing: areas the sources cover, stand-ins, where floors and ceilings come from. */
record Caveats(Wording wording, List<ReleaseTables.Area> covered, Optional<BoundarySet> set) {

    /** Indicators that not all regions of the level have. */
    List<String> areas(String level) {
        Texts texts = wording.texts();
        return covered.stream()
                .filter(area -> area.level().equals(level))
                .map(area -> texts.get(
                        area.without().isEmpty() ? "area.some" : "area.without",
                        wording.title(area.indicator()),
                        texts.whole(area.have()),
                        texts.whole(area.regions()),
                        String.join(", ", area.without())))
                .toList();
    }

    List<String> proxies(List<DoughnutRow> rows) {
        return rows.stream()
                .filter(DoughnutRow::isProxy)
                .map(row -> wording.texts()
                        .get(
                                "proxy.sentence",
                                wording.title(row.indicator()),
                                wording.proxy(row).orElse("")))
                .distinct()
                .toList();
    }

    /** Title of the boundary set, empty where the catalogue does not hold it. */
    String boundarySet() {
        return set.map(BoundarySet::title).orElse("");
    }

    /** The floors and ceilings of the rows, each with its source. */
    List<String> bounds(List<DoughnutRow> rows) {
        return rows.stream()
                .filter(row -> row.boundary().isPresent())
                .flatMap(row -> source(row.indicator()).map(source -> bound(row, source)).stream())
                .distinct()
                .toList();
    }

    private String bound(DoughnutRow row, String source) {
        String figure = wording.boundary(row);
        return wording.texts().get("bound.sentence", wording.title(row.indicator()), figure, Wording.sentence(source));
    }

    private Optional<String> source(String indicator) {
        Optional<String> ceiling = set.flatMap(s -> s.boundary(indicator)).map(Boundary::source);
        return ceiling.or(() -> set.flatMap(s -> s.floor(indicator)).map(Floor::source));
    }
}
