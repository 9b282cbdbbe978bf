package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.office.StatisticsRules;

/**
 * Values of the whole catalogue, as rows of {@code statistics.indicators}: one aggregation for each harmonised table,
 * then years and, where years depend on each other, indicators side by side.
 */
final class Values {
    private static final int MOST_PARTITIONS = 200;
    private static final StructType UNITS =
            new StructType().add("cell", DataTypes.IntegerType).add("its_unit", DataTypes.StringType);

    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final Instant asOf;
    private final Plan plan;
    private final Set<Request> requests;
    private final Map<String, Optional<Integer>> acrossYears = new TreeMap<>();
    private final List<String> ofYears = new ArrayList<>();

    Values(Lake lake, Office office, RegionTree tree, Instant asOf) {
        this(lake, office, tree, asOf, office.catalogue().indicators().keySet());
    }

    /** @param ids the indicators wanted; those they are made of are computed with them */
    Values(Lake lake, Office office, RegionTree tree, Instant asOf, Set<String> ids) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.asOf = asOf;
        Set<String> series = new TreeSet<>();
        office.sources().values().forEach(source -> series.addAll(source.allSeries()));
        this.plan = Plan.of(office.catalogue().indicators(), ids, series);
        this.requests = plan.all();
        for (String id : plan.indicators().keySet()) {
            Optional<Integer> reach = plan.reach(id, office.statistics().nearestYears());
            if (reach.equals(Optional.of(0))) {
                ofYears.add(id);
            } else {
                acrossYears.put(id, reach);
            }
        }
        Collections.sort(ofYears);
    }

    Plan plan() {
        return plan;
    }

    /** The indicators that can be computed, and those that cannot. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>(plan.indicators().keySet());
        ids.addAll(plan.missing().keySet());
        return ids;
    }

    Set<Request> requests() {
        return requests;
    }

    /** What changes with the rows of some years. */
    ChangedYears changed(Set<Integer> years) {
        return new ChangedYears(years, acrossYears);
    }

    /** The rows that count now of each harmonised table the catalogue looks at. */
    Map<String, Dataset<Row>> inputs() {
        Set<String> tables = new TreeSet<>();
        requests.forEach(request -> tables.add(request.term().table()));
        office.population().ifPresent(population -> tables.add(population.table()));
        Map<String, Dataset<Row>> inputs = new TreeMap<>();
        Terms terms = new Terms(lake, asOf);
        tables.forEach(table -> terms.known(table).ifPresent(rows -> inputs.put(table, rows)));
        return inputs;
    }

    /** Number of people of each region, empty where the office has none. */
    People people() {
        int nearest = office.statistics().nearestYears();
        return office.population()
                .map(p -> {
                    Request request = Request.of(
                            new Term(
                                    p.table(),
                                    List.of(p.series()),
                                    p.where(),
                                    Term.Aggregate.SUM,
                                    "value",
                                    Optional.empty(),
                                    Optional.empty()),
                            p.series(),
                            Optional.empty());
                    return People.of(
                            new Terms(lake, asOf).collect(Set.of(request)).of(request, ""), nearest);
                })
                .orElse(new People(Map.of(), nearest));
    }

    /**
     * @param years what to compute; all where absent
     * @param run named in the rows
     */
    Dataset<Row> compute(People people, Optional<ChangedYears> years, String run) {
        Terms.Aggregates aggregates = new Terms(lake, asOf, table -> office.sourcesOf(table).stream()
                        .map(Source::id)
                        .toList())
                .aggregate(requests, table -> years.flatMap(changed -> read(table, changed)));
        if (aggregates.rows().isEmpty()) {
            return lake.spark().createDataFrame(List.of(), StatisticsTables.INDICATORS);
        }
        StatisticsRules rules = office.statistics();
        Work work = new Work(new Work.Given(
                plan,
                ofYears,
                List.copyOf(tree.regions()),
                people,
                new Estimator.Conventions(rules.leastPopulation(), rules.nearestYears()),
                aggregates.requests(),
                aggregates.cells(),
                aggregates.values(),
                run));
        Dataset<Row> units = lake.spark().createDataFrame(units(aggregates), UNITS);
        Dataset<Row> rows = aggregates
                .rows()
                .get()
                .join(broadcast(units), "cell")
                .withColumn("unit", coalesce(col("its_unit"), col("year").cast("string")));
        Dataset<Row> wanted =
                years.map(changed -> rows.where(changed.neededRows())).orElse(rows);
        List<Column> ordered = new ArrayList<>();
        Terms.Decoder.FIXED.forEach(name -> ordered.add(col(name)));
        for (int k = 0; k < aggregates.values().size(); k++) {
            Terms.Decoder.ofValue(k).forEach(name -> ordered.add(col(name)));
        }
        ordered.add(col("unit"));
        int partitions = Math.min(MOST_PARTITIONS, aggregates.years() + acrossYears.size());
        Dataset<Row> values = wanted.select(ordered.toArray(Column[]::new))
                .repartition(partitions, col("unit"))
                .sortWithinPartitions("unit")
                .mapPartitions(work, Encoders.row(StatisticsTables.INDICATORS));
        return years.map(changed -> values.where(changed.wholeValues())).orElse(values);
    }

    /** The years of a table that have to be read; empty for all. */
    private Optional<Set<Integer>> read(String table, ChangedYears changed) {
        Set<Integer> read = new TreeSet<>(changed.years());
        for (String id : acrossYears.keySet()) {
            if (plan.needed(id).stream()
                    .anyMatch(request -> request.term().table().equals(table))) {
                Optional<Set<Integer>> needed = changed.needed(id);
                if (needed.isEmpty()) {
                    return needed;
                }
                read.addAll(needed.get());
            }
        }
        return Optional.of(read);
    }

    /** The units a cell's rows go to: that of their year, and each indicator of all years that needs them. */
    private List<Row> units(Terms.Aggregates aggregates) {
        Set<Request> yearly = new HashSet<>();
        ofYears.forEach(id -> yearly.addAll(plan.needed(id)));
        List<Row> rows = new ArrayList<>();
        for (int cell = 0; cell < aggregates.cells().size(); cell++) {
            Set<Request> fed = new LinkedHashSet<>();
            aggregates
                    .cells()
                    .get(cell)
                    .requests()
                    .forEach(i -> fed.add(aggregates.requests().get(i)));
            if (fed.stream().anyMatch(yearly::contains)) {
                rows.add(RowFactory.create(cell, null));
            }
            for (String id : acrossYears.keySet()) {
                Set<Request> needed = plan.needed(id);
                if (fed.stream().anyMatch(needed::contains)) {
                    rows.add(RowFactory.create(cell, id));
                }
            }
        }
        return rows;
    }
}
