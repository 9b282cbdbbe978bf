package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.timetable.Timetable;

/** Runs of DAGs. */
public final class Runs {
    private static final String ID = "[A-Za-z0-9_.~:+ /-]{1,250}";

    private final Database database;
    private final Definitions definitions;
    private final Changes changes;
    private final Clearing clearing;

    Runs(Database database, Definitions definitions, Changes changes) {
        this.database = database;
        this.definitions = definitions;
        this.changes = changes;
        this.clearing = new Clearing(database, definitions, changes);
    }

    /**
     * Fields: id, dag_id, dag_run_id, run_id, run_type, state, logical_date, data_interval_start, data_interval_end,
     * run_after, queued_at, start_date, end_date, duration, updated_at, conf, triggering_user_name, backfill_id,
     * dag_version.
     */
    public Listing<DagRun> list(Criteria criteria) {
        return database.read(c -> Rows.RUNS.list(c, Rows::run, criteria));
    }

    public Optional<DagRun> find(String dagId, String runId) {
        return database.read(c ->
                Sql.first(c, Rows::run, Rows.RUNS.select() + " where r.dag_id = ? and r.run_id = ?", dagId, runId));
    }

    /** @throws RefusedException where there is none of that name */
    public DagRun require(String dagId, String runId) {
        return find(dagId, runId).orElseThrow(() -> unknown(dagId, runId));
    }

    static RefusedException unknown(String dagId, String runId) {
        return RefusedException.notFound("Cannot find the run '" + runId + "' of the DAG '" + dagId
                + "': there is none of that name. List its runs to see their names.");
    }

    /** How many runs of each of these DAGs are in which state. */
    public Map<String, Map<RunState, Long>> counts(Collection<String> dagIds) {
        var counts = new LinkedHashMap<String, Map<RunState, Long>>();
        for (var dagId : dagIds) {
            var states = new EnumMap<RunState, Long>(RunState.class);
            database.read(c -> Sql.list(
                            c,
                            row -> Map.entry(RunState.of(row.getString(1)), row.getLong(2)),
                            "select state, count(*) from dag_run where dag_id = ? group by state",
                            dagId))
                    .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
            counts.put(dagId, states);
        }
        return counts;
    }

    /** How many tasks of each of these runs are in which state; "none" for those nobody has looked at. */
    public Map<Long, Map<String, Long>> taskCounts(Collection<Long> runs) {
        var counts = new HashMap<Long, Map<String, Long>>();
        for (var run : runs) {
            var states = new HashMap<String, Long>();
            database.read(c -> Sql.list(
                            c,
                            row -> Map.entry(row.getString(1), row.getLong(2)),
                            "select coalesce(state, 'none'), count(*) from task_instance where run = ? group by state",
                            run))
                    .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
            counts.put(run, states);
        }
        return counts;
    }

    /**
     * Queues a run. It starts as soon as its time has come and the DAG's limits let it.
     *
     * @throws RefusedException where there is no such DAG, its name or logical date is taken (conflict), or it is wrong
     */
    public DagRun trigger(TriggerRequest request) {
        var id = database.write(c -> {
            var version = Sql.first(
                    c,
                    row -> row.getObject(1, UUID.class),
                    "select version_id from dag where dag_id = ? and not stale for update",
                    request.dagId());
            if (version.isEmpty()) {
                throw RefusedException.notFound("Cannot start a run of '" + request.dagId()
                        + "': there is no such DAG, or it is no longer configured. List the DAGs to see their names.");
            }
            return trigger(c, request, version.get());
        });
        changes.announce();
        return database.read(c -> RunRows.byId(c, id)).orElseThrow();
    }

