package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.Framework;

/**
 * A ring as the template shows it. Everything is text, ready to be escaped; what is not there is empty.
 *
 * @param id {@code social} or {@code ecological}; keys of the ring's messages end with it
 */
record RingView(String id, String title, Median median, List<Highlight> highlights, List<Row> rows) {

    /**
     * @param value the median, empty where there is none
     * @param reason why there is none
     * @param count how many dimensions it rests on, as a sentence
     * @param low and high: where the quartiles lie on the bar, in percent of its length
     */
    record Median(
            String value, String quartiles, String reason, String count, String low, String width, String middle) {}

    record Highlight(String title, String gap, String proxy) {}

    /**
     * A row of the table twin.
     *
     * @param span rows its dimension spans where it is the first of them, else 0
     * @param anchor id of the row
     * @param kind counted, proxy or missing
     * @param bar length of the bar in percent
     * @param clipped whether the bar is cut
     */
    record Row(
            String dimension,
            int span,
            String anchor,
            String kind,
            String indicator,
            String description,
            String note,
            String value,
            String interval,
            String period,
            String boundary,
            String ratio,
            String gap,
            String bar,
            boolean clipped,
            String status,
            String coverage,
            String reason) {}

    /** Whether there is any figure: that none falls short would otherwise say more than is known. */
    public boolean measured() {
        return rows.stream().anyMatch(row -> !row.kind().equals("missing"));
    }

    static RingView of(RegionRing ring, List<Figure> figures, Wording wording) {
        List<Row> rows = new ArrayList<>();
        for (RegionRing.Sector sector : ring.sectors()) {
            List<DoughnutRow> indicators = sector.indicators();
            for (int i = 0; i < indicators.size(); i++) {
                rows.add(row(sector, indicators.get(i), i == 0 ? indicators.size() : 0, figures, wording));
            }
            if (indicators.isEmpty()) {
                rows.add(missing(sector, wording));
            }
        }
        List<Highlight> highlights = Picture.largest(ring)
                .map(row -> new Highlight(
                        wording.title(row.indicator()),
                        wording.texts().percent(row.gapPercent().getAsDouble()),
                        row.isProxy() ? wording.texts().get("row.proxy") : ""))
                .toList();
        String title = ring.ring().title();
        return new RingView(ring.ring().id(), title, median(ring, wording), highlights, rows);
    }

    static Median median(RegionRing ring, Wording wording) {
        Texts texts = wording.texts();
        String count = texts.get("median.count", ring.known(), ring.sectors().size());
        Optional<DoughnutRow> row = ring.median();
        if (row.isEmpty() || row.get().gapPercent().isEmpty()) {
            String reason = row.map(DoughnutRow::reason)
                    .filter(text -> !text.isBlank())
                    .map(Wording::sentence)
                    .orElseGet(() -> texts.get("median.none"));
            return new Median("", "", reason, count, "", "", "");
        }
        DoughnutRow median = row.get();
        double middle = median.gapPercent().getAsDouble();
        String value = texts.percent(middle);
        String counted = counted(median, ring, texts);
        if (median.q1().isEmpty() || median.q3().isEmpty()) {
            return new Median(value, "", "", counted, "", "", "");
        }
        double q1 = median.q1().getAsDouble();
        double q3 = median.q3().getAsDouble();
        double limit = limit(ring.ring().id());
        String quartiles = texts.get("median.quartiles", texts.percent(q1), texts.percent(q3));
        return new Median(
                value,
                quartiles,
                "",
                counted,
                css(share(q1, limit)),
                css(Math.max(0.5, share(q3, limit) - share(q1, limit))),
                css(share(middle, limit)));
    }

    private static String counted(DoughnutRow median, RegionRing ring, Texts texts) {
        int indicators = median.n().orElse(ring.counted());
        return texts.get(
                "median.n",
                indicators,
                median.dimensions().orElse(ring.countedSectors()),
                ring.sectors().size());
    }

    private static Row row(RegionRing.Sector sector, DoughnutRow row, int span, List<Figure> figures, Wording wording) {
        Texts texts = wording.texts();
        Optional<Figure> figure =
                Figure.behind(row, figures).filter(f -> row.value().isPresent());
        double gap = row.gapPercent().orElse(0);
        double limit = limit(row.ring());
        String kind = !row.hasGap() ? "missing" : row.isProxy() ? "proxy" : "counted";
        String period = figure.map(Figure::period)
                .map(texts::period)
                .orElseGet(() -> row.value().isPresent() && row.referenceYear().isPresent()
                        ? String.valueOf(row.referenceYear().getAsInt())
                        : "");
        return new Row(
                sector.dimension().title(),
                span,
                row.ring() + "-" + row.dimension() + "-" + row.indicator(),
                kind,
                wording.title(row.indicator()),
                wording.description(row.indicator()),
                wording.proxy(row).orElse(""),
                wording.value(row),
                figure.map(wording::interval).orElse(""),
                period,
                row.value().isPresent() ? wording.boundary(row) : "",
                texts.ratio(row.ratio()),
                wording.gap(row),
                css(share(gap, limit)),
                gap > limit,
                wording.status(row.status()),
                wording.coverage(figure),
                row.hasGap() ? "" : wording.reason(row));
    }

    private static Row missing(RegionRing.Sector sector, Wording wording) {
        String anchor = "dimension-" + sector.dimension().id();
        String title = sector.dimension().title();
        String none = wording.texts().get("row.no-indicator");
        String reason = wording.reason(sector);
        return new Row(title, 1, anchor, "missing", none, "", "", "", "", "", "", "", "", "0", false, "", "", reason);
    }

    private static double limit(String ring) {
        return ring.equals(Framework.ECOLOGICAL) ? 200 : 100;
    }

    private static double share(double percent, double limit) {
        return 100 * Math.min(limit, Math.max(0, percent)) / limit;
    }

    private static String css(double share) {
        return String.format(java.util.Locale.ROOT, "%.1f", share);
    }
}
