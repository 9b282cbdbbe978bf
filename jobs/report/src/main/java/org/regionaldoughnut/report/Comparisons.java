package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.report.drawing.Strip;

/** A region among the regions of its level, and beside the region that holds it. */
record Comparisons(Wording wording, Peers peers, Region region) {
    private static final int BARS = 4;
    private static final int MOST_ROWS = 14;
    private static final int FEWEST = 3;

    /**
     * A line of the comparison.
     *
     * @param place the place in words; empty where nothing can be ranked
     * @param parent figure of the region that holds it, empty where unknown
     * @param note what keeps the figures from being ranked
     */
    record Position(
            String title,
            String kind,
            String value,
            String strip,
            String place,
            String median,
            String parent,
            String note,
            String href) {}

    /**
     * Ranked bars of an indicator.
     *
     * @param reference where the parent's figure stands on the bars, in percent; empty where there is none
     */
    record Bars(
            String title,
            String kind,
            String unit,
            String note,
            List<Bar> bars,
            String reference,
            String parent,
            String href) {}

    /**
     * @param place position, or a span of positions
     * @param width length in percent
     * @param low and high: the interval in percent, empty where there is none
     * @param skipped whether regions were left out before this one
     */
    record Bar(
            String place,
            String name,
            String href,
            String value,
            String width,
            String low,
            String high,
            boolean own,
            boolean skipped) {}

    /** A line for each indicator of the rows that at least three regions of the level have. */
    List<Position> positions(List<DoughnutRow> rows) {
        List<Position> positions = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (DoughnutRow row : rows) {
            if (row.hasIndicator() && row.value().isPresent() && seen.add(row.indicator())) {
                position(row.indicator(), Trends.kind(row.ring()), row.unit()).ifPresent(positions::add);
            }
        }
        return positions;
    }

    Optional<Position> position(String indicator, String kind, String unit) {
        Ranking ranking = ranking(indicator);
        Optional<Ranking.Peer> own = ranking.of(region.code());
        if (own.isEmpty() || ranking.peers().size() < FEWEST) {
            return Optional.empty();
        }
        Texts texts = wording.texts();
        OptionalDouble parent = peers.figure(indicator, region.parent());
        OptionalDouble median = ranking.median();
        String value = texts.figure(own.get().value(), unit);
        String place = place(ranking, indicator);
        Strip strip = new Strip(
                texts.get("compare.strip", wording.title(indicator), value, place),
                ranking.peers().stream()
                        .filter(peer -> !peer.region().equals(region.code()))
                        .map(Ranking.Peer::value)
                        .distinct()
                        .toList(),
                OptionalDouble.of(own.get().value()),
                parent);
        return Optional.of(new Position(
                wording.title(indicator),
                kind,
                value,
                strip.draw(kind),
                place,
                median.isPresent() ? texts.figure(median.getAsDouble(), unit) : "",
                parent.isPresent() ? texts.figure(parent.getAsDouble(), unit) : "",
                note(ranking),
                PageName.indicator(indicator)));
    }

    private Ranking ranking(String indicator) {
        return peers.ranking(indicator, region.level(), wording.direction(indicator));
    }

    private String place(Ranking ranking, String indicator) {
        return ranking.place(region.code())
                .map(place -> placed(wording.texts(), place, wording.direction(indicator)))
                .orElse("");
    }

    static String placed(Texts texts, Ranking.Place place, Direction direction) {
        String way = direction == Direction.CONTEXT ? "compare.place.context" : "compare.place";
        if (place.isAny()) {
            return texts.get("compare.any", place.of());
        }
        return place.isOne()
                ? texts.get(way, place.first(), place.of())
                : texts.get(way + ".span", place.first(), place.last(), place.of());
    }

    private String note(Ranking ranking) {
        return ranking.hasIntervals() ? wording.texts().get("compare.intervals") : "";
    }

    /** Ranked bars of the indicators furthest from their floors and ceilings. */
    List<Bars> bars(List<DoughnutRow> furthest, java.util.function.UnaryOperator<String> href) {
        List<Bars> bars = new ArrayList<>();
        for (DoughnutRow row : furthest) {
            Ranking ranking = ranking(row.indicator());
            if (bars.size() < BARS
                    && ranking.peers().size() >= FEWEST
                    && ranking.of(region.code()).isPresent()) {
                OptionalDouble parent = peers.figure(row.indicator(), region.parent());
                bars.add(bars(
                        row.indicator(),
                        Trends.kind(row.ring()),
                        row.unit(),
                        ranking,
                        parent,
                        Optional.of(region.code()),
                        MOST_ROWS,
                        href));
            }
        }
        return bars;
    }

    Bars bars(
            String indicator,
            String kind,
            String unit,
            Ranking ranking,
            OptionalDouble parent,
            Optional<String> own,
            int most,
            java.util.function.UnaryOperator<String> href) {
        Texts texts = wording.texts();
        Scale scale = Scale.of(ranking, parent);
        List<Bar> rows = new ArrayList<>();
        int before = -1;
        for (int index : ranking.shown(own, most)) {
            Ranking.Peer peer = ranking.peers().get(index);
            Ranking.Place place = ranking.place(peer.region()).orElseThrow();
            String places =
                    place.isAny() ? "" : place.isOne() ? "" + place.first() : place.first() + "–" + place.last();
            rows.add(new Bar(
                    places,
                    peer.name(),
                    href.apply(peer.region()),
                    texts.number(peer.value()),
                    scale.share(peer.value()),
                    peer.hasInterval() ? scale.share(peer.low()) : "",
                    peer.hasInterval() ? scale.share(peer.high()) : "",
                    own.filter(peer.region()::equals).isPresent(),
                    index > before + 1));
            before = index;
        }
        String reference = parent.isPresent() ? scale.share(parent.getAsDouble()) : "";
        String parentText = parent.isPresent() ? texts.figure(parent.getAsDouble(), unit) : "";
        return new Bars(
                wording.title(indicator),
                kind,
                unit,
                note(ranking),
                rows,
                reference,
                parentText,
                PageName.indicator(indicator));
    }

    /** Bars start at nought; where figures lie below it, at the least of them. */
    private record Scale(double least, double most) {
        static Scale of(Ranking ranking, OptionalDouble parent) {
            double least = Math.min(0, parent.orElse(0));
            double most = Math.max(0, parent.orElse(0));
            for (Ranking.Peer peer : ranking.peers()) {
                least = Math.min(least, peer.low());
                most = Math.max(most, peer.high());
            }
            return new Scale(least, most);
        }

        String share(double value) {
            double share = most <= least ? 0 : 100 * (value - least) / (most - least);
            return String.format(java.util.Locale.ROOT, "%.1f", Math.min(100, Math.max(0, share)));
        }
    }
}
