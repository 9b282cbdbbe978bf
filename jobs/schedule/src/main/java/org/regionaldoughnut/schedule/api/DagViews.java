package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRecord;
import org.regionaldoughnut.schedule.model.DagVersion;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;

/** DAGs, their versions and their tasks, as Airflow's schemas have them. */
final class DagViews {
    static final String BUNDLE = "conf";

    private DagViews() {}

    /** DAGResponse. */
    static ObjectNode dag(DagRecord known) {
        return common(known).node();
    }

    /** DAGDetailsResponse. */
    static ObjectNode details(DagRecord known, int activeRuns) {
        Dag dag = known.dag();
        View view = common(known)
                .flag("catchup", dag.catchup())
                .number("concurrency", dag.maxActiveTasks())
                .number("active_runs_count", activeRuns)
                .text("dag_run_timeout", dag.runTimeout().map(Object::toString))
                .text("doc_md", dag.docs())
                .time("start_date", dag.startDate())
                .time("end_date", dag.endDate())
                .flag("is_paused_upon_creation", dag.pausedUponCreation())
                .time("last_parsed", known.lastParsed())
                .json("latest_dag_version", version(known.version(), dag.title()))
                .json("params", params(dag))
                .flag("render_template_as_native_obj", false)
                .texts("template_search_path", java.util.List.of())
                .text("timezone", dag.zone().getId())
                .object("default_args")
                .object("owner_links")
                .flag("is_favorite", false)
                .none("asset_expression");
        return view.node();
    }

    private static View common(DagRecord known) {
        Dag dag = known.dag();
        Optional<DueRun> next = known.next();
        return View.of()
                .text("dag_id", dag.dagId())
                .text("dag_display_name", dag.title())
                .flag("is_paused", known.paused())
                .flag("is_stale", known.stale())
                .time("last_parsed_time", known.lastParsed())
                .none("last_parse_duration", "last_expired", "bundle_version")
                .text("bundle_name", BUNDLE)
                .text("fileloc", dag.file())
                .text("relative_fileloc", dag.file())
                .text("file_token", token(dag.file()))
                .text("description", dag.description())
                .text("timetable_summary", dag.schedule().summary())
                .text("timetable_description", dag.schedule().description())
                .flag("timetable_partitioned", false)
                .flag("timetable_periodic", dag.schedule().kind() == Schedule.Kind.CRON)
                .flag("is_backfillable", dag.schedule().kind() == Schedule.Kind.CRON)
                .list("tags", dag.tags(), tag -> tag(dag, tag))
                .number("max_active_tasks", dag.maxActiveTasks())
                .number("max_active_runs", dag.maxActiveRuns())
                .number("max_consecutive_failed_dag_runs", 0)
                .flag("has_task_concurrency_limits", false)
                .flag("has_import_errors", false)
                .time("next_dagrun_logical_date", next.map(DueRun::logicalDate))
                .time("next_dagrun_data_interval_start", next.map(due -> due.interval()
                        .start()))
                .time("next_dagrun_data_interval_end", next.map(due -> due.interval()
                        .end()))
                .time("next_dagrun_run_after", next.map(DueRun::runAfter))
                .texts("owners", dag.owners())
                .none("allowed_run_types");
    }

    private static ObjectNode tag(Dag dag, String name) {
        return View.of()
                .text("name", name)
                .text("dag_id", dag.dagId())
                .text("dag_display_name", dag.title())
                .node();
    }

    /** Each with its default as value, as Airflow shows them. */
    private static ObjectNode params(Dag dag) {
        View params = View.of();
        dag.params()
                .fields()
                .forEachRemaining(param -> params.json(
                        param.getKey(),
                        View.of()
                                .json("value", param.getValue())
                                .object("schema")
                                .none("description")
                                .node()));
        return params.node();
    }

    private static String token(String file) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(file.getBytes(StandardCharsets.UTF_8));
    }

    /** DagVersionResponse. */
    static ObjectNode version(DagVersion version, String title) {
        return View.of()
                .text("id", version.id().toString())
                .number("version_number", version.number())
                .text("dag_id", version.dagId())
                .text("dag_display_name", title)
                .text("bundle_name", BUNDLE)
                .text("bundle_version", version.hash())
                .none("bundle_url")
                .time("created_at", version.created())
                .node();
    }

    /** TaskResponse. */
    static ObjectNode task(Dag dag, TaskDefinition task) {
        return View.of()
                .text("task_id", task.taskId())
                .text("task_display_name", task.taskId())
                .text("owner", task.owner())
                .time("start_date", dag.startDate())
                .time("end_date", dag.endDate())
                .text("trigger_rule", task.triggerRule().word())
                .flag("depends_on_past", task.dependsOnPast())
                .flag("wait_for_downstream", false)
                .number("retries", task.retry().retries())
                .none("queue", "ui_color", "ui_fgcolor")
                .text("pool", task.pool())
                .number("pool_slots", task.poolSlots())
                .delta("execution_timeout", task.executionTimeout())
                .delta("retry_delay", Optional.of(task.retry().delay()))
                .number("retry_exponential_backoff", task.retry().backoff())
                .number("priority_weight", task.priorityWeight())
                .text("weight_rule", "absolute")
                .text("operator_name", task.work().kind().operator())
                .json("params", params(dag))
                .json(
                        "class_ref",
                        View.of()
                                .text("module_path", BUNDLE)
                                .text("class_name", task.work().kind().operator())
                                .node())
                .texts("template_fields", java.util.List.of("command", "arguments", "environment"))
                .texts("downstream_task_ids", dag.downstream(task.taskId()))
                .text("doc_md", task.docs())
                .flag("is_mapped", false)
                .texts("extra_links", java.util.List.of())
                .node();
    }
}
