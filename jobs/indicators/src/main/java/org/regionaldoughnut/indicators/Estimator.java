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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;

/** Values of one indicator for all regions and periods from the measures of its terms. */
final class Estimator {
    /** A roll-up that stands for less of the people is missing (convention, see the methodology in the README). */
    private static final double LEAST_POPULATION = 0.8;

    /** How far, in years, a further term may be from the first one's period. */
    private static final int NEAREST_YEARS = 2;

    private final Indicator indicator;
    private final RegionTree tree;
    private final IntFunction<Map<String, BigDecimal>> peopleOfYear;
    private final Optional<Formula> formula;

    /** @param peopleOfYear year to number of people by region */
    Estimator(Indicator indicator, RegionTree tree, IntFunction<Map<String, BigDecimal>> peopleOfYear) {
        this.indicator = indicator;
        this.tree = tree;
        this.peopleOfYear = peopleOfYear;
        this.formula = indicator.formula().map(text -> new Formula(indicator.id(), text));
    }

    /** @param terms term to period to region to measure, in the order of the definition */
    List<Estimate> estimate(Map<String, Map<String, Map<String, Measure>>> terms) {
        List<Estimate> estimates = new ArrayList<>();
        for (String period : terms.values().iterator().next().keySet()) {
            Map<String, Map<String, Measure>> own = at(period, terms);
            if (own.size() == terms.size()) {
                estimates.addAll(ofPeriod(period, own));
            }
        }
        return estimates;
    }

    private Map<String, Map<String, Measure>> at(String period, Map<String, Map<String, Map<String, Measure>>> terms) {
        Map<String, Map<String, Measure>> own = new LinkedHashMap<>();
        int year = year(period);
        terms.forEach((term, periods) -> {
            String match = periods.containsKey(period) || !indicator.nearestPeriod()
                    ? period
                    : periods.keySet().stream()
                            .filter(p -> Math.abs(year(p) - year) <= NEAREST_YEARS)
                            .min((a, b) -> Integer.compare(Math.abs(year(a) - year), Math.abs(year(b) - year)))
                            .orElse(period);
            if (periods.containsKey(match)) {
                own.put(term, periods.get(match));
            }
        });
        return own;
    }

