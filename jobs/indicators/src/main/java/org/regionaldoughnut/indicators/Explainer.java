package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;

/**
 * Tells how a figure came about: the formula with numbers, the regions whose figures were summed, and the received rows
 * behind them. Terms are read anew from the harmonised tables, so that an explanation can disagree with the table.
 */
public final class Explainer {
    private static final int NEAREST_YEARS = 2;
    private final Office office;
    private final RegionTree tree;
    private final Lake lake;
    private final TermRows rows;
    private final Instant asOf;
    private final Set<String> series = new TreeSet<>();

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    public Explainer(Lake lake, Office office, RegionTree tree, Instant asOf) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.rows = new TermRows(lake, asOf);
        this.asOf = asOf;
        office.sources().values().forEach(source -> series.addAll(source.allSeries()));
    }

    /**
     * @param period as in statistics.indicators, or a year; the newest with a value where absent
     * @param breakdown {@code _T} for the figure itself
     * @param most how many received rows are shown for each term
     * @throws DoughnutException for a region or period that has no row, with those that have
     */
    public Explanation explain(
            Indicator indicator, String region, Optional<String> period, String breakdown, int most) {
        StoredFigures figures = new StoredFigures(lake, office, tree, series);
        Region place = figures.region(region);
        boolean then = !asOf.equals(Instant.MAX);
        // figures of another time, and those that only all regions together give, are computed by the engine itself
        boolean whole = then || indicator.kind().amongRegions() || !breakdown.equals(Estimate.TOTAL);
        List<Row> computed = whole ? computed(indicator) : List.of();
        List<Row> found = then
                ? computed.stream()
                        .filter(row -> row.getAs("region").equals(region))
                        .toList()
                : figures.all(indicator, place);
        Row stored = figures.of(found, indicator, place, period, breakdown);
        String its = stored.getAs("period");
        List<Explanation.Part> parts = new ArrayList<>(parts(indicator, region, its, most));
        Map<String, Double> numbers = numbers(parts);
        Optional<String> with = indicator.formula().map(text -> Recomputation.inserted(text, numbers));
        Optional<Double> again = Recomputation.of(indicator, parts, numbers);
        Optional<String> other = otherPeriod(indicator, its);
        if (other.isPresent()) {
            List<Explanation.Part> earlier = parts(indicator, region, other.get(), most);
            Map<String, Double> before = numbers(earlier);
            Optional<Double> atBase = Recomputation.of(indicator, earlier, before);
            String base = indicator
                    .formula()
                    .map(text -> Recomputation.inserted(text, before))
                    .orElse("");
            String now = with.orElse("");
            with = Optional.of(
                    switch (indicator.kind()) {
                        case INDEX -> "(" + now + ") / (" + base + ") * 100";
                        case GROWTH -> "((" + now + ") / (" + base + ") - 1) * 100";
                        default -> "(" + now + ") - (" + base + ")";
                    });
            again = again.flatMap(n -> atBase.map(b -> switch (indicator.kind()) {
                case INDEX -> n / b * 100;
                case GROWTH -> (n / b - 1) * 100;
                default -> n - b;
            }));
            parts.addAll(earlier);
        }
        if (whole) {
            again = value(computed, region, its, breakdown);
        }
        Optional<Explanation.Comparison> comparison = Optional.empty();
        if (indicator.kind().amongRegions()) {
            Comparing comparing = comparing(indicator, place, its, computed);
            comparison = comparing.shares(region, place.level());
            with = indicator.kind() == Indicator.Kind.RELATIVE
                    ? with.map(own -> "(" + own + ") / (" + together(indicator, comparing) + ")")
                    : Optional.empty();
        }
        return new Explanation(
                indicator,
                region,
                place.name(),
                its,
                StoredFigures.read(stored),
                breakdown.equals(Estimate.TOTAL) ? with : Optional.empty(),
                again.filter(Double::isFinite),
                comparison,
                parts);
    }

    /** Rows of the indicator for all regions, from the harmonised rows as they were known. */
    private List<Row> computed(Indicator indicator) {
        Values values = new Values(lake, office, tree, asOf, Set.of(indicator.id()));
        values.checkUnits();
        Dataset<Row> computed = values.compute(Set.of(), "explain");
        return computed.where(col("indicator").equalTo(indicator.id())).collectAsList();
    }

    private static Optional<Double> value(List<Row> computed, String region, String period, String breakdown) {
        return computed.stream()
                .filter(row -> row.getAs("region").equals(region)
                        && row.getAs("period").equals(period)
                        && row.getAs("breakdown").equals(breakdown))
                .findFirst()
                .flatMap(row -> Optional.ofNullable(row.getAs("value")));
    }

    /** The measures of the regions of the same level that have a figure of the period. */
    private Comparing comparing(Indicator indicator, Region place, String period, List<Row> computed) {
        Set<String> with = new TreeSet<>();
        computed.stream()
                .filter(row -> row.getAs("period").equals(period) && row.getAs("value") != null)
                .forEach(row -> with.add(row.getAs("region")));
        Map<String, Request> requests = new LinkedHashMap<>();
        indicator.terms().forEach((name, term) -> seriesOf(term)
                .ifPresent(its -> requests.put(name, Request.of(term, its, indicator.over()))));
        Measures measures = new Terms(new Harmonised(lake, asOf, table -> List.of()))
                .collect(new LinkedHashSet<>(requests.values()));
        Map<String, Map<String, Measure>> own = new LinkedHashMap<>();
        requests.forEach((name, request) -> {
            Map<String, Map<String, Measure>> periods = measures.of(request, "");
            String its = indicator.nearestPeriod()
                    ? nearest(periods.keySet(), period).orElse(period)
                    : period;
            own.put(name, periods.getOrDefault(its, Map.of()));
        });
        RollUp rollUp = new RollUp(tree, people(Estimate.year(period)));
        Map<String, Map<String, Measure>> compared = new TreeMap<>();
        rollUp.roll(own, indicator.rollUp() == Indicator.RollUp.SUM).forEach((code, node) -> {
            boolean peer = tree.region(code).orElseThrow().level().equals(place.level());
            if (peer && with.contains(code) && node.measures().size() == own.size()) {
                compared.put(code, node.measures());
            }
        });
        return new Comparing(indicator, compared);
    }

    private static String together(Indicator indicator, Comparing comparing) {
        return Recomputation.inserted(indicator.formula().orElseThrow(), Estimator.totals(comparing.together()));
    }

    private Optional<String> otherPeriod(Indicator indicator, String period) {
        int year = Integer.parseInt(period.substring(0, 4));
        Optional<Integer> other =
                switch (indicator.kind()) {
                    case INDEX -> indicator.method().baseYear();
                    case GROWTH, DIFFERENCE ->
                        Optional.of(year - indicator.method().lag());
                    default -> Optional.empty();
                };
        return other.map(y -> y + period.substring(4));
    }

    private Optional<String> seriesOf(Term term) {
        return term.series().stream().filter(series::contains).findFirst();
    }

    /** The terms of one period, in the order of the definition. */
    private List<Explanation.Part> parts(Indicator indicator, String region, String period, int most) {
        int year = Integer.parseInt(period.substring(0, 4));
        Map<String, Term> terms = new LinkedHashMap<>();
        Map<String, Dataset<Row>> data = new HashMap<>();
        Map<String, String> matched = new LinkedHashMap<>();
        Map<String, Map<String, Measure>> own = new LinkedHashMap<>();
        Map<String, Explanation.Part> done = new HashMap<>();
        Set<String> below = below(region);
        List<Integer> years = indicator.nearestPeriod()
                ? IntStream.rangeClosed(year - NEAREST_YEARS, year + NEAREST_YEARS)
                        .boxed()
                        .toList()
                : List.of(year);
        indicator.terms().forEach((name, term) -> {
            if (term.indicator().isPresent()) {
                done.put(name, otherIndicator(name, term, region, period));
                return;
            }
            Optional<Dataset<Row>> found =
                    seriesOf(term).flatMap(s -> rows.of(term, s, indicator.over(), below, years));
            if (found.isEmpty()) {
                return;
            }
            boolean yearly = term.aggregate() == Term.Aggregate.MEAN;
            Map<String, Map<String, Measure>> byPeriod = TermRows.measures(found.get(), term.aggregate());
            String its = yearly ? period : nearest(byPeriod.keySet(), period).orElse(period);
            matched.put(name, its);
            data.put(
                    name,
                    found.get()
                            .where(
                                    yearly
                                            ? col("period").startsWith(its)
                                            : col("period").equalTo(its)));
            own.put(name, yearly ? mean(byPeriod, its) : byPeriod.getOrDefault(its, Map.of()));
            terms.put(name, term);
        });
        boolean additive = indicator.rollUp() != Indicator.RollUp.NONE;
        Map<String, RollUp.Node> nodes = new RollUp(tree, people(year)).roll(own, additive);
        Contributors contributors = new Contributors(tree, own, nodes);
        terms.forEach((name, term) -> {
            Set<String> from = contributors.of(region, name);
            Dataset<Row> its = data.get(name).where(col("region").isin(from.toArray()));
            done.put(name, part(name, term, indicator, matched.get(name), own.get(name), from, its, most));
        });
        return indicator.terms().keySet().stream()
                .map(done::get)
                .filter(part -> part != null)
                .toList();
    }

    private static Map<String, Measure> mean(Map<String, Map<String, Measure>> byPeriod, String year) {
        Map<String, List<Measure>> byRegion = new TreeMap<>();
        byPeriod.forEach((period, regions) -> {
            if (period.startsWith(year) && period.length() > 4) {
                regions.forEach((region, measure) ->
                        byRegion.computeIfAbsent(region, r -> new ArrayList<>()).add(measure));
            }
        });
        Map<String, Measure> means = new HashMap<>();
        byRegion.forEach((region, measures) -> {
            BigDecimal all = measures.stream().map(Measure::total).reduce(BigDecimal.ZERO, BigDecimal::add);
            Measure first = measures.get(0);
            BigDecimal mean = all.divide(BigDecimal.valueOf(measures.size()), java.math.MathContext.DECIMAL64);
            means.put(
                    region,
                    new Measure(
                            "",
                            ExactSum.of(mean),
                            measures.size(),
                            0,
                            1,
                            first.status(),
                            Interval.NONE,
                            first.vintage()));
        });
        return means;
    }

    private Explanation.Part part(
            String name,
            Term term,
            Indicator indicator,
            String period,
            Map<String, Measure> own,
            Set<String> from,
            Dataset<Row> its,
            int most) {
        List<Explanation.Amount> regions = from.stream()
                .map(code -> new Explanation.Amount(
                        code,
                        tree.region(code).map(Region::name).orElse(code),
                        own.get(code).number()))
                .sorted(greatestFirst())
                .toList();
        List<Explanation.Amount> codes = new ArrayList<>();
        if (indicator.over().isPresent() && !from.isEmpty()) {
            its.groupBy("code")
                    .agg(sum("v").as("v"))
                    .where("v is not null")
                    .collectAsList()
                    .forEach(row ->
                            codes.add(new Explanation.Amount(row.getString(0), row.getString(0), row.getDouble(1))));
            codes.sort(greatestFirst());
        }
        Optional<Double> value = from.isEmpty()
                ? Optional.empty()
                : Optional.of(from.stream()
                        .map(code -> own.get(code).total())
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue());
        long count = from.isEmpty() ? 0 : its.count();
        return new Explanation.Part(
                name,
                "harmonised." + term.table(),
                seriesOf(term).orElse(""),
                term.where(),
                term.aggregate().name().toLowerCase(java.util.Locale.ROOT),
                period,
                value,
                regions,
                codes,
                from.isEmpty() || most == 0 ? List.of() : rows.greatest(its, most),
                count);
    }

    private Explanation.Part otherIndicator(String name, Term term, String region, String period) {
        String id = term.indicator().orElseThrow();
        Optional<Row> row = lake.read(Indicators.INDICATORS).flatMap(all -> all
                .where(col("indicator")
                        .equalTo(id)
                        .and(col("region").equalTo(region))
                        .and(col("period").equalTo(period))
                        .and(col("breakdown").equalTo("_T")))
                .collectAsList()
                .stream()
                .findFirst());
        return new Explanation.Part(
                name,
                Indicators.INDICATORS.toString(),
                id,
                Optional.empty(),
                "indicator",
                period,
                row.flatMap(r -> Optional.ofNullable(r.<Double>getAs("value"))),
                List.of(),
                List.of(),
                List.of(),
                row.isPresent() ? 1 : 0);
    }

    /** The region and all below it. */
    private Set<String> below(String region) {
        Set<String> below = new LinkedHashSet<>(List.of(region));
        tree.children(region).forEach(child -> below.addAll(below(child.code())));
        return below;
    }

    private Map<String, BigDecimal> people(int year) {
        if (office.population().isEmpty()) {
            return Map.of();
        }
        Request request = Request.of(office.population().get());
        List<Integer> years = IntStream.rangeClosed(year - NEAREST_YEARS, year + NEAREST_YEARS)
                .boxed()
                .toList();
        List<String> codes = tree.regions().stream().map(Region::code).toList();
        Map<String, Map<String, Measure>> byPeriod = rows.of(
                        request.term(), request.series(), Optional.empty(), codes, years)
                .map(found -> TermRows.measures(found, Term.Aggregate.SUM))
                .orElse(Map.of());
        Map<String, BigDecimal> people = new HashMap<>();
        nearest(byPeriod.keySet(), Integer.toString(year))
                .ifPresent(period -> byPeriod.get(period).forEach((region, measure) -> {
                    if (measure.hasValue()) {
                        people.put(region, measure.total());
                    }
                }));
        return people;
    }

    private static Optional<String> nearest(Collection<String> periods, String period) {
        if (periods.contains(period)) {
            return Optional.of(period);
        }
        int year = Integer.parseInt(period.substring(0, 4));
        return periods.stream()
                .min(Comparator.comparingInt((String p) -> Math.abs(Integer.parseInt(p.substring(0, 4)) - year))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static Map<String, Double> numbers(List<Explanation.Part> parts) {
        Map<String, Double> numbers = new TreeMap<>();
        parts.forEach(part -> part.value().ifPresent(value -> numbers.put(part.name(), value)));
        return numbers;
    }

    private static Comparator<Explanation.Amount> greatestFirst() {
        return Comparator.comparingDouble((Explanation.Amount a) -> Math.abs(a.value()))
                .reversed()
                .thenComparing(Explanation.Amount::code);
    }
}
