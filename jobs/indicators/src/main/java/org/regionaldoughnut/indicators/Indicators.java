package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.StatisticsRules;

/**
 * Computes the catalogue of an office: {@code statistics.indicators}, and from it {@code statistics.doughnut}, {@code
 * trends}, {@code windows} and {@code groups}. Where only some harmonised rows have changed since the last time, only values
 * of their years are computed again, and of these only such as they feed.
 */
public final class Indicators {
    public static final Table INDICATORS = new Table("statistics", "indicators");
    public static final Table DOUGHNUT = new Table("statistics", "doughnut");
    public static final Table TRENDS = new Table("statistics", "trends");
    public static final Table WINDOWS = new Table("statistics", "windows");
    public static final Table GROUPS = new Table("statistics", "groups");

    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final Instant asOf;
    private final ValuesTable table;

    /** @param asOf figures as they were known then; {@link Instant#MAX} for the current ones */
    public Indicators(Lake lake, Office office, RegionTree tree, Instant asOf) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.asOf = asOf;
        Set<String> shown = shown().stream().map(Region::code).collect(Collectors.toSet());
        this.table =
                new ValuesTable(lake, shown.size() == tree.regions().size() ? Optional.empty() : Optional.of(shown));
    }

    /**
     * @param terms aggregates that the catalogue asks for
     * @param values rows of statistics.indicators
     * @param places rows of statistics.doughnut
     * @param years the years whose values were computed again; all where absent
     */
    public record Result(int terms, long values, long places, long deltaVersion, Optional<Set<Integer>> years) {}

    /**
     * Brings all tables up to date.
     *
     * @param program identity of the program: values of another program are computed again
     */
    public Result compute(String run, String program, Write write) {
        Values values = new Values(lake, office, tree, asOf);
        // people are counted while little else is to be done: whatever has changed needs them
        Inputs inputs = SideBySide.two(
                        values::people, () -> Inputs.of(lake, values.inputs(), values::survey, method(program), asOf))
                .other();
        values.checkUnits(inputs.fed());
        Optional<ChangedYears> changed = lake.exists(INDICATORS) ? values.changed(inputs) : Optional.empty();
        if (changed.isEmpty()) {
            table.replaceAll(values.rows(values::people, changed, inputs.years(), run), write);
        } else if (!changed.get().years().isEmpty()) {
            Values touched = values.only(changed.get().indicators());
            Set<String> kept = new TreeSet<>(values.ids());
            kept.removeAll(touched.ids());
            table.replace(
                    touched.wholeRows(values::people, changed.get(), inputs.years(), run),
                    changed.get().replaced(values.ids()),
                    changed.get().rewritten(),
                    kept,
                    write);
        }
        // the values are written: what they were computed from is remembered while views are
        long places = views(values, run, write, () -> inputs.keep(write));
        return new Result(
                values.requests().size(),
                lake.count(INDICATORS),
                places,
                lake.version(INDICATORS),
                changed.map(ChangedYears::years));
    }

    /**
     * Computes some indicators anew, with those they are made of. The others stay as they are, and years that have
     * changed stay due for {@link #compute}.
     *
     * @throws DoughnutException where nothing was computed before
     */
    public Result computeOnly(Set<String> ids, String run, Write write) {
        if (!lake.exists(INDICATORS)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot compute only " + String.join(", ", new TreeSet<>(ids)) + ": there is no table " + INDICATORS
                            + " yet. Compute all of them first, with 'doughnut indicators'.");
        }
        Values values = new Values(lake, office, tree, asOf, ids);
        values.checkUnits();
        table.replace(
                values.rows(values::people, Optional.empty(), Set.of(), run),
                Optional.of(col("indicator").isin(values.ids().toArray())),
                Optional.empty(),
                Set.of(),
                write);
        long places = views(new Values(lake, office, tree, asOf), run, write, () -> {});
        return new Result(
                values.requests().size(), lake.count(INDICATORS), places, lake.version(INDICATORS), Optional.empty());
    }

    /** All that decides what values are, beside the rows they are made of. */
    private String method(String program) {
        StatisticsRules rules = office.statistics();
        return Hash.of(List.of(
                program,
                office.catalogue().indicators().toString(),
                office.population().toString(),
                office.sources().values().stream()
                        .map(source -> source.allSeries().toString())
                        .collect(Collectors.joining()),
                rules.leastPopulation() + "/" + rules.nearestYears(),
                List.copyOf(tree.regions()).toString(),
                asOf.toString()));
    }

    /**
     * Everything that is seen through frameworks and boundary sets.
     *
     * @param meanwhile done beside it
     */
    private long views(Values values, String run, Write write, Runnable meanwhile) {
        Catalogue catalogue = office.catalogueInFrameworks();
        StatisticsRules rules = office.statistics();
        List<Region> all = shown();
        Series series = series(values.plan(), all);
        Function<String, List<Catalogue.BoundarySet>> sets = framework -> office.boundarySetsOf(framework).stream()
                .map(id -> catalogue.boundarySets().get(id))
                .toList();
        List<Row> places = new Doughnuts(catalogue, tree, rules)
                .place(series, sets, office.years(), office.levels()).stream()
                        .map(place -> StatisticsTables.row(place, run))
                        .toList();
        Percentages percentages = new Percentages(catalogue, series, rules);
        List<Percentages.Judged> judged = percentages.judged(sets);
        List<Region> shown = Percentages.regions(tree, office.levels());
        List<Callable<Void>> writes = new ArrayList<>();
        writes.add(() -> {
            meanwhile.run();
            return null;
        });
        writes.add(() -> written(DOUGHNUT, places, StatisticsTables.DOUGHNUT, write, ValuesTable.LAYOUT));
        writes.add(() -> written(
                TRENDS,
                new Trends(rules).rows(percentages, judged, shown, run),
                Trends.TABLE,
                write,
                ValuesTable.BY_INDICATOR));
        if (!rules.windows().isEmpty() || lake.exists(WINDOWS)) {
            List<Row> windows = Windows.rows(percentages, judged, shown, rules.windows(), run);
            writes.add(() -> written(WINDOWS, windows, Windows.TABLE, write, ValuesTable.BY_INDICATOR));
        }
        if (!rules.groups().isEmpty() || lake.exists(GROUPS)) {
            Groups groups = new Groups(
                    percentages, rules, year -> new RollUp(tree, values.people().in(year)));
            writes.add(() -> written(
                    GROUPS,
                    groups.rows(judged, all, office.years(), run),
                    Groups.TABLE,
                    write,
                    ValuesTable.BY_INDICATOR));
        }
        SideBySide.all(writes);
        return places.size();
    }

    /** The regions that frameworks and groups look at. */
    private List<Region> shown() {
        Set<String> levels = new TreeSet<>(office.levels());
        office.statistics().groups().forEach(grouping -> levels.add(grouping.level()));
        return Percentages.regions(tree, List.copyOf(levels));
    }

    /** The estimates of the regions shown, and at which levels indicators have figures at all. */
    private Series series(Plan plan, List<Region> regions) {
        Set<String> codes = regions.stream().map(Region::code).collect(Collectors.toSet());
        Series series = new Series(StoredValues.of(codes, table.shown()), tree, plan.missing());
        // where there are figures at every level shown, nobody asks for others
        Set<String> shown = regions.stream().map(Region::level).collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>(plan.indicators().keySet());
        asked.removeIf(id -> series.levels(id).containsAll(shown));
        Map<String, String> levelOf = new HashMap<>();
        for (Region region : tree.regions()) {
            if (!shown.contains(region.level())) {
                levelOf.put(region.code(), region.level());
            }
        }
        if (!asked.isEmpty() && !levelOf.isEmpty()) {
            StoredValues.levels(asked, levelOf, table.all())
                    .forEach((id, levels) -> levels.forEach(level -> series.knowsLevel(id, level)));
        }
        return series;
    }

    private Void written(Table table, List<Row> rows, StructType schema, Write write, TableOption... layout) {
        lake.replaceAll(table, rows, schema, write, layout);
        return null;
    }
}
