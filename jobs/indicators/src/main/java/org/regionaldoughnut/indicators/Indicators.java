package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Office;

/** Computes the catalogue of an office: {@code statistics.indicators} and {@code statistics.doughnut}. */
public final class Indicators {
    public static final Table INDICATORS = new Table("statistics", "indicators");
    public static final Table DOUGHNUT = new Table("statistics", "doughnut");

    private static final int NEAREST_YEARS = 2;
    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final Instant asOf;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    public Indicators(Lake lake, Office office, RegionTree tree, Instant asOf) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.asOf = asOf;
    }

    /**
     * @param terms aggregates that the catalogue asks for
     * @param values rows of statistics.indicators
     * @param places rows of statistics.doughnut
     */
    public record Result(int terms, long values, long places, long deltaVersion) {}

    /** Computes all and replaces both tables. */
    public Result compute(String run, Write write) {
        Catalogue catalogue = office.catalogue();
        Set<String> series = new TreeSet<>();
        office.sources().values().forEach(source -> series.addAll(source.allSeries()));
        Map<Indicator, Map<String, Terms.Request>> wanted = new LinkedHashMap<>();
        Set<Terms.Request> requests = new LinkedHashSet<>();
        for (Indicator indicator : catalogue.indicators().values()) {
            Map<String, Terms.Request> own = requests(indicator, series);
            if (own.size() == indicator.terms().size()) {
                wanted.put(indicator, own);
                requests.addAll(own.values());
            }
        }
        Optional<Terms.Request> population = office.population()
                .map(p -> new Terms.Request(
                        new Term(
                                p.table(),
                                List.of(p.series()),
                                p.where(),
                                Term.Aggregate.SUM,
                                "value",
                                Optional.empty(),
                                Optional.empty()),
                        p.series(),
                        Optional.empty()));
        population.ifPresent(requests::add);

        Map<Terms.Request, Map<String, Map<String, Measure>>> measures = new Terms(lake, asOf).compute(requests);
        PeopleByYear people = new PeopleByYear(population.map(measures::get).orElse(Map.of()));
        List<Estimate> estimates = new ArrayList<>();
        wanted.forEach((indicator, own) -> {
            Map<String, Map<String, Map<String, Measure>>> terms = new LinkedHashMap<>();
            own.forEach((name, request) -> terms.put(name, measures.get(request)));
            estimates.addAll(new Estimator(indicator, tree, people::of).estimate(terms));
        });
        List<Doughnuts.Place> places = new Doughnuts(catalogue.in(office.frameworks()), tree)
                .place(estimates, catalogue.boundarySets().get(office.boundarySet()), office.years(), office.levels());

        List<Row> values = estimates.stream()
                .map(e -> StatisticsTables.row(
                        e, catalogue.indicator(e.indicator()).unit(), run))
                .toList();
        write(INDICATORS, values, StatisticsTables.INDICATORS, write);
        write(
                DOUGHNUT,
                places.stream().map(place -> StatisticsTables.row(place, run)).toList(),
                StatisticsTables.DOUGHNUT,
                write);
        return new Result(requests.size(), values.size(), places.size(), lake.version(INDICATORS));
    }

    private void write(Table table, List<Row> rows, StructType schema, Write write) {
        lake.replace(
                table,
                lake.spark().createDataFrame(rows, schema).coalesce(1),
                null,
                write,
                TableOption.partitionedBy("year"),
                TableOption.statisticsOn("indicator", "region", "period"));
    }

    /** The terms the office has a series for; of several series the first it has. */
    private static Map<String, Terms.Request> requests(Indicator indicator, Set<String> series) {
        Map<String, Terms.Request> requests = new LinkedHashMap<>();
        indicator.terms().forEach((name, term) -> term.series().stream()
                .filter(series::contains)
                .findFirst()
                .ifPresent(first -> requests.put(name, new Terms.Request(term, first, indicator.over()))));
        return requests;
    }

    /** Number of people by region in a year, or in the nearest one at most two years away. */
    private static final class PeopleByYear {
        private final Map<Integer, Map<String, BigDecimal>> byYear = new TreeMap<>();
        private final Map<Integer, Map<String, BigDecimal>> nearest = new HashMap<>();

        PeopleByYear(Map<String, Map<String, Measure>> population) {
            population.forEach((period, regions) -> {
                Map<String, BigDecimal> people =
                        byYear.computeIfAbsent(Integer.parseInt(period.substring(0, 4)), y -> new HashMap<>());
                regions.forEach((region, measure) -> {
                    if (measure.hasValue()) {
                        people.put(region, measure.total());
                    }
                });
            });
        }

        Map<String, BigDecimal> of(int year) {
            return nearest.computeIfAbsent(year, wanted -> byYear.keySet().stream()
                    .filter(y -> Math.abs(y - wanted) <= NEAREST_YEARS)
                    .min((a, b) -> Integer.compare(Math.abs(a - wanted), Math.abs(b - wanted)))
                    .map(byYear::get)
                    .orElse(Map.of()));
        }
    }
}
