package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.model.ImportError;
import org.regionaldoughnut.schedule.model.NodeRecord;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/**
 * Health and version, open to all; jobs, import errors and the audit log; and empty collections for what Airflow has
 * and we have not.
 */
final class MonitorRoutes {
    /** The version of Airflow whose interface this is. */
    private static final String AIRFLOW = "3.1.0";

    private static final String HEALTHY = "healthy";
    private static final String UNHEALTHY = "unhealthy";
    private static final Map<String, String> EMPTY = Map.of(
            "/api/v2/providers", "providers",
            "/api/v2/plugins", "plugins",
            "/api/v2/plugins/importErrors", "import_errors",
            "/api/v2/variables", "variables",
            "/api/v2/connections", "connections",
            "/api/v2/dagWarnings", "dag_warnings");
    private static final List<String> NOTHING_BY_NAME =
            List.of("/api/v2/variables/{name}", "/api/v2/connections/{name}", "/api/v2/config/section/{s}/option/{o}");

    private static final Filters LOGS = new Filters()
            .any("dag_id", "dag_id")
            .any("task_id", "task_id")
            .any("run_id", "run_id")
            .any("owner", "owner")
            .any("event", "event")
            .any("try_number", "try_number", Long::valueOf)
            .pattern("dag_id", "dag_id")
            .pattern("task_id", "task_id")
            .pattern("run_id", "run_id")
            .pattern("owner", "owner")
            .pattern("event", "event")
            .time("when");
    private static final Filters JOBS =
            new Filters().any("hostname", "hostname").any("job_state", "state").time("start_date", "end_date");

    private final ScheduleStore store;
    private final String version;

    MonitorRoutes(ScheduleStore store, String version) {
        this.store = store;
        this.version = version;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v2/monitor/health", this::health, Need.NOTHING);
        routes.get(
                "/api/v2/version",
                request -> request.json(View.of()
                        .text("version", AIRFLOW)
                        .text("git_version", "regional-doughnut " + version)
                        .node()),
                Need.NOTHING);
        routes.get("/api/v2/jobs", this::jobs, Need.VIEWER);
        routes.get("/api/v2/importErrors", this::importErrors, Need.VIEWER);
        routes.get("/api/v2/importErrors/{import_error_id}", this::importError, Need.VIEWER);
        routes.get("/api/v2/eventLogs", this::logs, Need.OPERATOR);
        routes.get("/api/v2/eventLogs/{event_log_id}", this::log, Need.OPERATOR);
        routes.get(
                "/api/v2/config",
                request -> {
                    throw Refusal.of(403, "The configuration of this scheduler is not shown here.");
                },
                Need.VIEWER);
        EMPTY.forEach((path, plural) -> routes.get(
                path,
                request -> request.json(
                        View.collection(plural, List.of(), 0, entry -> View.of().node())),
                Need.VIEWER));
        NOTHING_BY_NAME.forEach(path -> routes.get(
                path,
                request -> {
                    throw Refusal.notFound("There is none of that name: this scheduler keeps no such thing.");
                },
                Need.VIEWER));
    }

    private void health(Context request) {
        boolean database = store.isHealthy();
        List<NodeRecord> nodes = database ? store.nodes().running() : List.of();
        Optional<Instant> beat = nodes.stream().map(NodeRecord::heartbeat).max(Instant::compareTo);
        request.json(View.of()
                .json("metadatabase", status(database ? HEALTHY : UNHEALTHY).node())
                .json(
                        "scheduler",
                        status(beat.isPresent() ? HEALTHY : UNHEALTHY)
                                .time("latest_scheduler_heartbeat", beat)
                                .node())
                .json(
                        "triggerer",
                        View.of().none("status", "latest_triggerer_heartbeat").node())
                .json(
                        "dag_processor",
                        status(beat.isPresent() ? HEALTHY : UNHEALTHY)
                                .time("latest_dag_processor_heartbeat", beat)
                                .node())
                .node());
    }

    private static View status(String word) {
        return View.of().text("status", word);
    }

    private void jobs(Context request) {
        Criteria criteria = JOBS.of(request);
        if (Filters.flag(request, "is_alive", false)) {
            criteria = criteria.with("state", "running");
        }
        request.json(View.collection("jobs", store.nodes().list(criteria), node -> View.of()
                .number("id", node.number())
                .none("dag_id", "dag_display_name", "executor_class", "unixname")
                .text("job_type", "SchedulerJob")
                .text("state", node.state() == NodeRecord.State.RUNNING ? "running" : "success")
                .text("hostname", node.host())
                .time("start_date", node.started())
                .time("end_date", node.ended())
                .time("latest_heartbeat", node.heartbeat())
                .node()));
    }

    private void importErrors(Context request) {
        Criteria criteria = new Filters().pattern("filename", "filename").of(request);
        request.json(View.collection("import_errors", store.dags().importErrors(criteria), MonitorRoutes::view));
    }

    private void importError(Context request) {
        long id = DagRoutes.number(request.pathParam("import_error_id"), "import error");
        request.json(store.dags().importErrors(Criteria.all().with("import_error_id", id)).items().stream()
                .findFirst()
                .map(MonitorRoutes::view)
                .orElseThrow(() -> Refusal.notFound("There is no import error " + id + ".")));
    }

    private static ObjectNode view(ImportError error) {
        return View.of()
                .number("import_error_id", error.id())
                .time("timestamp", error.at())
                .text("filename", error.file())
                .text("bundle_name", DagViews.BUNDLE)
                .text("stack_trace", error.message())
                .node();
    }

    private void logs(Context request) {
        request.json(View.collection("event_logs", store.audit().list(LOGS.of(request)), MonitorRoutes::view));
    }

    private void log(Context request) {
        long id = DagRoutes.number(request.pathParam("event_log_id"), "log entry");
        request.json(store.audit()
                .find(id)
                .map(MonitorRoutes::view)
                .orElseThrow(() -> Refusal.notFound("There is no log entry " + id + ".")));
    }

    /** EventLogResponse. */
    private static ObjectNode view(AuditEntry entry) {
        return View.of()
                .number("event_log_id", entry.id())
                .time("when", entry.at())
                .text("dag_id", entry.dagId())
                .text("dag_display_name", entry.dagId())
                .text("task_id", entry.taskId())
                .text("task_display_name", entry.taskId())
                .text("run_id", entry.runId())
                .number("try_number", entry.tryNumber())
                .none("map_index")
                .text("event", entry.event())
                .time("logical_date", entry.logicalDate())
                .text("owner", entry.userName())
                .text("extra", entry.extra())
                .node();
    }
}
