package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;

/**
 * Places values in the frameworks: for every slot, region and year the ratio to its floor or ceiling, or the reason why
 * there is none. Formulas: doi 10.1038/s41586-025-09385-1 and doi 10.1038/s41893-021-00799-z. Social floor and
 * ecological ceiling are never brought into one number.
 */
final class Doughnuts {
    /** How far, in years, a value may be from the doughnut's year. */
    private static final int REACH = 2;

    private static final String MEASURED_GLOBALLY = "measured globally, not by region";
    private static final String TOTAL = "_T";
    private static final String NOT_APPLICABLE = "_Z";
    private final Catalogue catalogue;
    private final RegionTree tree;

    Doughnuts(Catalogue catalogue, RegionTree tree) {
        this.catalogue = catalogue;
        this.tree = tree;
    }

    /** A row of {@code statistics.doughnut}. */
    record Place(
            String framework,
            String boundarySet,
            String lens,
            String ring,
            String dimension,
            String indicator,
            String region,
            int year,
            Optional<Estimate> estimate,
            String unit,
            String direction,
            String form,
            boolean headline,
            Optional<Double> boundary,
            Optional<Double> baseline,
            Optional<Double> ratio,
            Optional<Double> gapPercent,
            Optional<Median> median,
            boolean inMedian,
            ObsStatus status,
            Optional<String> proxy,
            Optional<String> reason) {}

    /**
     * Median and quartiles of a ring.
     *
     * @param n indicators
     * @param dimensions dimensions they stand for
     */
    record Median(Optional<Double> q1, Optional<Double> q3, int n, int dimensions) {}

    List<Place> place(List<Estimate> estimates, Catalogue.BoundarySet set, List<Integer> years, List<String> levels) {
        Map<String, List<Estimate>> byIndicatorAndRegion = estimates.stream()
                .filter(Estimate::isTotal)
                .collect(Collectors.groupingBy(e -> e.indicator() + "/" + e.region()));
        List<Region> regions = tree.regions().stream()
                .filter(region -> levels.contains(region.level()))
                .toList();
        List<Place> places = new ArrayList<>();
        for (Framework framework : catalogue.frameworks().values()) {
            for (Region region : regions) {
                for (int year : years) {
                    for (Framework.Ring ring : framework.rings()) {
                        List<Place> own = ring(framework, ring, region, year, set, byIndicatorAndRegion);
                        places.addAll(own);
                        if (!ring.id().equals(Framework.NO_RING)) {
                            places.addAll(medians(framework, ring, region, year, set, own));
                        }
                    }
                }
            }
        }
        return places;
    }

    private List<Place> ring(
            Framework framework,
            Framework.Ring ring,
            Region region,
            int year,
            Catalogue.BoundarySet set,
            Map<String, List<Estimate>> estimates) {
        List<Place> places = new ArrayList<>();
        for (Framework.Dimension dimension : ring.dimensions()) {
            boolean any = false;
            for (Indicator indicator : catalogue.indicators().values()) {
                for (Indicator.Slot slot : indicator.slots()) {
                    if (slot.framework().equals(framework.id())
                            && slot.ring().equals(ring.id())
                            && slot.dimension().equals(dimension.id())) {
                        List<Estimate> own = estimates.getOrDefault(indicator.id() + "/" + region.code(), List.of());
                        places.add(slot(framework, ring, dimension, slot, indicator, region, year, set, own));
                        any = true;
                    }
                }
            }
            if (!any) {
                String reason =
                        measuredGlobally(dimension) ? MEASURED_GLOBALLY : "no indicator is defined for this dimension";
                places.add(empty(framework, set, ring, dimension.id(), region, year, reason));
            }
        }
        return places;
    }

    private static boolean measuredGlobally(Framework.Dimension dimension) {
        return dimension.measured().filter("globally"::equals).isPresent();
    }

