package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TriggeredBy;

/** Writes rows of runs and of their tasks. */
final class RunRows {

    /** A run to be made. */
    record NewRun(
            String runId,
            RunType type,
            Optional<Instant> logicalDate,
            Optional<DataInterval> interval,
            Instant runAfter,
            JsonNode conf,
            Optional<String> note,
            TriggeredBy by,
            Optional<String> userName,
            Optional<Long> backfill) {}

    private RunRows() {}

    static long insert(Connection c, Dag dag, UUID version, NewRun run, Instant now) throws SQLException {
        var id = Sql.insert(
                c,
                "insert into dag_run (dag_id, run_id, run_type, state, logical_date, interval_start, interval_end, "
                        + "run_after, queued_at, conf, note, triggered_by, user_name, version_id, backfill_id, due, "
                        + "late) values (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, false)",
                dag.dagId(),
                run.runId(),
                run.type().word(),
                run.logicalDate(),
                run.interval().map(DataInterval::start),
                run.interval().map(DataInterval::end),
                run.runAfter(),
                now,
                run.conf().toString(),
                run.note(),
                run.by().word(),
                run.userName(),
                version,
                run.backfill());
        insertTasks(c, dag.tasks(), id, dag.dagId(), version, run.runId(), run.logicalDate(), run.runAfter());
        return id;
    }

    static void insertTasks(
            Connection c,
            List<TaskDefinition> tasks,
            long run,
            String dagId,
            UUID version,
            String runId,
            Optional<Instant> logicalDate,
            Instant runAfter)
            throws SQLException {
        var sql = "insert into task_instance (id, run, dag_id, run_id, task_id, try_number, max_tries, takeovers, "
                + "operator, pool, pool_slots, priority_weight, logical_date, run_after, rendered, version_id) "
                + "values (?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?, ?, ?, '{}', ?)";
        try (var statement = c.prepareStatement(sql)) {
            for (var task : tasks) {
                var column = 0;
                statement.setObject(++column, UUID.randomUUID());
                statement.setLong(++column, run);
                statement.setString(++column, dagId);
                statement.setString(++column, runId);
                statement.setString(++column, task.taskId());
                statement.setInt(++column, task.retry().retries());
                statement.setString(++column, task.work().kind().operator());
                statement.setString(++column, task.pool());
                statement.setInt(++column, task.poolSlots());
                statement.setInt(++column, task.priorityWeight());
                statement.setObject(
                        ++column,
                        logicalDate.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
                statement.setObject(++column, runAfter.atOffset(ZoneOffset.UTC));
                statement.setObject(++column, version);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Holds the run until the transaction ends: whoever changes its tasks takes it first. */
    static Optional<DagRun> lock(Connection c, String dagId, String runId) throws SQLException {
        var id = Sql.first(
                c,
                row -> row.getLong(1),
                "select id from dag_run where dag_id = ? and run_id = ? for update",
                dagId,
                runId);
        return id.isEmpty() ? Optional.empty() : byId(c, id.get());
    }

    static Optional<DagRun> lock(Connection c, long id) throws SQLException {
        var found = Sql.first(c, row -> row.getLong(1), "select id from dag_run where id = ? for update", id);
        return found.isEmpty() ? Optional.empty() : byId(c, id);
    }

    static Optional<DagRun> named(Connection c, String dagId, String runId) throws SQLException {
        return Sql.first(c, Rows::run, Rows.RUNS.select() + " where r.dag_id = ? and r.run_id = ?", dagId, runId);
    }

    static Optional<DagRun> byId(Connection c, long id) throws SQLException {
        return Sql.first(c, Rows::run, Rows.RUNS.select() + " where r.id = ?", id);
    }

    static List<TaskInstance> tasks(Connection c, long run) throws SQLException {
        return Sql.list(c, Rows::task, Rows.TASKS.select() + " where t.run = ? order by t.ordinal", run);
    }

    static Optional<TaskInstance> task(Connection c, long run, String taskId) throws SQLException {
        return Sql.first(c, Rows::task, Rows.TASKS.select() + " where t.run = ? and t.task_id = ?", run, taskId);
    }

    /** Keeps the try that the task instance now shows; a try that was still going on counts as failed. */
    static void keepHistory(Connection c, UUID instance, Instant now) throws SQLException {
        var columns = "id, run, dag_id, run_id, task_id, try_number, max_tries, operator, pool, pool_slots, "
                + "priority_weight, logical_date, run_after, scheduled_at, queued_at, started, duration, retry_at, "
                + "node, host, pid, note, rendered, version_id";
        Sql.update(
                c,
                "insert into task_try (" + columns + ", state, ended) select " + columns
                        + ", case when state in ('success', 'failed', 'skipped', 'upstream_failed', 'removed') "
                        + "then state else 'failed' end, coalesce(ended, ?) from task_instance t "
                        + "where t.id = ? and t.try_number > 0 and not exists (select 1 from task_try h "
                        + "where h.run = t.run and h.task_id = t.task_id and h.try_number = t.try_number)",
                now,
                instance);
    }
}
