package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * A unit of work that depends on nothing outside it: all indicators of one year, or one indicator of all years where its
 * years depend on each other.
 */
final class Unit {
    private final Plan plan;
    private final RegionTree tree;
    private final People people;
    private final Estimator.Conventions conventions;
    private final Measures measures;
    private final Set<String> terms;
    private final Map<Integer, RollUp> rollUps = new HashMap<>();
    private final Map<String, List<Estimate>> done = new HashMap<>();

    Unit(Plan plan, RegionTree tree, People people, Estimator.Conventions conventions, Measures measures) {
        this.plan = plan;
        this.tree = tree;
        this.people = people;
        this.conventions = conventions;
        this.measures = measures;
        this.terms = plan.terms();
    }

    List<Estimate> estimate(String id) {
        List<Estimate> known = done.get(id);
        if (known == null) {
            known = compute(plan.indicators().get(id));
            if (terms.contains(id)) {
                done.put(id, known);
            }
        }
        return known;
    }

    private List<Estimate> compute(Indicator indicator) {
        Map<String, Map<String, Map<String, Measure>>> total = terms(indicator, Map.of(), "");
        List<Estimate> estimates = new ArrayList<>(estimates(indicator, total));
        for (Plan.Part part : plan.parts().get(indicator.id())) {
            Set<String> codes = new TreeSet<>();
            part.requests().values().forEach(request -> codes.addAll(measures.codes(request)));
            for (String code : codes) {
                // a code of column breakdown names its dimension itself
                String name = code.contains("=") ? code : part.dimension() + "=" + code;
                estimates(indicator, terms(indicator, part.requests(), code))
                        .forEach(estimate -> estimates.add(estimate.ofBreakdown(name)));
            }
        }
        List<Estimate> compared =
                indicator.kind().acrossPeriods() ? new AcrossPeriods(indicator).estimate(estimates) : estimates;
        return new GapFilling(indicator).fill(compared);
    }

    private List<Estimate> estimates(Indicator indicator, Map<String, Map<String, Map<String, Measure>>> terms) {
        List<Estimate> estimates = new Estimator(indicator, tree, this::rollUp, conventions).estimate(terms);
        Set<String> others = Plan.others(indicator);
        return others.isEmpty() ? estimates : limited(estimates, others);
    }

    private RollUp rollUp(int year) {
        return rollUps.computeIfAbsent(year, y -> new RollUp(tree, people.in(y)));
    }

    private Map<String, Map<String, Map<String, Measure>>> terms(
            Indicator indicator, Map<String, Request> parts, String code) {
        Map<String, Map<String, Map<String, Measure>>> terms = new LinkedHashMap<>();
        Map<String, Request> own = plan.requests().get(indicator.id());
        indicator.terms().forEach((name, term) -> {
            if (term.indicator().isPresent()) {
                terms.put(name, figures(estimate(term.indicator().get())));
            } else if (parts.containsKey(name)) {
                terms.put(name, measures.of(parts.get(name), code));
            } else {
                terms.put(name, measures.of(own.get(name), ""));
            }
        });
        return terms;
    }

    /** Values of another indicator as measures. A region without one is withheld, so that nothing is summed up to it. */
    private Map<String, Map<String, Measure>> figures(List<Estimate> estimates) {
        Map<String, Map<String, Measure>> figures = new TreeMap<>();
        for (Estimate estimate : estimates) {
            if (estimate.isTotal()) {
                figures.computeIfAbsent(estimate.period(), p -> withheld())
                        .put(
                                estimate.region(),
                                estimate.value()
                                        .map(value -> Measure.figure(
                                                BigDecimal.valueOf(value), estimate.status(), estimate.vintage()))
                                        .orElse(Measure.withheld(estimate.status(), estimate.vintage())));
            }
        }
        return figures;
    }

    private Map<String, Measure> withheld() {
        Map<String, Measure> regions = new HashMap<>();
        for (Region region : tree.regions()) {
            regions.put(region.code(), Measure.withheld(ObsStatus.L, Instant.EPOCH));
        }
        return regions;
    }

    /** A figure made of others stands for no more than they do; regions none of them has are left out. */
    private List<Estimate> limited(List<Estimate> estimates, Set<String> others) {
        Map<String, List<Estimate>> byPlace = new HashMap<>();
        for (String other : others) {
            for (Estimate estimate : estimate(other)) {
                if (estimate.isTotal()) {
                    byPlace.computeIfAbsent(estimate.region() + "/" + estimate.period(), k -> new ArrayList<>())
                            .add(estimate);
                }
            }
        }
        List<Estimate> limited = new ArrayList<>();
        for (Estimate estimate : estimates) {
            List<Estimate> parts = byPlace.getOrDefault(estimate.region() + "/" + estimate.period(), List.of());
            if (parts.isEmpty()) {
                continue;
            }
            Coverage coverage = parts.get(0).coverage();
            boolean rolledUp = false;
            Estimate result = estimate;
            for (Estimate part : parts) {
                rolledUp |= part.origin().equals(Estimate.ROLLED_UP);
                result = result.limitedTo(part.coverage(), rolledUp);
            }
            boolean told = estimate.value().isPresent()
                    || parts.stream().noneMatch(p -> p.reason().isPresent());
            limited.add(
                    told
                            ? result
                            : new Estimate(
                                    result.indicator(),
                                    result.breakdown(),
                                    result.region(),
                                    result.period(),
                                    result.value(),
                                    result.numerator(),
                                    result.denominator(),
                                    result.interval(),
                                    result.referenceYear(),
                                    result.origin(),
                                    result.status(),
                                    coverage,
                                    parts.stream()
                                            .filter(p -> p.reason().isPresent())
                                            .findFirst()
                                            .map(p -> p.indicator() + ": "
                                                    + p.reason().get()),
                                    result.vintage()));
        }
        return limited;
    }
}
