package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.validate.History;
import org.regionaldoughnut.validate.KeptState;
import org.regionaldoughnut.validate.Metric;
import org.regionaldoughnut.validate.Metrics;
import org.regionaldoughnut.validate.Outcome;
import org.regionaldoughnut.validate.Outcomes;
import org.regionaldoughnut.validate.States;

/** What was found in every run, in tables that only grow: {@code quality.outcomes, .metrics, .states}. */
final class QualityTables {
    static final Table OUTCOMES = new Table("quality", "outcomes");
    static final Table METRICS = new Table("quality", "metrics");
    static final Table STATES = new Table("quality", "states");
    private static final TableOption BY_RUN = TableOption.statisticsOn("run", "source");

    /**
     * By table: what a step holds while it writes. Steps write side by side, and Delta refuses the later of two that made
     * the table, or that looked for rows to replace.
     */
    private static final Map<String, Object> TURNS = new ConcurrentHashMap<>();

    private final Lake lake;
    private final boolean continued;

    QualityTables(RunContext today) {
        this(today.lake(), today.continued());
    }

    /** @param continued whether the run was begun before, and may have left rows */
    QualityTables(Lake lake, boolean continued) {
        this.lake = lake;
        this.continued = continued;
    }

    /** What was found in a run. */
    record Found(List<Outcome> outcomes, List<Metric> metrics, List<KeptState> states) {
        Set<String> contracts() {
            return outcomes.stream().map(Outcome::contract).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Metrics of earlier batches of the sources, those over all their batches left out. */
    History historyOf(Collection<String> sources) {
        return History.of(lake.read(METRICS)
                .map(rows -> Metrics.read(rows.where(
                        col("source").isin(sources.toArray()).and(col("batch").notEqual(KeptState.ALL_BATCHES)))))
                .orElse(List.of()));
    }

    /**
     * Adds what a run has found, in one commit a table; a run that is done again after a kill replaces its own. Metrics
     * of all batches of a source come from the states kept of them.
     *
     * @param refused whether a batch must not count for its source, by source and batch
     */
    void add(
            Found found,
            String run,
            String office,
            java.util.function.BiPredicate<String, String> refused,
            Instant now,
            Write write) {
        String mine = "run = '" + run + "' and contract in ('" + String.join("', '", found.contracts()) + "')";
        List<KeptState> states = found.states();
        Set<Metric> all = new LinkedHashSet<>(found.metrics());
        all.addAll(KeptState.merged(
                withEarlier(states).stream()
                        .filter(state -> !refused.test(state.source(), state.batch()))
                        .toList(),
                now));
        List<Callable<Void>> writes = new ArrayList<>();
        writes.add(() -> outcomes(Outcomes.rows(lake.spark(), run, office, found.outcomes()), mine, write));
        if (!all.isEmpty()) {
            writes.add(() -> record(METRICS, Metrics.rows(lake.spark(), run, List.copyOf(all)), mine, write, BY_RUN));
        }
        if (!states.isEmpty()) {
            writes.add(() -> record(STATES, States.rows(lake.spark(), run, states), mine, write, BY_RUN));
        }
        SideBySide.all(writes);
    }

    /** @param mine meets the rows that the step may have written before it was killed */
    Void outcomes(Dataset<Row> rows, String mine, Write write) {
        return record(OUTCOMES, rows, mine, write, BY_RUN, TableOption.newColumnsAllowed());
    }

    /** To replace rows, Delta looks for them; a run that is new has none. */
    private Void record(Table table, Dataset<Row> rows, String mine, Write write, TableOption... options) {
        synchronized (TURNS.computeIfAbsent(lake.location(table), t -> new Object())) {
            if (continued) {
                lake.replace(table, rows.coalesce(1), mine, write, options);
            } else {
                lake.append(table, rows.coalesce(1), write, options);
            }
        }
        return null;
    }

    /** The states of a run, and those of the other batches of the same sources. */
    private List<KeptState> withEarlier(List<KeptState> states) {
        List<KeptState> all = new ArrayList<>();
        lake.read(STATES).ifPresent(rows -> all.addAll(States.read(earlier(rows, states))));
        all.addAll(states);
        return all;
    }

    private static Dataset<Row> earlier(Dataset<Row> rows, List<KeptState> states) {
        Object[] sources = states.stream().map(KeptState::source).distinct().toArray();
        Object[] batches = states.stream().map(KeptState::batch).distinct().toArray();
        Column others = not(col("batch").isin(batches));
        return rows.where(col("source").isin(sources).and(others));
    }
}
