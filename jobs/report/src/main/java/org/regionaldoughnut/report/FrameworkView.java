package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;

/**
 * A framework's slots with the region's figures, context included, as the template shows them.
 *
 * @param note what is to be known of the selection
 * @param without titles of dimensions without any figure
 */
record FrameworkView(String id, String title, String note, String source, List<Group> groups, String without) {

    /** @param ring title of the ring, empty where the framework has none */
    record Group(String ring, String dimension, List<Item> items, List<Missing> missing) {}

    record Item(
            String title,
            String description,
            String value,
            String interval,
            String period,
            String status,
            String coverage) {}

    record Missing(String title, String reason) {}

    /**
     * @param headlines whether the framework's headline indicators are shown too
     * @param year the year of the doughnut
     */
    static FrameworkView of(
            Framework framework,
            boolean headlines,
            int year,
            List<DoughnutRow> rows,
            List<Figure> figures,
            Wording wording) {
        List<Group> groups = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Framework.Ring ring : framework.rings()) {
            for (Framework.Dimension dimension : ring.dimensions()) {
                Group group = group(framework, ring, dimension, headlines, year, rows, figures, wording);
                if (!group.items().isEmpty()) {
                    groups.add(group);
                } else if (headlines) {
                    without.add(dimension.title());
                }
            }
        }
        Texts texts = wording.texts();
        return new FrameworkView(
                framework.id(),
                headlines ? framework.title() : texts.get("framework.more"),
                headlines ? "" : texts.get("framework.more-note"),
                headlines ? framework.source() : "",
                groups,
                String.join(", ", without));
    }

    private static Group group(
            Framework framework,
            Framework.Ring ring,
            Framework.Dimension dimension,
            boolean headlines,
            int year,
            List<DoughnutRow> rows,
            List<Figure> figures,
            Wording wording) {
        List<Item> items = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        for (Indicator indicator : wording.catalogue().indicators().values()) {
            if (!hasSlot(indicator, framework, ring, dimension, headlines)) {
                continue;
            }
            Optional<Figure> figure = Figure.nearest(figures, indicator.id(), year);
            if (figure.isPresent() && figure.get().value().isPresent()) {
                items.add(item(indicator, figure.get(), wording));
            } else {
                missing.add(new Missing(indicator.title(), reason(indicator, figure, rows)));
            }
        }
        String title = ring.id().equals(Framework.NO_RING) ? "" : ring.title();
        return new Group(title, dimension.title(), items, missing);
    }

    private static boolean hasSlot(
            Indicator indicator,
            Framework framework,
            Framework.Ring ring,
            Framework.Dimension dimension,
            boolean headlines) {
        return indicator.slots().stream()
                .anyMatch(slot -> slot.framework().equals(framework.id())
                        && slot.dimension().equals(dimension.id())
                        && (ring.id().equals(Framework.NO_RING) || ring.id().equals(slot.ring()))
                        && (headlines || !slot.headline()));
    }

    private static Item item(Indicator indicator, Figure figure, Wording wording) {
        Texts texts = wording.texts();
        return new Item(
                indicator.title(),
                indicator.description(),
                texts.figure(figure.value().getAsDouble(), figure.unit().isEmpty() ? indicator.unit() : figure.unit()),
                wording.interval(figure),
                texts.period(figure.period()),
                wording.status(figure.status()),
                wording.coverage(Optional.of(figure)));
    }

    private static String reason(Indicator indicator, Optional<Figure> figure, List<DoughnutRow> rows) {
        return figure.map(Figure::reason)
                .filter(reason -> !reason.isBlank())
                .or(() -> rows.stream()
                        .filter(row -> row.indicator().equals(indicator.id()))
                        .map(DoughnutRow::reason)
                        .filter(reason -> !reason.isBlank())
                        .findFirst())
                .orElse("");
    }
}
