package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regionaldoughnut.report.drawing.Doughnut;
import org.regionaldoughnut.report.drawing.Doughnut.Kind;
import org.regionaldoughnut.report.drawing.Doughnut.Wedge;

/** From the rows of a region to what is drawn of it, with the words of the text alternative. */
record Picture(Wording wording) {
    private static final int WEDGES = 2;
    private static final int NAMED = 3;

    Doughnut of(String regionName, String year, RegionRing floor, RegionRing ceiling) {
        Texts texts = wording.texts();
        String description = summary(floor, "picture.floor") + " " + summary(ceiling, "picture.ceiling");
        return new Doughnut(texts.get("picture.title", regionName, year), description, ring(floor), ring(ceiling));
    }

    private Doughnut.Ring ring(RegionRing ring) {
        return new Doughnut.Ring(ring.sectors().stream()
                .map(sector -> new Doughnut.Dimension(sector.dimension().title(), wedges(sector)))
                .toList());
    }

    private List<Wedge> wedges(RegionRing.Sector sector) {
        String dimension = sector.dimension().title();
        List<Wedge> wedges = new ArrayList<>();
        for (DoughnutRow row : sector.indicators()) {
            if (wedges.size() < WEDGES) {
                wedges.add(wedge(dimension, row));
            }
        }
        if (wedges.isEmpty()) {
            String tooltip = wording.texts().get("tooltip.missing", dimension, wording.reason(sector));
            wedges.add(Wedge.missing(tooltip));
        }
        return wedges;
    }

    private Wedge wedge(String dimension, DoughnutRow row) {
        Texts texts = wording.texts();
        String what = dimension + " – " + wording.title(row.indicator());
        if (!row.hasGap()) {
            return Wedge.missing(texts.get("tooltip.missing", what, wording.reason(row)));
        }
        double gap = row.gapPercent().getAsDouble();
        String key = row.isProxy() ? "tooltip.proxy" : "tooltip.figure";
        String tooltip = texts.get(key, what, wording.value(row), wording.gapSentence(row));
        return new Wedge(row.isProxy() ? Kind.PROXY : Kind.COUNTED, gap, tooltip, "+" + texts.percent(gap));
    }

    /** What a reader who cannot see the picture should know of a ring. */
    private String summary(RegionRing ring, String key) {
        Texts texts = wording.texts();
        String counts = texts.get(key, ring.known(), ring.sectors().size());
        String largest = largest(ring)
                .map(row -> texts.get("picture.one", wording.title(row.indicator()), wording.gapSentence(row)))
                .collect(Collectors.joining("; "));
        return largest.isEmpty() ? counts : counts + " " + texts.get("picture.largest", largest);
    }

    /** The rows with the largest gaps above nought, largest first. */
    static Stream<DoughnutRow> largest(RegionRing ring) {
        return ring.sectors().stream()
                .flatMap(sector -> sector.indicators().stream())
                .filter(row -> row.hasGap() && row.gapPercent().getAsDouble() > 0)
                .sorted(Comparator.comparingDouble(
                        (DoughnutRow row) -> -row.gapPercent().getAsDouble()))
                .limit(NAMED);
    }
}
