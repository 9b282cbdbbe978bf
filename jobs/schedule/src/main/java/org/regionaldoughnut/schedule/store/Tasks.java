package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.instantIfAny;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.XCom;

/** Tasks of runs, their tries, and the values they leave. */
public final class Tasks {
    private static final Fields XCOMS = new Fields(
            "select x.*, r.dag_id, r.run_id, r.logical_date, r.run_after from xcom x join dag_run r on r.id = x.run",
            "xcom x join dag_run r on r.id = x.run",
            Map.of(
                    "dag_id", "r.dag_id",
                    "run_id", "r.run_id",
                    "dag_run_id", "r.run_id",
                    "task_id", "x.task_id",
                    "key", "x.name",
                    "xcom_key", "x.name",
                    "timestamp", "x.written"),
            "x.run, x.task_id, x.name");

    private final Database database;
    private final Definitions definitions;
    private final Changes changes;

    Tasks(Database database, Definitions definitions, Changes changes) {
        this.database = database;
        this.definitions = definitions;
        this.changes = changes;
    }

    /**
     * Fields: id, run, dag_id, dag_run_id, run_id, task_id, task_display_name, state, try_number, operator, pool, node,
     * hostname, logical_date, run_after, scheduled_when, queued_when, start_date, end_date, duration,
     * data_interval_start, dag_version.
     */
    public Listing<TaskInstance> list(Criteria criteria) {
        return database.read(c -> Rows.TASKS.list(c, Rows::task, criteria));
    }

    public Optional<TaskInstance> find(String dagId, String runId, String taskId) {
        return database.read(c -> Sql.first(
                c,
                Rows::task,
                Rows.TASKS.select() + " where t.dag_id = ? and t.run_id = ? and t.task_id = ?",
                dagId,
                runId,
                taskId));
    }

    /** @throws RefusedException where there is none of that name */
    public TaskInstance require(String dagId, String runId, String taskId) {
        return find(dagId, runId, taskId)
                .orElseThrow(() -> RefusedException.notFound("Cannot find the task '" + taskId + "' in the run '"
                        + runId + "' of '" + dagId + "': there is none of that name. List the tasks of the run."));
    }

    /** All tries of a task, the current one included, oldest first. */
    public List<TaskInstance> tries(String dagId, String runId, String taskId) {
        var current = require(dagId, runId, taskId);
        var tries = new ArrayList<>(database.read(c -> Sql.list(
                c,
                Rows::task,
                Rows.TRIES.select() + " where t.run = ? and t.task_id = ? order by t.try_number",
                current.run(),
                taskId)));
        if (current.tryNumber() > 0 && tries.stream().noneMatch(t -> t.tryNumber() == current.tryNumber())) {
            tries.add(current);
        }
        return tries;
    }

    /**
     * Sets the state of a task: success, failed or skipped. A running try is stopped, and what comes after the task is
     * looked at anew.
     *
     * @throws RefusedException where there is no such task, or for another state
     */
    public TaskInstance setState(String dagId, String runId, String taskId, TaskState state) {
        if (state != TaskState.SUCCESS && state != TaskState.FAILED && state != TaskState.SKIPPED) {
            throw RefusedException.invalid(
                    "Cannot set a task to " + state.word() + ": it can be set to success, failed or skipped.");
        }
        require(dagId, runId, taskId);
        database.change(c -> {
            var run = RunRows.lock(c, dagId, runId).orElseThrow(() -> Runs.unknown(dagId, runId));
            var task = RunRows.task(c, run.id(), taskId).orElseThrow();
            new TaskRows(c, database.now()).finish(task, state, Optional.empty());
            var done = run.state().isFinished();
            var failed = state == TaskState.FAILED;
            if (!done || failed) {
                // a run that is over is looked at again where a leaf may now have failed
                Sql.update(
                        c,
                        "update dag_run set state = ?, due = true where id = ?",
                        done ? RunState.RUNNING.word() : run.state().word(),
                        run.id());
            }
            if (done && !failed) {
                var effects = new Effects();
                Sql.update(c, "update dag_run set state = 'running' where id = ?", run.id());
                new Settling(c, definitions, database.now(), effects)
                        .settle(RunRows.byId(c, run.id()).orElseThrow());
            }
        });
        changes.announce();
        return require(dagId, runId, taskId);
    }

    public TaskInstance setNote(String dagId, String runId, String taskId, Optional<String> note) {
        var task = require(dagId, runId, taskId);
        database.change(c -> Sql.update(c, "update task_instance set note = ? where id = ?", note, task.id()));
        return require(dagId, runId, taskId);
    }

    /** Fields: dag_id, run_id, task_id, key, timestamp. */
    public Listing<XCom> xcoms(Criteria criteria) {
        return database.read(c -> XCOMS.list(c, Tasks::xcom, criteria));
    }

    /** Leaves a value for other tasks; one of the same name is replaced. */
    public void leave(String dagId, String runId, String taskId, String name, JsonNode value) {
        var task = require(dagId, runId, taskId);
        database.change(c -> new TaskRows(c, database.now()).leave(task, name, value));
    }

    private static XCom xcom(ResultSet row) throws SQLException {
        return new XCom(
                row.getString("dag_id"),
                row.getString("run_id"),
                row.getString("task_id"),
                row.getString("name"),
                DagJson.tree(row.getString("content")),
                instant(row, "written"),
                instantIfAny(row, "logical_date"),
                instant(row, "run_after"));
    }
}
