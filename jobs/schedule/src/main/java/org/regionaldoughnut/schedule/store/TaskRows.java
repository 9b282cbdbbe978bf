package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;

/** Writes rows of task instances whose run the caller has locked. */
final class TaskRows {
    private final Connection c;
    private final Instant now;

    TaskRows(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    void finish(TaskInstance task, TaskState state, Optional<String> note) throws SQLException {
        Sql.update(
                c,
                "update task_instance set state = ?, ended = ?, duration = ?, note = coalesce(?, note), retry_at ="
                        + " null where id = ?",
                state.word(),
                now,
                task.started().map(from -> Rows.seconds(from, now)),
                note,
                task.id());
    }

    void retryAt(TaskInstance task, Instant at) throws SQLException {
        Sql.update(c, "update task_instance set state = 'up_for_retry', retry_at = ? where id = ?", at, task.id());
    }

    int takeovers(TaskInstance task) throws SQLException {
        return Sql.first(c, row -> row.getInt(1), "select takeovers from task_instance where id = ?", task.id())
                .orElse(0);
    }

    void scheduleAgain(TaskInstance task) throws SQLException {
        Sql.update(
                c,
                "update task_instance set state = 'scheduled', scheduled_at = ?, ended = null, duration = null, "
                        + "node = null, max_tries = max_tries + 1, takeovers = takeovers + 1 where id = ?",
                now,
                task.id());
    }

    /** Back to the beginning, with its tries as history and all its retries before it. */
    void reset(TaskInstance task, Definitions definitions) throws SQLException {
        RunRows.keepHistory(c, task.id(), now);
        var retries = definitions
                .of(c, task.version().id())
                .findTask(task.taskId())
                .map(definition -> definition.retry().retries())
                .orElse(0);
        Sql.update(
                c,
                "update task_instance set state = null, max_tries = ?, takeovers = 0, scheduled_at = null, "
                        + "queued_at = null, started = null, ended = null, duration = null, retry_at = null, "
                        + "node = null, note = null where id = ?",
                task.tryNumber() + retries,
                task.id());
        Sql.update(c, "delete from xcom where run = ? and task_id = ?", task.run(), task.taskId());
    }

    /** What runs has failed, what has not started is skipped: the run was stopped. */
    void stopAll(long run) throws SQLException {
        Sql.update(
                c,
                "update task_instance set state = 'failed', ended = ? where run = ? "
                        + "and state in ('running', 'restarting', 'queued')",
                now,
                run);
        Sql.update(
                c,
                "update task_instance set state = 'skipped', ended = ? where run = ? "
                        + "and (state is null or state in ('scheduled', 'up_for_retry', 'up_for_reschedule', "
                        + "'deferred'))",
                now,
                run);
    }

    void leave(TaskInstance task, String name, JsonNode value) throws SQLException {
        var changed = Sql.update(
                c,
                "update xcom set content = ?, written = ? where run = ? and task_id = ? and name = ?",
                value.toString(),
                now,
                task.run(),
                task.taskId(),
                name);
        if (changed == 0) {
            Sql.update(
                    c,
                    "insert into xcom values (?, ?, ?, ?, ?)",
                    task.run(),
                    task.taskId(),
                    name,
                    value.toString(),
                    now);
        }
    }
}
