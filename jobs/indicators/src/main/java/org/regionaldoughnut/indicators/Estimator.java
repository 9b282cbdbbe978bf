package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.regionaldoughnut.indicators.formulas.Diversity;
import org.regionaldoughnut.indicators.formulas.Inequality;
import org.regionaldoughnut.indicators.symbiosis.Symbiosis;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Formula;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;

/** Values of one indicator for all regions and periods from the measures of its terms. */
final class Estimator {
    private final Indicator indicator;
    private final RegionTree tree;
    private final IntFunction<RollUp> rollUpOfYear;
    private final Conventions conventions;
    private final Optional<Formula> formula;
    private final Optional<List<String>> quotient;

    /** Terms that are figures as published, not sums. */
    private final List<String> published;

    /** The one term whose published figure is the value, and with it its interval. */
    private final Optional<String> figure;

    // of the value before: most are of the same period
    private String lastPeriod = "";
    private int lastReferenceYear;

    /**
     * @param leastPopulation share of the people a roll-up must stand for; below it is missing
     * @param nearestYears how far, in years, a further term may be from the first one's period
     */
    record Conventions(double leastPopulation, int nearestYears) {
        static final Conventions USUAL = new Conventions(0.8, 2);

        boolean tooFew(Coverage coverage) {
            return share(coverage) < leastPopulation;
        }

        String shortOf(Coverage coverage) {
            return String.format(
                    Locale.ROOT,
                    "the lower regions with a figure hold %.1f %% of the people, below the %.0f %% a roll-up needs",
                    share(coverage) * 100,
                    leastPopulation * 100);
        }

        private static double share(Coverage coverage) {
            return coverage.population() == Coverage.UNKNOWN ? coverage.regions() : coverage.population();
        }
    }

    /** @param peopleOfYear year to number of people by region */
    Estimator(Indicator indicator, RegionTree tree, IntFunction<Map<String, BigDecimal>> peopleOfYear) {
        this(indicator, tree, year -> new RollUp(tree, peopleOfYear.apply(year)), Conventions.USUAL);
    }

    /** @param rollUpOfYear year to the hierarchy with its people */
    Estimator(Indicator indicator, RegionTree tree, IntFunction<RollUp> rollUpOfYear, Conventions conventions) {
        this.indicator = indicator;
        this.tree = tree;
        this.rollUpOfYear = rollUpOfYear;
        this.conventions = conventions;
        this.formula = indicator.formula().map(Formula::of);
        this.quotient = formula.flatMap(Formula::quotient);
        this.published = indicator.terms().entrySet().stream()
                .filter(term -> term.getValue().aggregate() == Term.Aggregate.VALUE)
                .map(Map.Entry::getKey)
                .toList();
        this.figure = indicator
                .formula()
                .map(String::strip)
                .filter(only ->
                        indicator.terms().size() == 1 && indicator.terms().containsKey(only));
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
        int year = Estimate.year(period);
        terms.forEach((term, periods) -> {
            String match = periods.containsKey(period) || !indicator.nearestPeriod()
                    ? period
                    : periods.keySet().stream()
                            .filter(p -> Math.abs(Estimate.year(p) - year) <= conventions.nearestYears())
                            .min((a, b) -> Integer.compare(
                                    Math.abs(Estimate.year(a) - year), Math.abs(Estimate.year(b) - year)))
                            .orElse(period);
            if (periods.containsKey(match)) {
                own.put(term, periods.get(match));
            }
        });
        return own;
    }

