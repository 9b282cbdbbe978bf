package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.instantIfAny;
import static org.regionaldoughnut.ledger.Sql.textIfAny;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DagVersion;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggeredBy;

/** Rows of runs and task instances, and how they are asked for. */
final class Rows {
    private static final String VERSION =
            "v.id as v_id, v.dag_id as v_dag_id, v.number as v_number, v.hash as v_hash, v.created as v_created";

    static final Fields RUNS = new Fields(
            "select r.*, " + VERSION + " from dag_run r join dag_version v on v.id = r.version_id",
            "dag_run r",
            Map.ofEntries(
                    Map.entry("id", "r.id"),
                    Map.entry("dag_id", "r.dag_id"),
                    Map.entry("dag_run_id", "r.run_id"),
                    Map.entry("run_id", "r.run_id"),
                    Map.entry("run_type", "r.run_type"),
                    Map.entry("state", "r.state"),
                    Map.entry("logical_date", "r.logical_date"),
                    Map.entry("data_interval_start", "r.interval_start"),
                    Map.entry("data_interval_end", "r.interval_end"),
                    Map.entry("run_after", "r.run_after"),
                    Map.entry("queued_at", "r.queued_at"),
                    Map.entry("start_date", "r.started"),
                    Map.entry("end_date", "r.ended"),
                    Map.entry("duration", "r.duration"),
                    Map.entry("updated_at", "r.last_decision"),
                    Map.entry("conf", "r.conf"),
                    Map.entry("triggering_user_name", "r.user_name"),
                    Map.entry("backfill_id", "r.backfill_id"),
                    Map.entry("due", "r.due"),
                    Map.entry("dag_version", "(select n.number from dag_version n where n.id = r.version_id)")),
            "r.id");

    static final Fields TASKS = taskFields("task_instance");
    static final Fields TRIES = taskFields("task_try");

    private Rows() {}

    private static Fields taskFields(String table) {
        return new Fields(
                "select t.*, " + VERSION + " from " + table + " t join dag_version v on v.id = t.version_id",
                table + " t",
                Map.ofEntries(
                        Map.entry("id", "t.id"),
                        Map.entry("run", "t.run"),
                        Map.entry("dag_id", "t.dag_id"),
                        Map.entry("dag_run_id", "t.run_id"),
                        Map.entry("run_id", "t.run_id"),
                        Map.entry("task_id", "t.task_id"),
                        Map.entry("task_display_name", "t.task_id"),
                        Map.entry("state", "t.state"),
                        Map.entry("try_number", "t.try_number"),
                        Map.entry("operator", "t.operator"),
                        Map.entry("pool", "t.pool"),
                        Map.entry("node", "t.node"),
                        Map.entry("hostname", "t.host"),
                        Map.entry("logical_date", "t.logical_date"),
                        Map.entry("run_after", "t.run_after"),
                        Map.entry("scheduled_when", "t.scheduled_at"),
                        Map.entry("queued_when", "t.queued_at"),
                        Map.entry("start_date", "t.started"),
                        Map.entry("end_date", "t.ended"),
                        Map.entry("duration", "t.duration"),
                        Map.entry("data_interval_start", "t.logical_date"),
                        Map.entry("dag_version", "(select n.number from dag_version n where n.id = t.version_id)")),
                "t.ordinal");
    }

    static DagVersion version(ResultSet row) throws SQLException {
        return new DagVersion(
                row.getObject("v_id", UUID.class),
                row.getString("v_dag_id"),
                row.getInt("v_number"),
                row.getString("v_hash"),
                instant(row, "v_created"));
    }

    static Optional<DataInterval> interval(ResultSet row, String start, String end) throws SQLException {
        var from = instantIfAny(row, start);
        var to = instantIfAny(row, end);
        return from.flatMap(f -> to.map(t -> new DataInterval(f, t)));
    }

    static Optional<DueRun> next(ResultSet row) throws SQLException {
        var date = instantIfAny(row, "next_logical_date");
        var interval = interval(row, "next_interval_start", "next_interval_end");
        var after = instantIfAny(row, "next_run_after");
        return date.isEmpty() || interval.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(new DueRun(date.get(), interval.get(), after.get()));
    }

    static DagRun run(ResultSet row) throws SQLException {
        return new DagRun(
                row.getLong("id"),
                row.getString("dag_id"),
                row.getString("run_id"),
                RunType.of(row.getString("run_type")),
                RunState.of(row.getString("state")),
                instantIfAny(row, "logical_date"),
                interval(row, "interval_start", "interval_end"),
                instant(row, "run_after"),
                instantIfAny(row, "queued_at"),
                instantIfAny(row, "started"),
                instantIfAny(row, "ended"),
                instantIfAny(row, "last_decision"),
                DagJson.tree(row.getString("conf")),
                textIfAny(row, "note"),
                TriggeredBy.of(row.getString("triggered_by")),
                textIfAny(row, "user_name"),
                version(row),
                longIfAny(row, "backfill_id"));
    }

    static TaskInstance task(ResultSet row) throws SQLException {
        return new TaskInstance(
                row.getObject("id", UUID.class),
                row.getLong("run"),
                row.getString("dag_id"),
                row.getString("run_id"),
                row.getString("task_id"),
                textIfAny(row, "state").map(TaskState::of),
                row.getInt("try_number"),
                row.getInt("max_tries"),
                row.getString("operator"),
                row.getString("pool"),
                row.getInt("pool_slots"),
                row.getInt("priority_weight"),
                instantIfAny(row, "logical_date"),
                instant(row, "run_after"),
                instantIfAny(row, "scheduled_at"),
                instantIfAny(row, "queued_at"),
                instantIfAny(row, "started"),
                instantIfAny(row, "ended"),
                instantIfAny(row, "retry_at"),
                textIfAny(row, "node"),
                textIfAny(row, "host"),
                longIfAny(row, "pid"),
                textIfAny(row, "note"),
                DagJson.tree(row.getString("rendered")),
                version(row));
    }

    static Optional<Long> longIfAny(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    static double seconds(Instant from, Instant to) {
        return java.time.Duration.between(from, to).toNanos() / 1e9;
    }
}
