package org.regionaldoughnut.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Indicator;

/** The region through four lenses: its own people and nature, and its bearing on people and nature elsewhere. */
record Lenses(Wording wording, List<DoughnutRow> rows, List<Figure> figures, int year) {
    private static final List<String> FOUR =
            List.of("local-social", "local-ecological", "global-social", "global-ecological");

    /** @param without titles of indicators of this lens without a figure */
    record View(String id, String title, String lead, List<Item> items, List<String> without) {}

    /** @param gap shortfall or overshoot in words, empty for context */
    record Item(String title, String value, String period, String gap) {}

    List<View> views() {
        return FOUR.stream().map(this::view).toList();
    }

    private View view(String lens) {
        Texts texts = wording.texts();
        Map<String, Item> items = new LinkedHashMap<>();
        Set<String> without = new LinkedHashSet<>();
        for (DoughnutRow row : rows) {
            if (row.lens().equals(lens) && row.hasIndicator()) {
                if (row.hasGap()) {
                    items.putIfAbsent(
                            row.indicator(),
                            new Item(
                                    wording.title(row.indicator()),
                                    wording.value(row),
                                    row.referenceYear().isPresent()
                                            ? "" + row.referenceYear().getAsInt()
                                            : "",
                                    wording.gapSentence(row)));
                } else {
                    without.add(row.indicator());
                }
            }
        }
        inLens(lens).forEach(indicator -> Figure.nearest(figures, indicator.id(), year)
                .filter(figure -> figure.value().isPresent())
                .ifPresentOrElse(
                        figure -> items.putIfAbsent(
                                indicator.id(),
                                new Item(
                                        indicator.title(),
                                        texts.figure(figure.value().getAsDouble(), figure.unit()),
                                        texts.period(figure.period()),
                                        "")),
                        () -> without.add(indicator.id())));
        without.removeAll(items.keySet());
        return new View(
                lens,
                texts.getOr("lens." + lens, lens),
                texts.getOr("lens-lead." + lens, ""),
                List.copyOf(items.values()),
                without.stream().map(wording::title).toList());
    }

    private Stream<Indicator> inLens(String lens) {
        return wording.catalogue().indicators().values().stream()
                .filter(indicator -> indicator.lens().equals(lens));
    }
}
