package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Framework;

/**
 * A ring of one region's doughnut: the framework's dimensions in their order, each with its rows.
 *
 * @param median the row of the ring's median, which may be one without a figure but with a reason
 */
record RegionRing(Framework.Ring ring, Optional<DoughnutRow> median, List<Sector> sectors) {
    private static final List<String> WHOLE_LENSES = List.of(DoughnutRow.TOTAL, DoughnutRow.NONE, "");

    /** A dimension and what is known of it; no rows where the release does not mention it. */
    record Sector(Framework.Dimension dimension, List<DoughnutRow> rows) {
        List<DoughnutRow> indicators() {
            return rows.stream().filter(DoughnutRow::hasIndicator).toList();
        }
    }

    /** @param rows rows of one region; those of other frameworks and rings are passed over */
    static RegionRing of(String framework, Framework.Ring ring, List<DoughnutRow> rows) {
        Map<String, List<DoughnutRow>> byDimension = new LinkedHashMap<>();
        ring.dimensions().forEach(dimension -> byDimension.put(dimension.id(), new ArrayList<>()));
        List<DoughnutRow> medians = new ArrayList<>();
        for (DoughnutRow row : rows) {
            if (!row.framework().equals(framework) || !row.ring().equals(ring.id())) {
                continue;
            }
            if (row.isMedian()) {
                medians.add(row);
            } else if (!row.dimension().equals(DoughnutRow.TOTAL)) {
                byDimension
                        .computeIfAbsent(row.dimension(), id -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Sector> sectors = new ArrayList<>();
        byDimension.forEach((id, rowsOfIt) -> sectors.add(new Sector(dimension(ring, id), List.copyOf(rowsOfIt))));
        return new RegionRing(ring, whole(medians), List.copyOf(sectors));
    }

    /** How many dimensions have a figure. */
    int known() {
        return (int) sectors.stream()
                .filter(sector -> sector.rows().stream().anyMatch(DoughnutRow::hasGap))
                .count();
    }

    /** How many indicators count in the median. */
    int counted() {
        return (int) sectors.stream()
                .flatMap(sector -> sector.rows().stream())
                .filter(RegionRing::counts)
                .count();
    }

    /** How many dimensions count in the median. */
    int countedSectors() {
        return (int) sectors.stream()
                .filter(sector -> sector.rows().stream().anyMatch(RegionRing::counts))
                .count();
    }

    private static boolean counts(DoughnutRow row) {
        return row.inMedian() && row.hasGap();
    }

    private static Framework.Dimension dimension(Framework.Ring ring, String id) {
        return ring.dimensions().stream()
                .filter(dimension -> dimension.id().equals(id))
                .findFirst()
                .orElseGet(() -> new Framework.Dimension(id, id, Optional.empty(), Optional.empty()));
    }

    /** Where medians are given by lens too, the one over all lenses. */
    private static Optional<DoughnutRow> whole(List<DoughnutRow> medians) {
        return medians.stream()
                .min(Comparator.comparing((DoughnutRow row) -> !WHOLE_LENSES.contains(row.lens()))
                        .thenComparing(DoughnutRow::lens));
    }
}
