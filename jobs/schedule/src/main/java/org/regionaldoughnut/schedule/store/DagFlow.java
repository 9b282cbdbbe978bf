package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.timetable.Timetable;

/** Creates the runs of a DAG and starts them. */
final class DagFlow {
    /** Runs created in one transaction; a long catch-up is done in several. */
    private static final int AT_A_TIME = 50;

    private final Database database;
    private final Definitions definitions;

    DagFlow(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    private record Row(UUID version, boolean paused, boolean stale, Optional<DueRun> next) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("version_id", UUID.class),
                    row.getBoolean("paused"),
                    row.getBoolean("stale"),
                    Rows.next(row));
        }
    }

    private record Backlog(long backfill, int most, boolean paused) {}

    Effects advance(Collection<String> dagIds) {
        return database.write(c -> {
            var effects = new Effects();
            // in one order everywhere, so that two nodes do not wait for each other
            for (var dagId : new TreeSet<>(dagIds)) {
                advance(c, dagId, effects);
            }
            return effects;
        });
    }

    private void advance(Connection c, String dagId, Effects effects) throws SQLException {
        var now = database.now();
        var row = Sql.first(c, Row::read, "select * from dag where dag_id = ? for update", dagId);
        if (row.isEmpty() || row.get().paused()) {
            return;
        }
        var dag = definitions.of(c, row.get().version());
        var settling = new Settling(c, definitions, now, effects);
        if (row.get().stale()) {
            dropQueued(c, dag, settling);
            return;
        }
        create(c, dag, row.get(), now, effects);
        createFromAssets(c, dag, row.get().version(), now);
        start(c, dag, now, settling);
    }

    private void create(Connection c, Dag dag, Row row, Instant now, Effects effects) throws SQLException {
        var timetable = Timetable.of(dag);
        if (timetable.isContinuous()) {
            if (activeRuns(c, dag.dagId()) == 0) {
                var due = timetable.next(lastScheduled(c, dag.dagId()), now);
                if (due.isPresent() && !due.get().runAfter().isAfter(now)) {
                    insert(c, dag, row.version(), due.get(), now);
                }
            }
            return;
        }
        var next = row.next();
        if (next.isEmpty()) {
            next = timetable.next(lastScheduled(c, dag.dagId()), now);
        } else if (!dag.catchup() && dag.schedule().kind() == Schedule.Kind.CRON) {
            // without catch-up the latest due run takes the place of one that was passed over
            next = timetable.next(next.map(due -> due.runAfter().minusNanos(1_000)), now);
        }
        var active = activeRuns(c, dag.dagId());
        for (var made = 0; next.isPresent() && !next.get().runAfter().isAfter(now); made++) {
            if (active >= dag.maxActiveRuns()) {
                break;
            }
            if (made == AT_A_TIME) {
                effects.dag(dag.dagId());
                break;
            }
            if (insert(c, dag, row.version(), next.get(), now)) {
                active++;
                effects.created(new Effects.CreatedRun(
                        dag.dagId(), Duration.between(next.get().runAfter(), now)));
            }
            next = timetable.next(Optional.of(next.get().runAfter()), now);
        }
        if (!next.equals(row.next())) {
            remember(c, dag.dagId(), next);
        }
        next.map(DueRun::runAfter).filter(now::isBefore).ifPresent(at -> effects.next(dag.dagId(), at));
    }

    static void remember(Connection c, String dagId, Optional<DueRun> next) throws SQLException {
        Sql.update(
                c,
                "update dag set next_logical_date = ?, next_interval_start = ?, next_interval_end = ?, "
                        + "next_run_after = ? where dag_id = ?",
                next.map(DueRun::logicalDate),
                next.map(due -> due.interval().start()),
                next.map(due -> due.interval().end()),
                next.map(DueRun::runAfter),
                dagId);
    }

    /** Runs that count against {@code max_active_runs}. */
    static int activeRuns(Connection c, String dagId) throws SQLException {
        return Sql.first(
                        c,
                        row -> row.getInt(1),
                        "select count(*) from dag_run where dag_id = ? and state in ('queued', 'running') "
                                + "and backfill_id is null",
                        dagId)
                .orElse(0);
    }

    private static Optional<Instant> lastScheduled(Connection c, String dagId) throws SQLException {
        return Sql.first(
                        c,
                        row -> Sql.instantIfAny(row, "latest"),
                        "select max(run_after) as latest from dag_run where dag_id = ? and run_type = 'scheduled'",
                        dagId)
                .flatMap(found -> found);
    }

    /** A run that stands for this date already, made by hand or by a backfill, is enough. */
    private boolean insert(Connection c, Dag dag, UUID version, DueRun due, Instant now) throws SQLException {
        var runId = RunType.SCHEDULED.runId(due.runAfter());
        var there = Sql.first(
                c,
                row -> true,
                "select 1 from dag_run where dag_id = ? and (logical_date = ? or run_id = ?)",
                dag.dagId(),
                due.logicalDate(),
                runId);
        if (there.isPresent()) {
            return false;
        }
        RunRows.insert(
                c,
                dag,
                version,
                new RunRows.NewRun(
                        runId,
                        RunType.SCHEDULED,
                        Optional.of(due.logicalDate()),
                        Optional.of(due.interval()),
                        due.runAfter(),
                        JsonNodeFactory.instance.objectNode(),
                        Optional.empty(),
                        TriggeredBy.TIMETABLE,
                        Optional.empty(),
                        Optional.empty()),
                now);
        return true;
    }

    private void createFromAssets(Connection c, Dag dag, UUID version, Instant now) throws SQLException {
        if (dag.schedule().kind() != Schedule.Kind.ASSETS) {
            return;
        }
        var events = Sql.list(
                c,
                row -> row.getLong(1),
                "select q.event_id from asset_queue q where q.dag_id = ? order by q.event_id",
                dag.dagId());
        var wanted = new HashSet<>(dag.schedule().assets());
        if (events.size() < wanted.size()) {
            return;
        }
        var run = RunRows.insert(
                c,
                dag,
                version,
                new RunRows.NewRun(
                        RunType.ASSET_TRIGGERED.runId(now),
                        RunType.ASSET_TRIGGERED,
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        JsonNodeFactory.instance.objectNode(),
                        Optional.empty(),
                        TriggeredBy.ASSET,
                        Optional.empty(),
                        Optional.empty()),
                now);
        for (var event : events) {
            Sql.update(c, "insert into asset_event_run values (?, ?)", event, run);
        }
        Sql.update(c, "delete from asset_queue where dag_id = ?", dag.dagId());
    }

    private void start(Connection c, Dag dag, Instant now, Settling settling) throws SQLException {
        var running = Sql.first(
                        c,
                        row -> row.getInt(1),
                        "select count(*) from dag_run where dag_id = ? and state = 'running' and backfill_id is null",
                        dag.dagId())
                .orElse(0);
        var start = new ArrayList<Long>(queued(c, dag, "backfill_id is null", dag.maxActiveRuns() - running, now));
        var backlogs = Sql.list(
                c,
                row -> new Backlog(row.getLong("id"), row.getInt("max_active_runs"), row.getBoolean("paused")),
                "select * from backfill where dag_id = ? and completed is null order by id",
                dag.dagId());
        for (var backlog : backlogs) {
            var busy = Sql.first(
                            c,
                            row -> row.getInt(1),
                            "select count(*) from dag_run where backfill_id = ? and state = 'running'",
                            backlog.backfill())
                    .orElse(0);
            if (!backlog.paused()) {
                start.addAll(queued(c, dag, "backfill_id = " + backlog.backfill(), backlog.most() - busy, now));
            }
        }
        for (var id : start) {
            Sql.update(
                    c,
                    "update dag_run set state = 'running', started = coalesce(started, ?), ended = null, "
                            + "duration = null where id = ?",
                    now,
                    id);
            settling.settle(RunRows.lock(c, id).orElseThrow());
        }
    }

    /** Oldest first; a backfill may have numbered its runs backwards. */
    private static List<Long> queued(Connection c, Dag dag, String which, int most, Instant now) throws SQLException {
        if (most <= 0) {
            return List.of();
        }
        var order = which.startsWith("backfill_id =") ? "id" : "run_after, id";
        return Sql.list(
                c,
                row -> row.getLong(1),
                "select id from dag_run where dag_id = ? and state = 'queued' and run_after <= ? and " + which
                        + " order by " + order + " fetch first " + most + " rows only",
                dag.dagId(),
                now);
    }

    /** The DAG is configured no more: what has not begun does not begin. */
    private static void dropQueued(Connection c, Dag dag, Settling settling) throws SQLException {
        var queued =
                Sql.list(c, Rows::run, Rows.RUNS.select() + " where r.dag_id = ? and r.state = 'queued'", dag.dagId());
        for (var run : queued) {
            var rows = new TaskRows(c, settling.now());
            rows.stopAll(run.id());
            Sql.update(
                    c,
                    "update dag_run set note = ? where id = ?",
                    "not started: the DAG is no longer configured",
                    run.id());
            settling.end(dag, run, RunState.FAILED);
        }
    }
}
