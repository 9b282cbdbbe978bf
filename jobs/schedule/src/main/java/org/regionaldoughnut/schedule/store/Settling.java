package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.decision.Decision;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TaskState;

/** Carries out decisions on a run that the caller has locked. */
final class Settling {
    private final Connection c;
    private final Definitions definitions;
    private final Instant now;
    private final Effects effects;

    Settling(Connection c, Definitions definitions, Instant now, Effects effects) {
        this.c = c;
        this.definitions = definitions;
        this.now = now;
        this.effects = effects;
    }

    Instant now() {
        return now;
    }

    void settle(DagRun run) throws SQLException {
        if (run.state() != RunState.RUNNING) {
            Sql.update(c, "update dag_run set due = false where id = ?", run.id());
            return;
        }
        var dag = definitions.of(c, run.version().id());
        var tasks = RunRows.tasks(c, run.id());
        var decision = Decision.of(dag, tasks, task -> pastAllows(run, task), now);
        change(run, decision);
        for (var changed : decision.changes().entrySet()) {
            if (changed.getValue() == TaskState.SUCCESS) {
                new AssetRows(c, now, effects).emit(dag, run, dag.task(changed.getKey()));
            }
        }
        decision.again().ifPresent(at -> effects.retry(run.id(), at));
        if (decision.changes().containsValue(TaskState.SCHEDULED)) {
            effects.scheduled();
        }
        if (decision.end().isPresent()) {
            end(dag, run, decision.end().get());
        } else {
            Sql.update(c, "update dag_run set due = false, last_decision = ? where id = ?", now, run.id());
        }
    }

    private void change(DagRun run, Decision decision) throws SQLException {
        if (decision.changes().isEmpty()) {
            return;
        }
        var sql = "update task_instance set state = ?, scheduled_at = ?, ended = ?, retry_at = null "
                + "where run = ? and task_id = ?";
        try (var statement = c.prepareStatement(sql)) {
            for (var change : decision.changes().entrySet()) {
                var at = now.atOffset(ZoneOffset.UTC);
                statement.setString(1, change.getValue().word());
                statement.setObject(2, at);
                statement.setObject(3, change.getValue().isFinished() ? at : null);
                statement.setLong(4, run.id());
                statement.setString(5, change.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void end(Dag dag, DagRun run, RunState state) throws SQLException {
        Sql.update(
                c,
                "update dag_run set state = ?, ended = ?, duration = ?, due = false, last_decision = ? where id = ?",
                state.word(),
                now,
                Rows.seconds(run.started().orElse(now), now),
                now,
                run.id());
        effects.ended(new Effects.EndedRun(run.dagId(), run.runId(), state == RunState.SUCCESS));
        effects.dag(run.dagId());
        if (dag.tasks().stream().anyMatch(TaskDefinition::dependsOnPast)) {
            lookAtOthers(run);
        }
        if (run.backfill().isPresent()) {
            completeBackfill(run.backfill().get());
        }
    }

    void completeBackfill(long backfill) throws SQLException {
        Sql.update(
                c,
                "update backfill set completed = ?, updated = ? where id = ? and completed is null and not exists "
                        + "(select 1 from dag_run r where r.backfill_id = backfill.id "
                        + "and r.state in ('queued', 'running'))",
                now,
                now,
                backfill);
    }

    /** Tasks of later runs may wait for what has just ended. */
    void lookAtOthers(DagRun run) throws SQLException {
        var others = Sql.update(
                c,
                "update dag_run set due = true where dag_id = ? and state = 'running' and id > ?",
                run.dagId(),
                run.id());
        if (others > 0) {
            effects.runsAreDue();
        }
    }

    private boolean pastAllows(DagRun run, String taskId) {
        if (run.logicalDate().isEmpty()) {
            return true;
        }
        try {
            Optional<Optional<String>> before = Sql.first(
                    c,
                    row -> Sql.textIfAny(row, "state"),
                    "select t.state from dag_run r join task_instance t on t.run = r.id where r.dag_id = ? "
                            + "and t.task_id = ? and r.logical_date < ? order by r.logical_date desc "
                            + "fetch first 1 row only",
                    run.dagId(),
                    taskId,
                    run.logicalDate().get());
            return before.isEmpty()
                    || before.get()
                            .map(TaskState::of)
                            .filter(state -> state == TaskState.SUCCESS || state == TaskState.SKIPPED)
                            .isPresent();
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot read the run before " + run.runId() + ": " + e.getMessage() + ". Check the "
                            + "scheduler's database.",
                    e);
        }
    }
}