    private long trigger(Connection c, TriggerRequest request, UUID version) throws SQLException {
        var now = database.now();
        var dag = definitions.of(c, version);
        var after = request.runAfter().orElse(now).truncatedTo(ChronoUnit.MICROS);
        var date = request.logicalDate().map(at -> at.truncatedTo(ChronoUnit.MICROS));
        var runId = request.runId().orElseGet(() -> RunType.MANUAL.runId(date.orElse(after)));
        if (!runId.matches(ID)) {
            throw RefusedException.invalid("Cannot start a run named '" + runId
                    + "': a name has 1 to 250 letters, digits and . _ ~ : + - /. Choose another.");
        }
        refuseDoubles(c, request.dagId(), runId, date);
        var interval = request.interval().or(() -> date.map(Timetable.of(dag)::intervalOf));
        return RunRows.insert(
                c,
                dag,
                version,
                new RunRows.NewRun(
                        runId,
                        RunType.MANUAL,
                        date,
                        interval,
                        after,
                        request.conf(),
                        request.note(),
                        request.by(),
                        request.userName(),
                        Optional.empty()),
                now);
    }

    private static void refuseDoubles(Connection c, String dagId, String runId, Optional<java.time.Instant> date)
            throws SQLException {
        var same = Sql.first(c, row -> true, "select 1 from dag_run where dag_id = ? and run_id = ?", dagId, runId);
        if (same.isPresent()) {
            throw RefusedException.conflict("Cannot start the run '" + runId + "' of '" + dagId
                    + "': a run of that name exists. Clear it to run it again, or choose another name.");
        }
        var other = date.isEmpty()
                ? Optional.<String>empty()
                : Sql.first(
                        c,
                        row -> row.getString(1),
                        "select run_id from dag_run where dag_id = ? and logical_date = ?",
                        dagId,
                        date.get());
        if (other.isPresent()) {
            throw RefusedException.conflict("Cannot start a run of '" + dagId + "' for " + date.get() + ": the run '"
                    + other.get() + "' stands for that date. Clear it to run it again.");
        }
    }

    /**
     * Sets a run's state. Success and failed end it: what runs is stopped, what has not started is set to success or
     * skipped. Queued runs all its tasks again.
     */
    public DagRun setState(String dagId, String runId, RunState state) {
        if (state == RunState.RUNNING) {
            throw RefusedException.invalid("Cannot set a run to running: the scheduler does. Set it to queued.");
        }
        require(dagId, runId);
        if (state == RunState.QUEUED) {
            clearing.clear(ClearRequest.run(dagId, runId));
            return require(dagId, runId);
        }
        database.change(c -> {
            var run = RunRows.lock(c, dagId, runId).orElseThrow(() -> unknown(dagId, runId));
            var now = database.now();
            if (state == RunState.SUCCESS) {
                Sql.update(
                        c,
                        "update task_instance set state = 'success', ended = coalesce(ended, ?), retry_at = null "
                                + "where run = ? and (state is null or state <> 'success')",
                        now,
                        run.id());
            } else {
                new TaskRows(c, now).stopAll(run.id());
            }
            var effects = new Effects();
            new Settling(c, definitions, now, effects)
                    .end(definitions.of(c, run.version().id()), run, state);
        });
        changes.announce();
        return require(dagId, runId);
    }

    public DagRun setNote(String dagId, String runId, Optional<String> note) {
        require(dagId, runId);
        database.change(
                c -> Sql.update(c, "update dag_run set note = ? where dag_id = ? and run_id = ?", note, dagId, runId));
        return require(dagId, runId);
    }

    /** Removes a run with its tasks and their history. @throws RefusedException while it is active */
    public void delete(String dagId, String runId) {
        database.change(c -> {
            var run = RunRows.lock(c, dagId, runId).orElseThrow(() -> unknown(dagId, runId));
            if (run.state() == RunState.RUNNING) {
                throw RefusedException.conflict("Cannot delete the run '" + runId + "' of '" + dagId
                        + "': it is running. Mark it failed first.");
            }
            Sql.update(c, "delete from dag_run where id = ?", run.id());
        });
        changes.announce();
    }

    /** Tasks to be done again; see {@link ClearRequest}. @return the tasks cleared, or that would be */
    public List<TaskInstance> clear(ClearRequest request) {
        return clearing.clear(request);
    }
}
