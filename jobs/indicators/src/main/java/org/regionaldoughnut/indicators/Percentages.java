package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.StatisticsRules;

/** Shortfalls and overshoots over the years: what trends, windows and groups of regions are made of. */
final class Percentages {
    private final Catalogue catalogue;
    private final Series series;
    private final StatisticsRules rules;

    Percentages(Catalogue catalogue, Series series, StatisticsRules rules) {
        this.catalogue = catalogue;
        this.series = series;
        this.rules = rules;
    }

    /** A slot of a framework with the boundary set it is held against. */
    record Judged(Framework framework, Gauge gauge, Indicator.Slot slot, Indicator indicator) {}

    /** A figure of one year against its floor or ceiling. */
    record Point(Estimate estimate, Gauge.Reading reading) {
        boolean observed() {
            return !estimate.origin().equals(Estimate.IMPUTED);
        }
    }

    /** Every slot whose indicator is judged, once for each boundary set of its framework. */
    List<Judged> judged(Function<String, List<Catalogue.BoundarySet>> sets) {
        List<Judged> judged = new ArrayList<>();
        for (Framework framework : catalogue.frameworks().values()) {
            for (Catalogue.BoundarySet set : sets.apply(framework.id())) {
                Gauge gauge = new Gauge(set);
                for (Indicator indicator : catalogue.indicators().values()) {
                    for (Indicator.Slot slot : indicator.slots()) {
                        if (slot.framework().equals(framework.id()) && Gauge.judges(indicator)) {
                            judged.add(new Judged(framework, gauge, slot, indicator));
                        }
                    }
                }
            }
        }
        return judged;
    }

    /** The years with a percentage; of several figures of a year the one of the plainest period. */
    TreeMap<Integer, Point> of(Judged judged, String region) {
        TreeMap<Integer, Point> points = new TreeMap<>();
        series.yearly(judged.indicator().id(), region).forEach((year, estimate) -> {
            Gauge.Reading reading = read(judged, region, estimate, year);
            if (reading.gap().isPresent()) {
                points.put(year, new Point(estimate, reading));
            }
        });
        return points;
    }

    /** The percentage of a region nearest to the year, within the reach of a doughnut. */
    Optional<Point> near(Judged judged, String region, int year) {
        return series.nearest(judged.indicator().id(), region, Estimate.TOTAL, year, rules.nearestYears())
                .filter(estimate -> estimate.value().isPresent())
                .map(estimate -> new Point(estimate, read(judged, region, estimate, year)))
                .filter(point -> point.reading().gap().isPresent());
    }

    private Gauge.Reading read(Judged judged, String region, Estimate estimate, int year) {
        return judged.gauge().read(judged.indicator(), estimate.value(), year, weight -> series.nearest(
                        weight, region, Estimate.TOTAL, year, rules.nearestYears())
                .flatMap(Estimate::value));
    }

    static List<Region> regions(RegionTree tree, List<String> levels) {
        return tree.regions().stream()
                .filter(region -> levels.contains(region.level()))
                .toList();
    }

    /** Values of an indicator near a year, by region of a level. */
    Map<String, Double> values(String indicator, List<Region> regions, int year) {
        Map<String, Double> values = new TreeMap<>();
        for (Region region : regions) {
            series.nearest(indicator, region.code(), Estimate.TOTAL, year, rules.nearestYears())
                    .flatMap(Estimate::value)
                    .ifPresent(value -> values.put(region.code(), value));
        }
        return values;
    }
}
