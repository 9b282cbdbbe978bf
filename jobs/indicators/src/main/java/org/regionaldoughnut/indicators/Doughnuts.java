package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.regionaldoughnut.indicators.formulas.Quantiles;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.StatisticsRules;

/**
 * Places values in the frameworks: for every slot, region and year the ratio to its floor or ceiling, or the reason why
 * there is none. Formulas: doi 10.1038/s41586-025-09385-1 and doi 10.1038/s41893-021-00799-z. Social floor and
 * ecological ceiling are never brought into one number.
 */
final class Doughnuts {
    private static final String TOTAL = "_T";
    private static final String NOT_APPLICABLE = "_Z";
    private final Catalogue catalogue;
    private final RegionTree tree;
    private final StatisticsRules rules;

    Doughnuts(Catalogue catalogue, RegionTree tree, StatisticsRules rules) {
        this.catalogue = catalogue;
        this.tree = tree;
        this.rules = rules;
    }

    /**
     * @param sets framework to the boundary sets it is held against
     * @param levels region levels that get a doughnut
     */
    List<Place> place(
            Series series,
            Function<String, List<Catalogue.BoundarySet>> sets,
            List<Integer> years,
            List<String> levels) {
        List<Region> regions = tree.regions().stream()
                .filter(region -> levels.contains(region.level()))
                .toList();
        List<Place> places = new ArrayList<>();
        for (Framework framework : catalogue.frameworks().values()) {
            for (Catalogue.BoundarySet set : sets.apply(framework.id())) {
                Gauge gauge = new Gauge(set);
                for (Region region : regions) {
                    for (int year : years) {
                        for (Framework.Ring ring : framework.rings()) {
                            List<Place> own = ring(framework, ring, region, year, gauge, series);
                            places.addAll(own);
                            if (!ring.id().equals(Framework.NO_RING)) {
                                places.addAll(medians(framework, ring, region, year, set, own));
                            }
                        }
                    }
                }
            }
        }
        return places;
    }

    private List<Place> ring(
            Framework framework, Framework.Ring ring, Region region, int year, Gauge gauge, Series series) {
        List<Place> places = new ArrayList<>();
        for (Framework.Dimension dimension : ring.dimensions()) {
            boolean any = false;
            for (Indicator indicator : catalogue.indicators().values()) {
                for (Indicator.Slot slot : indicator.slots()) {
                    if (slot.framework().equals(framework.id())
                            && slot.ring().equals(ring.id())
                            && slot.dimension().equals(dimension.id())) {
                        places.add(slot(slot, indicator, Estimate.TOTAL, region, year, gauge, series));
                        for (String breakdown : series.breakdowns(indicator.id(), region.code())) {
                            places.add(slot(slot, indicator, breakdown, region, year, gauge, series));
                        }
                        any = true;
                    }
                }
            }
            if (!any) {
                String reason = dimension.measured().filter("globally"::equals).isPresent()
                        ? "measured globally, not by region"
                        : "no indicator is defined for this dimension";
                places.add(empty(framework, gauge.set(), ring, dimension.id(), region, year, reason));
            }
        }
        return places;
    }

    private Place slot(
            Indicator.Slot slot,
            Indicator indicator,
            String breakdown,
            Region region,
            int year,
            Gauge gauge,
            Series series) {
        boolean total = breakdown.equals(Estimate.TOTAL);
        Optional<Estimate> nearest =
                series.nearest(indicator.id(), region.code(), breakdown, year, rules.nearestYears());
        Optional<Double> value = nearest.flatMap(Estimate::value);
        Gauge.Reading reading = gauge.read(indicator, value, year, weight -> series.nearest(
                        weight, region.code(), Estimate.TOTAL, year, rules.nearestYears())
                .flatMap(Estimate::value));
        Optional<String> reason = value.isPresent()
                ? reading.reason()
                : Optional.of(nearest.flatMap(Estimate::reason)
                        .orElseGet(() -> series.whyNone(indicator.id(), region, breakdown, year)));
        ObsStatus status = value.isPresent()
                ? nearest.orElseThrow().status()
                : nearest.map(Estimate::status).orElse(ObsStatus.L);
        boolean headline = total && slot.headline();
        return new Place(
                slot.framework(),
                gauge.set().id(),
                indicator.lens(),
                slot.ring(),
                slot.dimension(),
                indicator.id(),
                breakdown,
                region.code(),
                year,
                nearest,
                indicator.unit(),
                lower(indicator.direction()),
                lower(indicator.form()),
                headline,
                reading.boundary(),
                reading.baseline(),
                reading.ratio(),
                reading.gap(),
                Optional.empty(),
                headline
                        && reading.gap().isPresent()
                        && !reading.differs()
                        && countsIn(slot.ring(), indicator.form(), reading.ceiling()),
                reading.differs() && value.isPresent() ? status.and(ObsStatus.D) : status,
                reading.differs() ? indicator.proxy() : Optional.empty(),
                reason);
    }

    /**
     * Whether a median of the ring is taken over the form: a gap is neither a share nor a distance to a threshold, and
     * policy targets and local limits are no planetary boundaries.
     */
    private static boolean countsIn(String ring, Form form, Optional<Boundary> ceiling) {
        return switch (form) {
            case SHARE, PLACES, THRESHOLD -> !ring.equals(Framework.ECOLOGICAL) && !ring.equals(Framework.NO_RING);
            case CEILING ->
                ring.equals(Framework.ECOLOGICAL)
                        && ceiling.filter(b -> b.kind().equals("planetary")).isPresent();
            case GAP, CONTEXT -> false;
        };
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
                TOTAL,
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
        int needed = (int) Math.ceil(ring.dimensions().size() * rules.leastDimensions());
        boolean enough = dimensions > 0 && dimensions >= needed;
        double[] gaps = counted.stream()
                .mapToDouble(place -> place.gapPercent().orElseThrow())
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
                TOTAL,
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
                Optional.of(new Place.Median(
                        enough ? Optional.of(quantile(gaps, 0.25)) : Optional.empty(),
                        enough ? Optional.of(quantile(gaps, 0.75)) : Optional.empty(),
                        counted.size(),
                        dimensions)),
                false,
                enough ? ObsStatus.strongest(counted.stream().map(Place::status).toList()) : ObsStatus.O,
                Optional.empty(),
                reason);
    }

    private double quantile(double[] gaps, double probability) {
        return Quantiles.of(gaps, probability, rules.quantileType());
    }
}