    private List<Estimate> ofPeriod(String period, Map<String, Map<String, Measure>> own) {
        RollUp rollUp = rollUpOfYear.apply(Estimate.year(period));
        List<Estimate> estimates = new ArrayList<>();
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED) {
            return new WeightedMeans(indicator, tree, rollUp, formula.orElseThrow(), conventions).estimate(period, own);
        }
        RollUp.Nodes nodes = rollUp.roll(own, indicator.rollUp() == Indicator.RollUp.SUM);
        if (indicator.kind().amongRegions()) {
            estimates.addAll(new AmongRegions(indicator, tree)
                    .estimate(nodes, (region, node) -> value(period, region, node, refusal(node))));
        }
        nodes.forEachRegion((place, node) -> {
            String code = place.code();
            if (!place.isPlace()) {
                return;
            }
            if (node.measures().isEmpty()) {
                if (own.values().stream().anyMatch(regions -> regions.containsKey(code))) {
                    estimates.add(missing(indicator, period, code, own));
                }
            } else if (!indicator.kind().amongRegions()) {
                estimates.add(value(period, code, node, refusal(node)));
            }
        });
        return estimates;
    }

    /** Why the measures of a node are no figure of the region. */
    private Optional<String> refusal(RollUp.Node node) {
        Map<String, Measure> measures = node.measures();
        for (String term : published) {
            if (measures.get(term).distinct() > 1) {
                return Optional.of("the source gives several figures that contradict each other");
            }
        }
        if (node.incomplete().isPresent()) {
            return node.incomplete();
        }
        return !node.published() && conventions.tooFew(node.coverage())
                ? Optional.of(conventions.shortOf(node.coverage()))
                : Optional.empty();
    }

    private Estimate value(String period, String region, RollUp.Node node, Optional<String> refused) {
        Map<String, Measure> measures = node.measures();
        Coverage coverage = node.coverage();
        Optional<Double> value = refused.isPresent() ? Optional.empty() : compute(measures);
        Optional<String> reason = refused;
        if (value.isEmpty() && reason.isEmpty() && !indicator.kind().amongRegions()) {
            reason = Optional.of(
                    indicator.kind().overCodes()
                            ? "nothing above zero to take shares of"
                            : "the formula " + indicator.formula().orElse("") + " has no finite value, its terms are "
                                    + totals(measures));
        }
        Optional<Measure> stated = node.published() ? figure.map(measures::get) : Optional.empty();
        return new Estimate(
                indicator.id(),
                Estimate.TOTAL,
                region,
                period,
                value,
                quotient.map(q -> measures.get(q.get(0)).number()),
                quotient.map(q -> measures.get(q.get(1)).number()),
                stated.map(Measure::interval).orElse(Interval.NONE),
                referenceYear(period),
                node.published() ? Estimate.PUBLISHED : Estimate.ROLLED_UP,
                value.isPresent() || indicator.kind().amongRegions() && reason.isEmpty()
                        ? status(measures)
                        : ObsStatus.O,
                coverage,
                reason,
                vintage(measures));
    }

    private int referenceYear(String period) {
        if (!period.equals(lastPeriod)) {
            lastReferenceYear = referenceYear(indicator, period);
            lastPeriod = period;
        }
        return lastReferenceYear;
    }

    static int referenceYear(Indicator indicator, String period) {
        return indicator.referenceYear().orElseGet(() -> Estimate.referenceYear(period));
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
        boolean setAside = stated.stream().anyMatch(Measure::isSetAside);
        return new Estimate(
                indicator.id(),
                Estimate.TOTAL,
                region,
                period,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Interval.NONE,
                referenceYear(indicator, period),
                Estimate.PUBLISHED,
                shown,
                new Coverage(0, 0),
                Optional.of(
                        setAside
                                ? "quarantined: a figure was received, and a rule has removed it"
                                : "the source gives no figure (" + shown.title() + ")"),
                stated.stream().map(Measure::vintage).max(Instant::compareTo).orElse(Instant.EPOCH));
    }

    private Optional<Double> compute(Map<String, Measure> measures) {
        double value =
                switch (indicator.kind()) {
                    case FORMULA, GROWTH, DIFFERENCE, INDEX ->
                        formula.orElseThrow().value(name -> measures.get(name).number());
                    case ENTROPY -> Diversity.entropy(amounts(measures).values());
                    case HERFINDAHL -> Diversity.herfindahl(amounts(measures).values());
                    case UNRELATED_VARIETY -> Diversity.unrelatedVariety(amounts(measures), grouping()::groupOf);
                    case RELATED_VARIETY -> Diversity.relatedVariety(amounts(measures), grouping()::groupOf);
                    case GINI -> Inequality.gini(groups(measures));
                    case S80_S20 -> Inequality.s80s20(groups(measures));
                    case SYMBIOSIS_INTENSITY -> intensity(measures);
                    // these are computed from all regions together
                    case RELATIVE,
                            SYMBIOSIS_POTENTIAL,
                            FOOTPRINT,
                            KRUGMAN,
                            LOCATION_QUOTIENT,
                            ECONOMIC_COMPLEXITY,
                            PRODUCT_COMPLEXITY,
                            PROXIMITY,
                            DENSITY -> Double.NaN;
                };
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private double intensity(Map<String, Measure> measures) {
        List<Measure> terms = List.copyOf(measures.values());
        return new Symbiosis(indicator.method().exchanges())
                .intensityPercent(WasteAmounts.of("", terms.get(0)), WasteAmounts.of("", terms.get(1)));
    }

    private Method.Grouping grouping() {
        return indicator.method().groups().orElseThrow();
    }

    private static Map<String, Double> amounts(Map<String, Measure> measures) {
        return measures.values().iterator().next().amounts();
    }

    /** The second term counts the people of each group; without it every group has equally many. */
    private static List<Inequality.Group> groups(Map<String, Measure> measures) {
        List<Measure> terms = List.copyOf(measures.values());
        Map<String, Double> people = terms.size() > 1 ? terms.get(1).amounts() : Map.of();
        List<Inequality.Group> groups = new ArrayList<>();
        terms.get(0)
                .amounts()
                .forEach((code, amount) -> groups.add(
                        new Inequality.Group(terms.size() > 1 ? people.getOrDefault(code, 0.0) : 1, amount)));
        return groups;
    }

    private ObsStatus status(Map<String, Measure> measures) {
        ObsStatus strongest = ObsStatus.A;
        for (Measure measure : measures.values()) {
            strongest = strongest.and(measure.status());
        }
        return indicator.status().map(strongest::and).orElse(strongest);
    }

    static Map<String, Double> totals(Map<String, Measure> measures) {
        Map<String, Double> totals = new TreeMap<>();
        measures.forEach((term, measure) -> totals.put(term, measure.number()));
        return totals;
    }

    static Instant vintage(Map<String, Measure> measures) {
        Instant newest = Instant.EPOCH;
        for (Measure measure : measures.values()) {
            newest = measure.vintage().isAfter(newest) ? measure.vintage() : newest;
        }
        return newest;
    }
}
