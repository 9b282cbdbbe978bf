package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.report.FrameworkView.Group;
import org.regionaldoughnut.report.FrameworkView.Item;
import org.regionaldoughnut.report.FrameworkView.Missing;

/**
 * Fills a framework's slots with the figures of one region.
 *
 * @param headlines whether the framework's headline indicators are shown too
 * @param year the year of the doughnut, to which figures are nearest
 * @param described indicators the page has described; those described here are added
 */
record Slots(
        Framework framework,
        boolean headlines,
        int year,
        List<DoughnutRow> rows,
        List<Figure> figures,
        Wording wording,
        Set<String> described) {

    FrameworkView view() {
        List<Group> groups = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Framework.Ring ring : framework.rings()) {
            for (Framework.Dimension dimension : ring.dimensions()) {
                Group group = group(ring, dimension);
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

    private Group group(Framework.Ring ring, Framework.Dimension dimension) {
        List<Item> items = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        for (Indicator indicator : wording.catalogue().indicators().values()) {
            if (!hasSlot(indicator, ring, dimension)) {
                continue;
            }
            Optional<Figure> figure = Figure.nearest(figures, indicator.id(), year);
            if (figure.isPresent() && figure.get().value().isPresent()) {
                items.add(item(indicator, figure.get()));
            } else {
                missing.add(new Missing(indicator.title(), reason(indicator, figure)));
            }
        }
        String title = ring.id().equals(Framework.NO_RING) ? "" : ring.title();
        return new Group(title, dimension.title(), items, missing);
    }

    private boolean hasSlot(Indicator indicator, Framework.Ring ring, Framework.Dimension dimension) {
        return indicator.slots().stream()
                .anyMatch(slot -> slot.framework().equals(framework.id())
                        && slot.dimension().equals(dimension.id())
                        && (ring.id().equals(Framework.NO_RING) || ring.id().equals(slot.ring()))
                        && (headlines || !slot.headline()));
    }

    private Item item(Indicator indicator, Figure figure) {
        Texts texts = wording.texts();
        boolean isNew = described.add(indicator.id());
        return new Item(
                indicator.title(),
                isNew ? indicator.description() : "",
                texts.figure(figure.value().getAsDouble(), figure.unit().isEmpty() ? indicator.unit() : figure.unit()),
                wording.interval(figure),
                texts.period(figure.period()),
                figure.status().equals(ObsStatus.A.name()) ? "" : wording.status(figure.status()),
                figure.coversAll() ? "" : wording.coverage(Optional.of(figure)));
    }

    private String reason(Indicator indicator, Optional<Figure> figure) {
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
