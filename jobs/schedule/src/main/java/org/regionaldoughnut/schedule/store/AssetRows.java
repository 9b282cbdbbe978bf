package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskDefinition;

/** Writes events of assets, and what waits for them. */
final class AssetRows {
    private final Connection c;
    private final Instant now;
    private final Effects effects;

    AssetRows(Connection c, Instant now, Effects effects) {
        this.c = c;
        this.now = now;
        this.effects = effects;
    }

    /** The outlets of a task that has succeeded have a new event each. */
    void emit(Dag dag, DagRun run, TaskDefinition task) throws SQLException {
        for (var name : task.outlets()) {
            var asset = Sql.first(c, row -> row.getLong(1), "select id from asset where name = ?", name);
            if (asset.isPresent()) {
                emit(
                        asset.get(),
                        JsonNodeFactory.instance.objectNode().toString(),
                        Optional.of(dag.dagId()),
                        Optional.of(run.runId()),
                        Optional.of(task.taskId()));
            }
        }
    }

    /** @return id of the event */
    long emit(long asset, String extra, Optional<String> dagId, Optional<String> runId, Optional<String> taskId)
            throws SQLException {
        var event = Sql.insert(
                c,
                "insert into asset_event (asset_id, occurred, extra, source_dag_id, source_run_id, source_task_id) "
                        + "values (?, ?, ?, ?, ?, ?)",
                asset,
                now,
                extra,
                dagId,
                runId,
                taskId);
        var waiting = Sql.list(
                c,
                row -> row.getString(1),
                "select d.dag_id from asset_consumer a join dag d on d.dag_id = a.dag_id where a.asset_id = ? "
                        + "and not d.paused and not d.stale",
                asset);
        for (var dag : waiting) {
            var changed = Sql.update(
                    c, "update asset_queue set event_id = ? where asset_id = ? and dag_id = ?", event, asset, dag);
            if (changed == 0) {
                Sql.update(c, "insert into asset_queue values (?, ?, ?, ?)", asset, dag, event, now);
            }
            effects.dag(dag);
        }
        return event;
    }
}
