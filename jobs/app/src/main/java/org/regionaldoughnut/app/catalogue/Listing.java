package org.regionaldoughnut.app.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Office;

/** The indicators of an office as a table: {@code indicator, title, unit, form, level, source, slots}. */
public final class Listing {
    private static final List<String> COLUMNS =
            List.of("indicator", "title", "unit", "form", "level", "source", "slots");
    private final Catalogue catalogue;
    private final Feeding feeding;

    public Listing(Office office) {
        this.catalogue = office.catalogue();
        this.feeding = new Feeding(office);
    }

    /**
     * What is listed; all where nothing is given.
     *
     * @param onlyMissing those the office has no source for
     */
    public record Filter(
            Optional<String> framework,
            Optional<String> ring,
            Optional<String> dimension,
            Optional<String> level,
            boolean onlyMissing) {
        boolean takes(Indicator.Slot slot) {
            return framework.filter(f -> !f.equals(slot.framework())).isEmpty()
                    && ring.filter(r -> !r.equals(slot.ring())).isEmpty()
                    && dimension.filter(d -> !d.equals(slot.dimension())).isEmpty();
        }
    }

    /** @throws DoughnutException where the filter names what is not there */
    public Answer rows(Filter filter) {
        check(filter);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Indicator indicator : catalogue.indicators().values()) {
            List<Indicator.Slot> slots =
                    indicator.slots().stream().filter(filter::takes).toList();
            boolean level =
                    filter.level().filter(l -> !l.equals(indicator.level())).isEmpty();
            String source = feeding.of(indicator);
            boolean fed = !source.startsWith(Feeding.NONE);
            if (slots.isEmpty() || !level || filter.onlyMissing() && fed) {
                continue;
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("indicator", indicator.id());
            row.put("title", indicator.title());
            row.put("unit", indicator.unit());
            row.put("form", Texts.word(indicator.form()));
            row.put("level", indicator.level());
            row.put("source", source);
            row.put("slots", String.join(" ", slots.stream().map(Texts::slot).toList()));
            rows.add(row);
        }
        return new Answer(COLUMNS, rows);
    }

    private void check(Filter filter) {
        filter.framework()
                .ifPresent(id -> known("framework", id, catalogue.frameworks().keySet()));
        Set<String> rings = new TreeSet<>();
        Set<String> dimensions = new TreeSet<>();
        for (Framework framework : catalogue.frameworks().values()) {
            if (filter.framework().filter(f -> !f.equals(framework.id())).isEmpty()) {
                framework.rings().forEach(ring -> {
                    rings.add(ring.id());
                    if (filter.ring().filter(r -> !r.equals(ring.id())).isEmpty()) {
                        ring.dimensions().forEach(dimension -> dimensions.add(dimension.id()));
                    }
                });
            }
        }
        filter.ring().ifPresent(id -> known("ring", id, rings));
        filter.dimension().ifPresent(id -> known("dimension", id, dimensions));
        filter.level().ifPresent(id -> known("level", id, Set.of("micro", "meso", "macro")));
    }

    private static void known(String what, String id, Collection<String> known) {
        if (!known.contains(id)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot list indicators: there is no " + what + " '" + id + "'." + NearMiss.hint(id, known)
                            + " Known are: " + String.join(", ", new TreeSet<>(known)) + ".");
        }
    }

    /** @throws DoughnutException with near misses where there is no such indicator */
    public static Indicator indicator(Office office, String id, String verb) {
        Map<String, Indicator> all = office.catalogue().indicators();
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot " + verb + " '" + id + "': there is no such indicator."
                                + NearMiss.hint(id, all.keySet()) + " 'doughnut indicators list' names all "
                                + all.size() + "."));
    }
}
