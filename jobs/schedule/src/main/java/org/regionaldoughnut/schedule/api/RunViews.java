package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.Backfill;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.XCom;

/** Runs, task instances and backfills, as Airflow's schemas have them. */
final class RunViews {
    private static final int NOT_MAPPED = -1;

    private RunViews() {}

    /** DAGRunResponse. */
    static ObjectNode run(DagRun run, String title) {
        return View.of()
                .text("dag_run_id", run.runId())
                .text("dag_id", run.dagId())
                .text("dag_display_name", title)
                .time("logical_date", run.logicalDate())
                .time("queued_at", run.queuedAt())
                .time("start_date", run.started())
                .time("end_date", run.ended())
                .seconds("duration", run.duration())
                .time("data_interval_start", run.interval().map(DataInterval::start))
                .time("data_interval_end", run.interval().map(DataInterval::end))
                .time("run_after", run.runAfter())
                .time("last_scheduling_decision", run.lastDecision())
                .text("run_type", run.type().word())
                .text("state", run.state().word())
                .text("triggered_by", run.triggeredBy().word())
                .text("triggering_user_name", run.userName())
                .json("conf", run.conf())
                .text("note", run.note())
                .list("dag_versions", List.of(run.version()), version -> DagViews.version(version, title))
                .text("bundle_version", run.version().hash())
                .none("partition_key", "partition_date")
                .node();
    }

    /** TaskInstanceResponse. */
    static ObjectNode task(TaskInstance task, String title) {
        return common(task, title)
                .text("id", task.id().toString())
                .time("logical_date", task.logicalDate())
                .time("run_after", task.runAfter())
                .text("note", task.note())
                .none("rendered_map_index", "trigger", "triggerer_job")
                .json("rendered_fields", task.rendered())
                .node();
    }

    /** TaskInstanceHistoryResponse. */
    static ObjectNode attempt(TaskInstance task, String title) {
        return common(task, title).node();
    }

    private static View common(TaskInstance task, String title) {
        return View.of()
                .text("task_id", task.taskId())
                .text("task_display_name", task.taskId())
                .text("dag_id", task.dagId())
                .text("dag_display_name", title)
                .text("dag_run_id", task.runId())
                .number("map_index", NOT_MAPPED)
                .time("start_date", task.started())
                .time("end_date", task.ended())
                .seconds("duration", task.duration())
                .text("state", task.state().map(TaskState::word))
                .number("try_number", task.tryNumber())
                .number("max_tries", task.maxTries())
                .text("hostname", task.host())
                .none("unixname", "queue", "executor")
                .text("pool", task.pool())
                .number("pool_slots", task.poolSlots())
                .number("priority_weight", task.priorityWeight())
                .text("operator", task.operator())
                .text("operator_name", task.operator())
                .time("queued_when", task.queuedAt())
                .time("scheduled_when", task.scheduledAt())
                .number("pid", task.pid())
                .text("executor_config", "{}")
                .json("dag_version", DagViews.version(task.version(), title));
    }

    /** BackfillResponse. */
    static ObjectNode backfill(Backfill backfill, String title) {
        return View.of()
                .number("id", backfill.id())
                .text("dag_id", backfill.dagId())
                .text("dag_display_name", title)
                .time("from_date", backfill.from())
                .time("to_date", backfill.to())
                .json("dag_run_conf", backfill.conf())
                .flag("is_paused", backfill.paused())
                .text("reprocess_behavior", backfill.reprocess().word())
                .number("max_active_runs", backfill.maxActiveRuns())
                .time("created_at", backfill.created())
                .time("updated_at", backfill.updated())
                .time("completed_at", backfill.completed())
                .node();
    }

    /** DryRunBackfillResponse. */
    static ObjectNode dryRun(Optional<Instant> logicalDate) {
        return View.of()
                .time("logical_date", logicalDate)
                .none("partition_date", "partition_key")
                .node();
    }

    /** XComResponse; with its value where the entry alone is asked for. */
    static View xcom(XCom value, String title) {
        return View.of()
                .text("key", value.key())
                .text("dag_id", value.dagId())
                .text("dag_display_name", title)
                .text("run_id", value.runId())
                .text("task_id", value.taskId())
                .text("task_display_name", value.taskId())
                .number("map_index", NOT_MAPPED)
                .time("timestamp", value.at())
                .time("logical_date", value.logicalDate())
                .time("run_after", value.runAfter());
    }

    static JsonNode xcomWithValue(XCom value, String title) {
        return xcom(value, title).json("value", value.value()).node();
    }
}
