package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.instantIfAny;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Backfill;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.ReprocessBehavior;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.timetable.Timetable;

/** Runs of the past, made on demand. */
public final class Backfills {
    /** More is a mistake rather than a wish. */
    private static final int MOST_RUNS = 20_000;

    private static final Fields FIELDS = new Fields(
            "select b.* from backfill b",
            "backfill b",
            Map.of(
                    "id", "b.id",
                    "dag_id", "b.dag_id",
                    "from_date", "b.from_date",
                    "to_date", "b.to_date",
                    "is_paused", "b.paused",
                    "created_at", "b.created",
                    "updated_at", "b.updated",
                    "completed_at", "b.completed"),
            "b.id");

    private final Database database;
    private final Definitions definitions;
    private final Changes changes;

    Backfills(Database database, Definitions definitions, Changes changes) {
        this.database = database;
        this.definitions = definitions;
        this.changes = changes;
    }

    /** Fields: id, dag_id, from_date, to_date, is_paused, created_at, updated_at, completed_at. */
    public Listing<Backfill> list(Criteria criteria) {
        return database.read(c -> FIELDS.list(c, Backfills::read, criteria));
    }

    /** @throws RefusedException where there is none of that number */
    public Backfill require(long id) {
        return list(Criteria.all().with("id", id)).items().stream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(
                        "Cannot find the backfill " + id + ": there is none of that number. List the backfills."));
    }

    /** The runs that such a backfill would make or run again. @throws RefusedException where it is wrong */
    public List<DueRun> dryRun(BackfillRequest request) {
        return database.read(c -> {
            var runs = new ArrayList<DueRun>();
            for (var due : due(definitions.of(c, version(c, request.dagId(), "")), request)) {
                var there = there(c, request.dagId(), due);
                if (there.isEmpty() || isAgain(there.get(), request.reprocess())) {
                    runs.add(due);
                }
            }
            return runs;
        });
    }

    /** @throws RefusedException where another one of the DAG is active (conflict), or it is wrong */
    public Backfill create(BackfillRequest request) {
        var id = database.write(c -> {
            var version = version(c, request.dagId(), " for update");
            var active = Sql.first(
                    c,
                    row -> row.getLong(1),
                    "select id from backfill where dag_id = ? and completed is null",
                    request.dagId());
            if (active.isPresent()) {
                throw RefusedException.conflict("Cannot backfill '" + request.dagId() + "': the backfill "
                        + active.get() + " of it is active. Wait for it, or cancel it.");
            }
            return create(c, request, version);
        });
        changes.announce();
        return require(id);
    }

    private long create(Connection c, BackfillRequest request, UUID version) throws SQLException {
        var now = database.now();
        var dag = definitions.of(c, version);
        var id = Sql.insert(
                c,
                "insert into backfill (dag_id, from_date, to_date, conf, paused, reprocess, max_active_runs, created, "
                        + "updated) values (?, ?, ?, ?, false, ?, ?, ?, ?)",
                request.dagId(),
                request.from(),
                request.to(),
                request.conf().toString(),
                request.reprocess().word(),
                request.maxActiveRuns(),
                now,
                now);
        for (var due : due(dag, request)) {
            var there = there(c, request.dagId(), due);
            if (there.isEmpty()) {
                insert(c, dag, version, due, request, id);
            } else if (isAgain(there.get(), request.reprocess())) {
                again(c, there.get(), request, version, id);
            }
        }
        new Settling(c, definitions, now, new Effects()).completeBackfill(id);
        return id;
    }

    private void insert(Connection c, Dag dag, UUID version, DueRun due, BackfillRequest request, long id)
            throws SQLException {
        RunRows.insert(
                c,
                dag,
                version,
                new RunRows.NewRun(
                        RunType.BACKFILL.runId(due.runAfter()),
                        RunType.BACKFILL,
                        Optional.of(due.logicalDate()),
                        Optional.of(due.interval()),
                        due.runAfter(),
                        request.conf(),
                        Optional.empty(),
                        TriggeredBy.BACKFILL,
                        Optional.empty(),
                        Optional.of(id)),
                database.now());
    }

    private void again(Connection c, DagRun run, BackfillRequest request, UUID version, long id) throws SQLException {
        RunRows.lock(c, run.id());
        if (request.latestVersion() && !run.version().id().equals(version)) {
            new Clearing(database, definitions, changes).toVersion(c, run, version);
        }
        var rows = new TaskRows(c, database.now());
        for (var task : RunRows.tasks(c, run.id())) {
            if (task.state()
                    .filter(s -> s != org.regionaldoughnut.schedule.model.TaskState.REMOVED)
                    .isPresent()) {
                rows.reset(task, definitions);
            }
        }
        Sql.update(
                c,
                "update dag_run set state = 'queued', run_type = 'backfill', backfill_id = ?, conf = ?, queued_at = ?, "
                        + "started = null, ended = null, duration = null where id = ?",
                id,
                request.conf().toString(),
                database.now(),
                run.id());
    }

    private List<DueRun> due(Dag dag, BackfillRequest request) {
        var timetable = Timetable.of(dag);
        if (dag.schedule().kind() != org.regionaldoughnut.schedule.model.Schedule.Kind.CRON) {
            throw RefusedException.invalid("Cannot backfill '" + request.dagId()
                    + "': it has no schedule of times. Only DAGs with a cron schedule can be backfilled.");
        }
        var runs = timetable.between(request.from(), request.to(), MOST_RUNS + 1);
        if (runs.size() > MOST_RUNS) {
            throw RefusedException.invalid("Cannot backfill '" + request.dagId() + "' from " + request.from() + " to "
                    + request.to() + ": that would be more than " + MOST_RUNS + " runs. Choose a shorter time.");
        }
        if (request.backwards()) {
            if (dag.tasks().stream().anyMatch(task -> task.dependsOnPast())) {
                throw RefusedException.invalid("Cannot backfill '" + request.dagId()
                        + "' backwards: a task of it depends on the run before. Run it forwards.");
            }
            Collections.reverse(runs);
        }
        return runs;
    }

    private static boolean isAgain(DagRun run, ReprocessBehavior behavior) {
        return switch (behavior) {
            case NONE -> false;
            case FAILED -> run.state() == RunState.FAILED;
            case COMPLETED -> run.state().isFinished();
        };
    }

    private static Optional<DagRun> there(Connection c, String dagId, DueRun due) throws SQLException {
        return Sql.first(
                c,
                Rows::run,
                Rows.RUNS.select() + " where r.dag_id = ? and r.logical_date = ?",
                dagId,
                due.logicalDate());
    }

    private static UUID version(Connection c, String dagId, String lock) throws SQLException {
        return Sql.first(
                        c,
                        row -> row.getObject(1, UUID.class),
                        "select version_id from dag where dag_id = ? and not stale" + lock,
                        dagId)
                .orElseThrow(() -> RefusedException.notFound("Cannot backfill '" + dagId
                        + "': there is no such DAG, or it is no longer configured. List the DAGs to see their names."));
    }

    /** Its queued runs do not start while it is paused. @throws RefusedException where it is over */
    public Backfill setPaused(long id, boolean paused) {
        requireActive(id, paused ? "pause" : "unpause");
        database.change(c ->
                Sql.update(c, "update backfill set paused = ?, updated = ? where id = ?", paused, database.now(), id));
        changes.announce();
        return require(id);
    }

    /** Its queued runs fail, its running ones go on to their end. @throws RefusedException where it is over */
    public Backfill cancel(long id) {
        var dagId = requireActive(id, "cancel").dagId();
        database.change(c -> {
            Sql.first(c, row -> true, "select 1 from dag where dag_id = ? for update", dagId);
            var now = database.now();
            for (var run : Sql.list(
                    c, Rows::run, Rows.RUNS.select() + " where r.backfill_id = ? and r.state = 'queued'", id)) {
                RunRows.lock(c, run.id());
                new TaskRows(c, now).stopAll(run.id());
                Sql.update(
                        c,
                        "update dag_run set state = 'failed', ended = ?, note = 'backfill cancelled' where id = ?",
                        now,
                        run.id());
            }
            Sql.update(c, "update backfill set completed = ?, paused = true, updated = ? where id = ?", now, now, id);
        });
        changes.announce();
        return require(id);
    }

    private Backfill requireActive(long id, String what) {
        var backfill = require(id);
        if (backfill.completed().isPresent()) {
            throw RefusedException.conflict("Cannot " + what + " the backfill " + id + ": it ended at "
                    + backfill.completed().get() + ". Create another.");
        }
        return backfill;
    }

    private static Backfill read(ResultSet row) throws SQLException {
        return new Backfill(
                row.getLong("id"),
                row.getString("dag_id"),
                instant(row, "from_date"),
                instant(row, "to_date"),
                DagJson.tree(row.getString("conf")),
                row.getBoolean("paused"),
                ReprocessBehavior.of(row.getString("reprocess")),
                row.getInt("max_active_runs"),
                instant(row, "created"),
                instant(row, "updated"),
                instantIfAny(row, "completed"));
    }
}
