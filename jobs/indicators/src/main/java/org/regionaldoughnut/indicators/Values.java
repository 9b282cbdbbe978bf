package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.office.StatisticsRules;
import scala.Tuple2;

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

    /**
     * What changes with the rows of some years.
     *
     * @param tables harmonised table to years whose rows have changed; none where all must be computed
     * @param all every year there are rows of
     */
    Optional<ChangedYears> changed(Optional<Map<String, Set<Integer>>> tables, People people, Set<Integer> all) {
        return tables.map(changed -> {
            Set<Integer> years = new TreeSet<>();
            changed.values().forEach(years::addAll);
            // every value may depend on how many people there are
            boolean peopleChanged = office.population()
                    .filter(population -> changed.containsKey(population.table()))
                    .isPresent();
            Set<String> indicators = peopleChanged ? ids() : lookingAt(changed.keySet());
            Map<String, Optional<Integer>> reaches = new TreeMap<>(acrossYears);
            reaches.keySet().retainAll(indicators);
            return new ChangedYears(
                    peopleChanged ? people.withYearsThatBorrow(years, all) : years, indicators, reaches);
        });
    }

    /** The indicators that look at one of these tables, with those they are made of. */
    private Set<String> lookingAt(Set<String> tables) {
        Set<String> looking = new TreeSet<>();
        for (String id : plan.indicators().keySet()) {
            if (plan.needed(id).stream()
                    .anyMatch(request -> tables.contains(request.term().table()))) {
                looking.addAll(plan.madeOf(id));
            }
        }
        return looking;
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
        return population()
                .map(request ->
                        People.of(new Terms(lake, asOf).collect(Set.of(request)).of(request, ""), nearest))
                .orElse(new People(Map.of(), nearest));
    }

    /**
     * Rows of {@code statistics.indicators}.
     *
     * @param years what to compute; all where absent. Of indicators that reach over years, values come with them that are
     *     not whole
     * @param known the years there are rows of, as far as that is known
     * @param run named in the rows
     */
    JavaRDD<InternalRow> rows(People people, Optional<ChangedYears> years, Set<Integer> known, String run) {
        List<String> across = List.copyOf(acrossYears.keySet());
        int cores = lake.spark().sparkContext().defaultParallelism();
        int computed = years.map(changed -> changed.years().size()).orElse(known.isEmpty() ? cores : known.size());
        // few years are divided, so that every core has work
        List<List<String>> slices = slices(years.isEmpty() ? 1 : (cores + computed - 1) / Math.max(1, computed));
        // indicators that reach over years may need the people of any
        People needed = years.filter(changed -> across.isEmpty())
                .map(changed -> people.around(changed.years()))
                .orElse(people);
        SideBySide.Two<Terms.Stated, Broadcast<Portable<Work.Given>>> first = SideBySide.two(
                () -> new Terms(lake, asOf, this::sourcesOf, this::seriesOf)
                        .stated(requests, table -> years.flatMap(changed -> read(table, changed))),
                () -> given(slices, across, needed, run));
        Terms.Stated stated = first.one();
        if (stated.parts().isEmpty()) {
            return JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
                    .emptyRDD();
        }
        Dispatch dispatch = new Dispatch(
                Math.min(MOST_PARTITIONS, Math.max(1, computed * slices.size())),
                Math.min(cores, across.size()),
                across.size(),
                slices.size(),
                needed(stated.requests(), slices, across),
                years.map(changed -> yearsOfUnits(changed, across)).orElse(Map.of()));
        Work work = new Work(first.other(), stated.values(), dispatch);
        boolean manyYears = slices.size() == 1 && computed >= 2 * cores;
        return estimates(stated, dispatch, work, manyYears);
    }

    /** The same without values that are not whole. */
    JavaRDD<InternalRow> wholeRows(People people, ChangedYears changed, Set<Integer> known, String run) {
        JavaRDD<InternalRow> rows = rows(people, Optional.of(changed), known, run);
        return changed.reaches().isEmpty()
                ? rows
                : dataset(rows)
                        .where(changed.wholeValues())
                        .queryExecution()
                        .toRdd()
                        .toJavaRDD();
    }

    /** Every value of now, as a dataset. */
    Dataset<Row> compute(People people, Set<Integer> known, String run) {
        return dataset(rows(people, Optional.empty(), known, run));
    }

    private Dataset<Row> dataset(JavaRDD<InternalRow> rows) {
        return lake.spark().internalCreateDataFrame(rows.rdd(), StatisticsTables.INDICATORS, false);
    }

    private Broadcast<Portable<Work.Given>> given(
            List<List<String>> slices, List<String> across, People people, String run) {
        StatisticsRules rules = office.statistics();
        return JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
                .broadcast(Portable.of(new Work.Given(
                        plan,
                        slices,
                        across,
                        List.copyOf(tree.regions()),
                        people,
                        new Estimator.Conventions(rules.leastPopulation(), rules.nearestYears()),
                        List.copyOf(requests),
                        run)));
    }

    /** @param byYear whether there are so many years that their rows can be read where they are computed */
    private JavaRDD<InternalRow> estimates(Terms.Stated stated, Dispatch dispatch, Work work, boolean byYear) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        for (int i = 0; byYear && i < stated.parts().size(); i++) {
            Terms.Part part = stated.parts().get(i);
            Optional<Scan> scan = dispatch.isOfYears(part.matching().requests()) ? part.scan() : Optional.empty();
            Optional<JavaRDD<ColumnarBatch>> files = scan.flatMap(its -> its.byYear(dispatch));
            if (files.isPresent()) {
                Work.InPlace inPlace = new Work.InPlace(i, scan.get(), part.matching());
                return stated.bundles(dispatch, Optional.of(i)).stream()
                        .reduce(JavaPairRDD::union)
                        .orElseGet(
                                () -> spark.<Tuple2<Integer, byte[]>>emptyRDD().mapToPair(bundle -> bundle))
                        .repartitionAndSortWithinPartitions(dispatch)
                        .zipPartitions(files.get(), (bundles, batches) -> work.estimates(bundles, inPlace, batches));
            }
        }
        return stated.bundles(dispatch, Optional.empty()).stream()
                .reduce(JavaPairRDD::union)
                .orElseThrow()
                .repartitionAndSortWithinPartitions(dispatch)
                .mapPartitions(work::estimates);
    }

    /**
     * What the years of a table hold.
     *
     * @param rows those that count now
     */
    SortedMap<Integer, Survey.Content> survey(String table, Dataset<Row> rows) {
        List<Request> all = surveyed();
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).term().table().equals(table)) {
                own.add(i);
            }
        }
        return Survey.of(rows, all, own);
    }

    /** Units name requests by their number in this list. */
    private List<Request> surveyed() {
        List<Request> all = new ArrayList<>(requests);
        population().ifPresent(all::add);
        return all;
    }

    /** @throws DoughnutException where figures that are to be added are in several units */
    void checkUnits(Collection<Survey.Content> contents) {
        Denominations denominations = new Denominations(surveyed());
        contents.forEach(content -> denominations.met(content.units()));
    }

    /** The same of all rows that count now. */
    void checkUnits() {
        inputs().forEach((table, rows) -> checkUnits(survey(table, rows).values()));
    }

    private Optional<Request> population() {
        return office.population().map(Request::of);
    }

    private List<String> sourcesOf(String table) {
        return office.sourcesOf(table).stream().map(Source::id).toList();
    }

    private Set<String> seriesOf(String table) {
        Set<String> series = new TreeSet<>();
        office.sourcesOf(table).forEach(source -> series.addAll(source.allSeries()));
        return series;
    }

    /** The indicators of a year in parts that can be computed side by side, each in their order. */
    private List<List<String>> slices(int most) {
        int size = Math.max(1, (ofYears.size() + most - 1) / most);
        List<List<String>> slices = new ArrayList<>();
        for (int first = 0; first < ofYears.size(); first += size) {
            slices.add(List.copyOf(ofYears.subList(first, Math.min(ofYears.size(), first + size))));
        }
        return slices.isEmpty() ? List.of(List.of()) : slices;
    }

    private Map<Integer, Set<Integer>> yearsOfUnits(ChangedYears changed, List<String> across) {
        Map<Integer, Set<Integer>> years = new HashMap<>();
        years.put(Dispatch.OF_YEAR, new HashSet<>(changed.years()));
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

    /** By request: the slices of its year that need it, and each indicator of all years. */
    private int[][] needed(List<Request> all, List<List<String>> slices, List<String> across) {
        Map<Request, Set<Integer>> needed = new HashMap<>();
        for (int slice = 0; slice < slices.size(); slice++) {
            for (String id : slices.get(slice)) {
                for (Request request : plan.needed(id)) {
                    needed.computeIfAbsent(request, r -> new TreeSet<>()).add(slice);
                }
            }
        }
        for (int i = 0; i < across.size(); i++) {
            for (Request request : plan.needed(across.get(i))) {
                needed.computeIfAbsent(request, r -> new TreeSet<>()).add(-i - 1);
            }
        }
        return all.stream()
                .map(request -> needed.getOrDefault(request, Set.of()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }
}
