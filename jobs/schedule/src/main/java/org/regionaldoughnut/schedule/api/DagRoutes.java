package org.regionaldoughnut.schedule.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRecord;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.Listing;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** DAGs, their details, tasks, versions, source, tags and counts of runs. */
final class DagRoutes {
    private static final Filters DAGS = new Filters()
            .any("tags", "tags")
            .any("owners", "owners")
            .any("paused", "is_paused", DagRoutes::bool)
            .any("last_dag_run_state", "last_run_state")
            .any("timetable_type", "timetable_type")
            .any("asset_id", "asset", Long::valueOf)
            .any("dag_ids", "dag_id")
            .pattern("dag_id", "dag_id")
            .pattern("dag_display_name", "dag_display_name");
    private static final Filters VERSIONS = new Filters().any("version_number", "version_number", Long::valueOf);
    private static final Filters TAGS = new Filters().pattern("tag_name", "name");

    private final ScheduleStore store;

    DagRoutes(ScheduleStore store) {
        this.store = store;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v2/dags", this::list, Need.VIEWER);
        routes.patch("/api/v2/dags", this::patchAll, Need.USER);
        routes.get("/api/v2/dags/{dag_id}", request -> request.json(DagViews.dag(dag(request))), Need.VIEWER);
        routes.get("/api/v2/dags/{dag_id}/details", this::details, Need.VIEWER);
        routes.patch("/api/v2/dags/{dag_id}", this::patch, Need.USER);
        routes.delete("/api/v2/dags/{dag_id}", this::delete, Need.OPERATOR);
        routes.get("/api/v2/dags/{dag_id}/tasks", this::tasks, Need.VIEWER);
        routes.get("/api/v2/dags/{dag_id}/tasks/{task_id}", this::task, Need.VIEWER);
        routes.get("/api/v2/dags/{dag_id}/dagVersions", this::versions, Need.VIEWER);
        routes.get("/api/v2/dags/{dag_id}/dagVersions/{number}", this::version, Need.VIEWER);
        routes.get("/api/v2/dagSources/{dag_id}", this::source, Need.VIEWER);
        routes.get("/api/v2/dagTags", this::tags, Need.VIEWER);
        routes.get("/api/v2/dagStats", this::stats, Need.VIEWER);
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("Input should be a valid boolean");
        };
    }

    private DagRecord dag(Context request) {
        return store.dags().require(request.pathParam("dag_id"));
    }

    private void list(Context request) {
        Criteria criteria = DAGS.of(request);
        if (Filters.flag(request, "exclude_stale", true)) {
            criteria = criteria.with("is_stale", false);
        }
        request.json(View.collection("dags", store.dags().list(criteria), DagViews::dag));
    }

    private void details(Context request) {
        DagRecord dag = dag(request);
        long active = store.runs()
                .list(Criteria.all()
                        .with("dag_id", dag.dagId())
                        .where("state", Criteria.Operator.IN, RunState.QUEUED.word(), RunState.RUNNING.word())
                        .page(1, 0))
                .total();
        request.json(DagViews.details(dag, Math.toIntExact(active)));
    }

    private void patch(Context request) {
        boolean paused = paused(request);
        DagRecord changed = pause(request, dag(request).dagId(), paused);
        request.json(DagViews.dag(changed));
    }

    /** All DAGs that meet the conditions; a pattern is required, as Airflow does, so that nobody pauses all by mistake. */
    private void patchAll(Context request) {
        if (request.queryParam("dag_id_pattern") == null) {
            throw Refusal.badRequest("Give dag_id_pattern, ~ for all DAGs");
        }
        boolean paused = paused(request);
        Criteria criteria = "~".equals(request.queryParam("dag_id_pattern"))
                ? Criteria.all().with("is_stale", false)
                : DAGS.of(request).with("is_stale", false);
        List<DagRecord> changed = new ArrayList<>();
        for (DagRecord dag : store.dags().list(criteria).items()) {
            changed.add(pause(request, dag.dagId(), paused));
        }
        request.json(View.collection("dags", changed, changed.size(), DagViews::dag));
    }

    private static boolean paused(Context request) {
        Body body = Body.of(request.body(), Set.of("is_paused"));
        boolean paused = body.requiredFlag("is_paused");
        body.check();
        return paused;
    }

    private DagRecord pause(Context request, String dagId, boolean paused) {
        DagRecord changed = store.dags().setPaused(dagId, paused);
        Auditing.of(store, request, paused ? "pause" : "unpause", dagId);
        return changed;
    }

    private void delete(Context request) {
        String dagId = dag(request).dagId();
        store.dags().delete(dagId);
        Auditing.of(store, request, "delete_dag", dagId);
        request.status(204);
    }

    private void tasks(Context request) {
        Dag dag = dag(request).dag();
        List<TaskDefinition> tasks = new ArrayList<>(dag.tasks());
        String order = Optional.ofNullable(request.queryParam("order_by")).orElse("task_id");
        java.util.Comparator<TaskDefinition> comparator =
                switch (order.replaceFirst("^-", "")) {
                    case "task_id" ->
                        request.queryParam("order_by") == null
                                ? java.util.Comparator.comparingInt(dag.tasks()::indexOf)
                                : java.util.Comparator.comparing(TaskDefinition::taskId);
                    case "pool" -> java.util.Comparator.comparing(TaskDefinition::pool);
                    case "owner" -> java.util.Comparator.comparing(TaskDefinition::owner);
                    case "trigger_rule" ->
                        java.util.Comparator.comparing(
                                task -> task.triggerRule().word());
                    case "retries" ->
                        java.util.Comparator.comparingInt(task -> task.retry().retries());
                    case "priority_weight" -> java.util.Comparator.comparingInt(TaskDefinition::priorityWeight);
                    default -> throw Refusal.badRequest("'" + order + "' is not a field that tasks are ordered by");
                };
        tasks.sort(order.startsWith("-") ? comparator.reversed() : comparator);
        request.json(View.collection("tasks", tasks, tasks.size(), task -> DagViews.task(dag, task)));
    }

    private void task(Context request) {
        Dag dag = dag(request).dag();
        String id = request.pathParam("task_id");
        TaskDefinition task = dag.findTask(id)
                .orElseThrow(() -> Refusal.notFound("The DAG '" + dag.dagId() + "' has no task '" + id + "'."
                        + org.regionaldoughnut.model.NearMiss.hint(
                                id,
                                dag.tasks().stream().map(TaskDefinition::taskId).toList())));
        request.json(DagViews.task(dag, task));
    }

    private void versions(Context request) {
        Criteria criteria = VERSIONS.of(request);
        if (!request.pathParam("dag_id").equals("~")) {
            criteria = criteria.with("dag_id", dag(request).dagId());
        }
        request.json(View.collection(
                "dag_versions",
                store.dags().versions(criteria),
                version -> DagViews.version(version, version.dagId())));
    }

    private void version(Context request) {
        DagRecord dag = dag(request);
        long number = number(request.pathParam("number"), "version");
        request.json(
                store
                        .dags()
                        .versions(Criteria.all().with("dag_id", dag.dagId()).with("version_number", number))
                        .items()
                        .stream()
                        .findFirst()
                        .map(version -> DagViews.version(version, dag.dag().title()))
                        .orElseThrow(() ->
                                Refusal.notFound("The DAG '" + dag.dagId() + "' has no version " + number + ".")));
    }

    static long number(String text, String what) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.notFound("'" + text + "' is no number of a " + what + ".");
        }
    }

    private void source(Context request) {
        DagRecord dag = dag(request);
        Optional<Integer> number = Optional.ofNullable(request.queryParam("version_number"))
                .map(text -> Math.toIntExact(number(text, "version")));
        String text = store.dags()
                .source(dag.dagId(), number)
                .orElseThrow(() -> Refusal.notFound("There is no such version of '" + dag.dagId() + "'."));
        if ("text/plain".equals(request.header("Accept"))) {
            request.contentType("text/plain; charset=utf-8").result(text);
            return;
        }
        request.json(View.of()
                .text("content", text)
                .text("dag_id", dag.dagId())
                .text("dag_display_name", dag.dag().title())
                .number("version_number", number.orElse(dag.version().number()))
                .node());
    }

    private void tags(Context request) {
        Listing<String> tags = store.dags().tags(TAGS.of(request));
        View view = View.of().texts("tags", tags.items()).number("total_entries", tags.total());
        request.json(view.node());
    }

    /** Runs of each DAG by state, all four states always. */
    private void stats(Context request) {
        Criteria criteria = new Filters().any("dag_ids", "dag_id").where(request, Criteria.all());
        List<DagRecord> dags = store.dags().list(criteria).items();
        Map<String, Map<RunState, Long>> counts =
                store.runs().counts(dags.stream().map(DagRecord::dagId).toList());
        request.json(View.collection("dags", dags, dags.size(), dag -> View.of()
                .text("dag_id", dag.dagId())
                .text("dag_display_name", dag.dag().title())
                .list("stats", List.of(RunState.values()), state -> View.of()
                        .text("state", state.word())
                        .number(
                                "count",
                                counts.getOrDefault(dag.dagId(), Map.of()).getOrDefault(state, 0L))
                        .node())
                .node()));
    }
}
