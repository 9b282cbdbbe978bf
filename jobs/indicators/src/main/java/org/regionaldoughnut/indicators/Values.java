package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
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
        Terms.Stated stated = new Terms(lake, asOf, table -> office.sourcesOf(table).stream()
                        .map(Source::id)
                        .toList())
                .stated(requests, table -> years.flatMap(changed -> read(table, changed)));
        if (stated.rows().isEmpty()) {
            return lake.spark().createDataFrame(List.of(), StatisticsTables.INDICATORS);
        }
        StatisticsRules rules = office.statistics();
        List<String> across = List.copyOf(acrossYears.keySet());
        Work work = new Work(new Work.Given(
                plan,
                ofYears,
                across,
                List.copyOf(tree.regions()),
                people,
                new Estimator.Conventions(rules.leastPopulation(), rules.nearestYears()),
                stated.requests(),
                stated.cells(),
                stated.values(),
                run));
        Gathering gathering = new Gathering(
                stated.values().size(),
                units(stated, across),
                years.map(changed -> yearsOfUnits(changed, across)).orElse(Map.of()));
        int partitions = Math.min(MOST_PARTITIONS, stated.years() + across.size());
        JavaRDD<InternalRow> rows = stated.bundles(gathering)
                .repartitionAndSortWithinPartitions(new Units(partitions, across.size()))
                .mapPartitions(work);
        Dataset<Row> values = lake.spark().internalCreateDataFrame(rows.rdd(), StatisticsTables.INDICATORS, false);
        return years.map(changed -> values.where(changed.wholeValues())).orElse(values);
    }

    /** Units side by side: those of indicators first, years after them. */
    private static final class Units extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;
        private final int across;

        Units(int partitions, int across) {
            this.partitions = partitions;
            this.across = across;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object unit) {
            int number = (Integer) unit;
            return Math.floorMod(number < 0 ? -number - 1 : across + number, partitions);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Units units && units.partitions == partitions && units.across == across;
        }

        @Override
        public int hashCode() {
            return 31 * partitions + across;
        }
    }

    private Map<Integer, Set<Integer>> yearsOfUnits(ChangedYears changed, List<String> across) {
        Map<Integer, Set<Integer>> years = new HashMap<>();
        years.put(Gathering.OF_YEAR, new HashSet<>(changed.years()));
        for (int i = 0; i < across.size(); i++) {
            int unit = -i - 1;
            changed.needed(across.get(i)).ifPresent(needed -> years.put(unit, new HashSet<>(needed)));
        }
        return years;
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

    /** The units that a cell's rows go to: that of their year, and each indicator of all years that needs them. */
    private int[][] units(Terms.Stated stated, List<String> across) {
        Set<Request> yearly = new HashSet<>();
        ofYears.forEach(id -> yearly.addAll(plan.needed(id)));
        List<Set<Request>> needed = across.stream().map(plan::needed).toList();
        int[][] units = new int[stated.cells().size()][];
        for (int cell = 0; cell < units.length; cell++) {
            Set<Request> fed = new HashSet<>();
            stated.cells()
                    .get(cell)
                    .requests()
                    .forEach(i -> fed.add(stated.requests().get(i)));
            List<Integer> its = new ArrayList<>();
            if (fed.stream().anyMatch(yearly::contains)) {
                its.add(Gathering.OF_YEAR);
            }
            for (int i = 0; i < across.size(); i++) {
                if (fed.stream().anyMatch(needed.get(i)::contains)) {
                    its.add(-i - 1);
                }
            }
            units[cell] = its.stream().mapToInt(Integer::intValue).toArray();
        }
        return units;
    }
}