    private Place slot(
            Framework framework,
            Framework.Ring ring,
            Framework.Dimension dimension,
            Indicator.Slot slot,
            Indicator indicator,
            Region region,
            int year,
            Catalogue.BoundarySet set,
            List<Estimate> estimates) {
        Optional<Estimate> nearest = estimates.stream()
                .filter(e -> Math.abs(e.referenceYear() - year) <= REACH)
                .min(Comparator.comparing((Estimate e) -> e.value().isEmpty())
                        .thenComparingInt(e -> Math.abs(e.referenceYear() - year))
                        .thenComparing(e -> -e.referenceYear())
                        .thenComparing(Estimate::period));
        Optional<Double> value = nearest.flatMap(Estimate::value);
        Optional<Boundary> ceiling =
                indicator.form() == Form.CEILING ? set.boundary(indicator.id(), year) : Optional.empty();
        Optional<Floor> floor = indicator.form() == Form.THRESHOLD ? set.floor(indicator.id(), year) : Optional.empty();
        Optional<String> reason = value.isPresent()
                ? Optional.empty()
                : Optional.of(nearest.flatMap(Estimate::reason)
                        .orElse(measuredGlobally(dimension) ? MEASURED_GLOBALLY : whyNone(indicator, estimates, year)));
        Optional<Double> ratio = Optional.empty();
        Optional<Double> gap = Optional.empty();
        if (value.isPresent()) {
            switch (indicator.form()) {
                case SHARE, PLACES -> {
                    gap = value;
                    ratio = value.map(v -> (100 - v) / 100);
                }
                case GAP -> {
                    gap = value.map(v -> Math.max(0, v));
                    ratio = gap.map(g -> (100 - g) / 100);
                }
                case THRESHOLD -> {
                    gap = floor.flatMap(f -> f.shortfallPercent(value.get(), indicator.direction()));
                    ratio = gap.map(g -> (100 - g) / 100);
                    if (gap.isEmpty()) {
                        reason = Optional.of(
                                floor.isEmpty()
                                        ? "the boundary set " + set.id() + " has no floor for it"
                                        : "it misses the floor, and no worst value is declared to measure by how much");
                    }
                }
                case CEILING -> {
                    ratio = ceiling.map(b -> b.ratio(value.get()));
                    gap = ceiling.map(b -> b.overshootPercent(value.get()));
                    if (ceiling.isEmpty()) {
                        reason = Optional.of("the boundary set " + set.id() + " has no boundary for it");
                    }
                }
                case CONTEXT -> {}
            }
        }
        boolean differs = ceiling.flatMap(Boundary::perspective)
                .filter(p -> !indicator.perspective().equals(Optional.of(p)))
                .isPresent();
        Optional<String> proxy = differs ? indicator.proxy() : Optional.empty();
        ObsStatus status = value.isPresent()
                ? nearest.orElseThrow().status()
                : nearest.map(Estimate::status).orElse(ObsStatus.L);
        return new Place(
                framework.id(),
                set.id(),
                indicator.lens(),
                ring.id(),
                dimension.id(),
                indicator.id(),
                region.code(),
                year,
                nearest,
                indicator.unit(),
                lower(indicator.direction()),
                lower(indicator.form()),
                slot.headline(),
                ceiling.map(Boundary::value).or(() -> floor.map(Floor::value)),
                ceiling.map(Boundary::baseline).or(() -> floor.flatMap(Floor::worst)),
                ratio,
                gap,
                Optional.empty(),
                slot.headline() && gap.isPresent() && !differs && countsIn(ring, indicator.form(), ceiling),
                differs && value.isPresent() ? status.and(ObsStatus.D) : status,
                proxy,
                reason);
    }

    /**
     * Whether a median of the ring is taken over the form: a gap is neither a share nor a distance to a threshold, and
     * policy targets and local limits are no planetary boundaries.
     */
    private static boolean countsIn(Framework.Ring ring, Form form, Optional<Boundary> ceiling) {
        return switch (form) {
            case SHARE, PLACES, THRESHOLD ->
                !ring.id().equals(Framework.ECOLOGICAL) && !ring.id().equals(Framework.NO_RING);
            case CEILING ->
                ring.id().equals(Framework.ECOLOGICAL)
                        && ceiling.filter(b -> b.kind().equals("planetary")).isPresent();
            case GAP, CONTEXT -> false;
        };
    }

