package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Formula;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Published rates of lower regions as a mean weighted by a named term: {@code sum(w * rate) / sum(w)}, status E. The
 * coverage is the share of the weight that regions with a rate hold.
 */
final class WeightedMeans {
    private final Indicator indicator;
    private final RegionTree tree;
    private final RollUp rollUp;
    private final Formula formula;
    private final Estimator.Conventions conventions;
    private final String weight;

    WeightedMeans(
            Indicator indicator, RegionTree tree, RollUp rollUp, Formula formula, Estimator.Conventions conventions) {
        this.conventions = conventions;
        this.indicator = indicator;
        this.tree = tree;
        this.rollUp = rollUp;
        this.formula = formula;
        this.weight = indicator.weight().orElseThrow();
    }

    private record Unit(BigDecimal weight, BigDecimal weighted, double leaves, ObsStatus status, Instant vintage) {
        Unit plus(Unit other) {
            return new Unit(
                    weight.add(other.weight),
                    weighted.add(other.weighted),
                    leaves + other.leaves,
                    status.and(other.status),
                    vintage.isAfter(other.vintage) ? vintage : other.vintage);
        }
    }

    List<Estimate> estimate(String period, Map<String, Map<String, Measure>> own) {
        Map<String, Map<String, Measure>> rates = new LinkedHashMap<>(own);
        Map<String, Measure> weights = rates.remove(weight);
        Map<String, RollUp.Node> weightNodes = rollUp.roll(Map.of(weight, weights), true);
        Map<String, Optional<Unit>> units = new LinkedHashMap<>();
        Set<String> mentioned = new TreeSet<>();
        rates.values().forEach(regions -> mentioned.addAll(regions.keySet()));
        List<Estimate> estimates = new ArrayList<>();
        for (Region region : tree.bottomUp()) {
            String code = region.code();
            boolean published = rates.values().stream()
                    .allMatch(regions ->
                            regions.containsKey(code) && regions.get(code).hasValue());
            RollUp.Node weightHere = weightNodes.get(code);
            Optional<Unit> unit = published
                    ? unit(code, rates, weightHere)
                    : tree.children(code).stream()
                            .map(child -> units.get(child.code()))
                            .flatMap(Optional::stream)
                            .reduce(Unit::plus);
            units.put(code, unit);
            if (!region.isPlace()) {
                continue;
            }
            if (published) {
                estimates.add(published(period, code, rates));
            } else if (unit.isPresent()) {
                estimates.add(mean(period, code, unit.get(), weightHere));
            } else if (mentioned.contains(code)) {
                estimates.add(Estimator.missing(indicator, period, code, rates));
            }
        }
        return estimates;
    }

    private Optional<Unit> unit(String region, Map<String, Map<String, Measure>> rates, RollUp.Node weightHere) {
        Map<String, Measure> measures = at(region, rates);
        Optional<Double> value = value(measures);
        if (weightHere == null || weightHere.measures().isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal w = weightHere.measures().get(weight).total();
        return Optional.of(new Unit(
                w,
                w.multiply(BigDecimal.valueOf(value.get())),
                weightHere.leaves(),
                ObsStatus.strongest(
                        measures.values().stream().map(Measure::status).toList()),
                Estimator.vintage(measures)));
    }

    private Estimate mean(String period, String region, Unit unit, RollUp.Node weightHere) {
        BigDecimal all = weightHere.measures().isEmpty()
                ? unit.weight()
                : weightHere.measures().get(weight).total();
        double share = all.signum() == 0
                ? 0
                : Math.min(1, unit.weight().divide(all, MathContext.DECIMAL64).doubleValue());
        double regions = weightHere.leaves() == 0 ? 0 : Math.min(1, unit.leaves() / weightHere.leaves());
        Coverage coverage = new Coverage(regions, share);
        Optional<String> reason = weightHere.incomplete();
        if (reason.isEmpty() && conventions.tooFew(coverage)) {
            reason = Optional.of(conventions.shortOf(coverage));
        }
        Optional<Double> value = reason.isPresent() || unit.weight().signum() == 0
                ? Optional.empty()
                : Optional.of(unit.weighted()
                        .divide(unit.weight(), MathContext.DECIMAL128)
                        .doubleValue());
        ObsStatus status = unit.status().and(ObsStatus.E);
        return new Estimate(
                indicator.id(),
                Estimate.TOTAL,
                region,
                period,
                value,
                Optional.of(unit.weighted().doubleValue()),
                Optional.of(unit.weight().doubleValue()),
                Interval.NONE,
                Estimator.referenceYear(indicator, period),
                Estimate.ROLLED_UP,
                value.isPresent() ? indicator.status().map(status::and).orElse(status) : ObsStatus.O,
                coverage,
                reason,
                unit.vintage());
    }

    private Estimate published(String period, String region, Map<String, Map<String, Measure>> rates) {
        Map<String, Measure> measures = at(region, rates);
        Optional<Double> value = value(measures);
        Measure only = measures.values().iterator().next();
        boolean interval = measures.size() == 1
                && indicator.formula().filter(rates::containsKey).isPresent();
        ObsStatus status = ObsStatus.strongest(
                measures.values().stream().map(Measure::status).toList());
        return new Estimate(
                indicator.id(),
                Estimate.TOTAL,
                region,
                period,
                value,
                Optional.empty(),
                Optional.empty(),
                interval ? only.interval() : Interval.NONE,
                Estimator.referenceYear(indicator, period),
                Estimate.PUBLISHED,
                value.isPresent() ? indicator.status().map(status::and).orElse(status) : ObsStatus.O,
                Coverage.FULL,
                value.isPresent() ? Optional.empty() : Optional.of("the formula has no finite value"),
                Estimator.vintage(measures));
    }

    private Optional<Double> value(Map<String, Measure> measures) {
        double value = formula.value(name -> measures.get(name).number());
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static Map<String, Measure> at(String region, Map<String, Map<String, Measure>> rates) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        rates.forEach((term, regions) -> measures.put(term, regions.get(region)));
        return measures;
    }
}