    private List<Estimate> ofPeriod(String period, Map<String, Map<String, Measure>> own) {
        RollUp rollUp = new RollUp(tree, peopleOfYear.apply(year(period)));
        List<Estimate> estimates = new ArrayList<>();
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED) {
            return new WeightedMeans(indicator, tree, rollUp, formula.orElseThrow()).estimate(period, own);
        }
        Set<String> mentioned = new TreeSet<>();
        own.values().forEach(regions -> mentioned.addAll(regions.keySet()));
        rollUp.roll(own, indicator.rollUp() == Indicator.RollUp.SUM).forEach((code, node) -> {
            Region region = tree.region(code).orElseThrow();
            if (!region.isPlace()) {
                return;
            }
            if (!node.measures().isEmpty()) {
                estimates.add(value(period, code, node));
            } else if (mentioned.contains(code)) {
                estimates.add(missing(indicator, period, code, own));
            }
        });
        return estimates;
    }

    private Estimate value(String period, String region, RollUp.Node node) {
        Map<String, Measure> measures = node.measures();
        Coverage coverage = node.coverage();
        Optional<String> reason = node.incomplete();
        boolean contradictory = indicator.terms().entrySet().stream()
                .anyMatch(term -> term.getValue().aggregate() == Term.Aggregate.VALUE
                        && measures.get(term.getKey()).distinct() > 1);
        if (contradictory) {
            reason = Optional.of("the source gives several figures that contradict each other");
        } else if (reason.isEmpty() && !node.published() && tooFew(coverage)) {
            reason = Optional.of(shortOf(coverage));
        }
        Optional<Double> value = reason.isPresent() ? Optional.empty() : compute(measures);
        if (value.isEmpty() && reason.isEmpty()) {
            reason = Optional.of("the formula " + indicator.formula().orElse("")
                    + " has no finite value, its terms are " + totals(measures));
        }
        List<String> names = List.copyOf(measures.keySet());
        boolean quotient = names.size() == 2
                && indicator.kind() == Indicator.Kind.FORMULA
                && indicator.formula().filter(f -> f.contains("/")).isPresent();
        Measure only = measures.get(names.get(0));
        boolean interval = names.size() == 1
                && node.published()
                && indicator
                        .formula()
                        .filter(f -> f.strip().equals(names.get(0)))
                        .isPresent();
        return new Estimate(
                indicator.id(),
                region,
                period,
                value,
                quotient ? Optional.of(only.total().doubleValue()) : Optional.empty(),
                quotient ? Optional.of(measures.get(names.get(1)).total().doubleValue()) : Optional.empty(),
                interval ? only.lower() : Optional.empty(),
                interval ? only.upper() : Optional.empty(),
                interval ? only.confidenceLevel() : Optional.empty(),
                indicator.referenceYear().orElse(year(period)),
                node.published() ? "published" : "rolled_up",
                value.isPresent() ? status(measures) : ObsStatus.O,
                coverage,
                reason,
                vintage(measures));
    }

    /** What stands for a region that the source mentions without a figure. */
    static Estimate missing(Indicator indicator, String period, String region, Map<String, Map<String, Measure>> own) {
        List<Measure> stated = own.values().stream()
                .map(regions -> regions.get(region))
                .filter(measure -> measure != null)
                .toList();
        ObsStatus status = ObsStatus.strongest(stated.stream()
                .filter(measure -> !measure.hasValue())
                .map(Measure::status)
                .toList());
        ObsStatus shown = status == ObsStatus.A ? ObsStatus.O : status;
        return new Estimate(
                indicator.id(),
                region,
                period,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                indicator.referenceYear().orElse(year(period)),
                "published",
                shown,
                new Coverage(0, 0),
                Optional.of("the source gives no figure (" + shown.title() + ")"),
                stated.stream().map(Measure::vintage).max(Instant::compareTo).orElse(Instant.EPOCH));
    }

    private Optional<Double> compute(Map<String, Measure> measures) {
        return switch (indicator.kind()) {
            case FORMULA -> formula.orElseThrow().value(totals(measures));
            case ENTROPY -> finite(Diversity.entropy(first(measures).parts().values()));
            case HERFINDAHL ->
                finite(Diversity.herfindahl(first(measures).parts().values()));
            default -> Optional.empty();
        };
    }

    private static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static Measure first(Map<String, Measure> measures) {
        return measures.values().iterator().next();
    }

    private ObsStatus status(Map<String, Measure> measures) {
        ObsStatus strongest = ObsStatus.strongest(
                measures.values().stream().map(Measure::status).toList());
        return indicator.status().map(strongest::and).orElse(strongest);
    }

    static Map<String, BigDecimal> totals(Map<String, Measure> measures) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        measures.forEach((term, measure) -> totals.put(term, measure.total().round(MathContext.UNLIMITED)));
        return totals;
    }

    static Instant vintage(Map<String, Measure> measures) {
        return measures.values().stream()
                .map(Measure::vintage)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    static boolean tooFew(Coverage coverage) {
        return (coverage.population() == Coverage.UNKNOWN ? coverage.regions() : coverage.population())
                < LEAST_POPULATION;
    }

    static String shortOf(Coverage coverage) {
        double share = coverage.population() == Coverage.UNKNOWN ? coverage.regions() : coverage.population();
        return String.format(
                java.util.Locale.ROOT,
                "the lower regions with a figure hold %.1f %% of the people, below the %.0f %% a roll-up needs",
                share * 100,
                LEAST_POPULATION * 100);
    }

    static int year(String period) {
        return Integer.parseInt(period.substring(0, 4));
    }
}
