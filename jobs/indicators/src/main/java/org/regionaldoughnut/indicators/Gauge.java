package org.regionaldoughnut.indicators;

import java.util.Optional;
import java.util.function.Function;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Catalogue;

/**
 * Holds values against the floors and ceilings of one boundary set. Formulas: doi 10.1038/s41586-025-09385-1 and doi
 * 10.1038/s41893-021-00799-z.
 */
final class Gauge {
    private final Catalogue.BoundarySet set;

    Gauge(Catalogue.BoundarySet set) {
        this.set = set;
    }

    Catalogue.BoundarySet set() {
        return set;
    }

    /**
     * What a value is against its floor or ceiling.
     *
     * @param ceiling the boundary used, the region's part of it where it is shared by weight
     * @param differs whether indicator and boundary differ in perspective
     * @param reason why there is no ratio
     */
    record Reading(
            Optional<Boundary> ceiling,
            Optional<Floor> floor,
            Optional<Double> ratio,
            Optional<Double> gap,
            boolean differs,
            Optional<String> reason) {

        Optional<Double> boundary() {
            return ceiling.map(Boundary::value).or(() -> floor.map(Floor::value));
        }

        Optional<Double> baseline() {
            return ceiling.map(Boundary::baseline).or(() -> floor.flatMap(Floor::worst));
        }

        private static Reading of(Optional<Double> gap, Optional<Floor> floor, Optional<String> reason) {
            return new Reading(Optional.empty(), floor, gap.map(g -> (100 - g) / 100), gap, false, reason);
        }
    }

    /**
     * @param weightOf indicator to the region's value of it, for boundaries that are shared by weight
     */
    Reading read(Indicator indicator, Optional<Double> value, int year, Function<String, Optional<Double>> weightOf) {
        return switch (indicator.form()) {
            case SHARE, PLACES -> Reading.of(value, Optional.empty(), Optional.empty());
            case GAP -> Reading.of(value.map(v -> Math.max(0, v)), Optional.empty(), Optional.empty());
            case THRESHOLD -> threshold(indicator, value, year);
            case CEILING -> ceiling(indicator, value, year, weightOf);
            case CONTEXT -> Reading.of(Optional.empty(), Optional.empty(), Optional.empty());
        };
    }

    private Reading threshold(Indicator indicator, Optional<Double> value, int year) {
        Optional<Floor> floor = set.floor(indicator.id(), year);
        if (floor.isEmpty()) {
            return Reading.of(Optional.empty(), floor, Optional.of(absent("floor", set.floor(indicator.id()), year)));
        }
        Optional<Double> gap = value.flatMap(v -> floor.get().shortfallPercent(v, indicator.direction()));
        return Reading.of(
                gap,
                floor,
                value.isPresent() && gap.isEmpty()
                        ? Optional.of("it misses the floor, and no worst value is declared to measure by how much")
                        : Optional.empty());
    }

    private String absent(String what, Optional<?> ofOtherYears, int year) {
        return "the boundary set " + set.id() + " has no " + what + " for it"
                + (ofOtherYears.isPresent() ? " in " + year : "");
    }

    private Reading ceiling(
            Indicator indicator, Optional<Double> value, int year, Function<String, Optional<Double>> weightOf) {
        Optional<Boundary> found = set.boundary(indicator.id(), year);
        if (found.isEmpty()) {
            return unread(found, absent("boundary", set.boundary(indicator.id()), year));
        }
        Boundary boundary = found.get();
        boolean differs = boundary.perspective()
                .filter(p -> !indicator.perspective().equals(Optional.of(p)))
                .isPresent();
        if (boundary.weight().isPresent()) {
            String weight = boundary.weight().get().indicator();
            Optional<Double> own = weightOf.apply(weight).filter(w -> w > 0);
            if (own.isEmpty()) {
                return unread(
                        Optional.empty(), "the boundary is shared by " + weight + ", of which the region has none");
            }
            boundary = boundary.sharedBy(own.get());
        }
        Boundary used = boundary;
        return new Reading(
                Optional.of(used),
                Optional.empty(),
                value.map(used::ratio),
                value.map(used::overshootPercent),
                differs,
                Optional.empty());
    }

    private static Reading unread(Optional<Boundary> boundary, String reason) {
        return new Reading(boundary, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.of(reason));
    }

    /** Whether the indicator has a percentage at all. */
    static boolean judges(Indicator indicator) {
        return indicator.form() != Form.CONTEXT;
    }
}