    private static String whyNone(Indicator indicator, List<Estimate> estimates, int year) {
        boolean elsewhere = estimates.stream().anyMatch(e -> e.value().isPresent());
        if (elsewhere) {
            String years = estimates.stream()
                    .filter(e -> e.value().isPresent())
                    .map(e -> e.referenceYear())
                    .min(Comparator.comparingInt(y -> Math.abs(y - year)))
                    .map(String::valueOf)
                    .orElseThrow();
            return "too old or too new: the nearest figure is of " + years;
        }
        return "no source has a figure for this region";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Place empty(
            Framework framework,
            Catalogue.BoundarySet set,
            Framework.Ring ring,
            String dimension,
            Region region,
            int year,
            String reason) {
        return new Place(
                framework.id(),
                set.id(),
                NOT_APPLICABLE,
                ring.id(),
                dimension,
                NOT_APPLICABLE,
                region.code(),
                year,
                Optional.empty(),
                NOT_APPLICABLE,
                "context",
                "context",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ObsStatus.L,
                Optional.empty(),
                Optional.of(reason));
    }

    /** Shares and thresholds measure different things: each form has its own median, the ring's own form first. */
    private List<Place> medians(
            Framework framework,
            Framework.Ring ring,
            Region region,
            int year,
            Catalogue.BoundarySet set,
            List<Place> places) {
        List<Place> medians = new ArrayList<>();
        if (ring.id().equals(Framework.ECOLOGICAL)) {
            medians.add(median(framework, ring, region, year, set, places, TOTAL, "ceiling", "ceiling"::equals));
        } else {
            Predicate<String> shares = form -> form.equals("share") || form.equals("places");
            medians.add(median(framework, ring, region, year, set, places, TOTAL, "share", shares));
            medians.add(median(
                    framework,
                    ring,
                    region,
                    year,
                    set,
                    places,
                    TOTAL + ":threshold",
                    "threshold",
                    "threshold"::equals));
        }
        return medians;
    }

    private Place median(
            Framework framework,
            Framework.Ring ring,
            Region region,
            int year,
            Catalogue.BoundarySet set,
            List<Place> places,
            String indicator,
            String form,
            Predicate<String> forms) {
        List<Place> counted = places.stream()
                .filter(place -> place.inMedian() && forms.test(place.form()))
                .toList();
        int dimensions = (int) counted.stream().map(Place::dimension).distinct().count();
        int needed = (ring.dimensions().size() + 1) / 2;
        boolean enough = dimensions > 0 && dimensions >= needed;
        double[] gaps = counted.stream()
                .mapToDouble(place -> place.gapPercent().orElseThrow())
                .sorted()
                .toArray();
        Optional<String> reason = enough
                ? Optional.empty()
                : Optional.of(dimensions + " of " + ring.dimensions().size() + " dimensions have a " + form
                        + " that counts, a median needs " + needed);
        Place shell = empty(framework, set, ring, TOTAL, region, year, "");
        return new Place(
                shell.framework(),
                shell.boundarySet(),
                TOTAL,
                shell.ring(),
                TOTAL,
                indicator,
                shell.region(),
                year,
                Optional.empty(),
                "%",
                "lower",
                form,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                enough ? Optional.of(quantile(gaps, 0.5)) : Optional.empty(),
                Optional.of(new Median(
                        enough ? Optional.of(quantile(gaps, 0.25)) : Optional.empty(),
                        enough ? Optional.of(quantile(gaps, 0.75)) : Optional.empty(),
                        counted.size(),
                        dimensions)),
                false,
                enough ? ObsStatus.strongest(counted.stream().map(Place::status).toList()) : ObsStatus.O,
                Optional.empty(),
                reason);
    }

    /** Linear interpolation between order statistics: R type 7. */
    static double quantile(double[] sorted, double probability) {
        double position = (sorted.length - 1) * probability;
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    static Instant vintage(Place place) {
        return place.estimate().map(Estimate::vintage).orElse(Instant.EPOCH);
    }
}
