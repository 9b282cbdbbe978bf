package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.XCom;
import org.regionaldoughnut.schedule.store.ClearRequest;
import org.regionaldoughnut.schedule.store.ClearRequest.Option;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;

/** Task instances: listed, changed, cleared; their tries and the values they left. */
final class TaskRoutes {
    private static final String TASKS = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances";
    private static final String TASK = TASKS + "/{task_id}";
    private static final String XCOMS = TASK + "/xcomEntries";
    private static final Filters FILTERS = new Filters()
            .any("task_id", "task_id")
            .any("state", "state", text -> TaskState.of(text).word())
            .any("pool", "pool")
            .any("try_number", "try_number", Long::valueOf)
            .any("operator", "operator")
            .any("version_number", "dag_version", Long::valueOf)
            .pattern("task_display_name", "task_id")
            .pattern("task_id", "task_id")
            .pattern("dag_id", "dag_id")
            .pattern("run_id", "dag_run_id")
            .pattern("pool_name", "pool")
            .pattern("operator_name", "operator")
            .time("run_after", "logical_date", "start_date", "end_date")
            .amount("duration");
    private static final Set<String> CLEAR = Set.of(
            "dag_run_id",
            "dry_run",
            "end_date",
            "include_downstream",
            "include_future",
            "include_past",
            "include_upstream",
            "note",
            "only_failed",
            "only_running",
            "prevent_running_task",
            "reset_dag_runs",
            "run_on_latest_version",
            "start_date",
            "task_ids");
    private static final Set<String> PATCH =
            Set.of("new_state", "note", "include_upstream", "include_downstream", "include_future", "include_past");
    private static final Set<TaskState> SETTABLE = Set.of(TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED);

    private static final Filters XCOM_FILTERS =
            new Filters().any("xcom_key", "key").time("timestamp");

    private final ScheduleStore store;
    private final Titles titles;

    TaskRoutes(ScheduleStore store) {
        this.store = store;
        this.titles = new Titles(store);
    }

    void add(RoutesConfig routes) {
        routes.get(TASKS, this::list, Need.VIEWER);
        routes.post("/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/list", this::batch, Need.VIEWER);
        routes.get(TASK, request -> request.json(view(task(request))), Need.VIEWER);
        routes.patch(TASK, request -> patch(request, false), Need.USER);
        routes.patch(TASK + "/dry_run", request -> patch(request, true), Need.USER);
        routes.get(TASK + "/dependencies", this::dependencies, Need.VIEWER);
        routes.get(TASK + "/tries", this::tries, Need.VIEWER);
        routes.get(TASK + "/tries/{try_number}", this::attempt, Need.VIEWER);
        routes.get(TASK + "/links", request -> request.json(links()), Need.VIEWER);
        routes.get(XCOMS, this::xcoms, Need.VIEWER);
        routes.get(XCOMS + "/{xcom_key}", this::xcom, Need.VIEWER);
        routes.post("/api/v2/dags/{dag_id}/clearTaskInstances", this::clear, Need.USER);
    }

    TaskInstance task(Context request) {
        return store.tasks()
                .require(request.pathParam("dag_id"), request.pathParam("dag_run_id"), request.pathParam("task_id"));
    }

    private ObjectNode view(TaskInstance task) {
        return RunViews.task(task, titles.of(task.version()));
    }

    private ObjectNode past(TaskInstance task) {
        return RunViews.attempt(task, titles.of(task.version()));
    }

    private void list(Context request) {
        Criteria criteria = FILTERS.of(request);
        String dagId = request.pathParam("dag_id");
        String runId = request.pathParam("dag_run_id");
        if (!dagId.equals("~")) {
            criteria = criteria.with("dag_id", store.dags().require(dagId).dagId());
        }
        if (!runId.equals("~")) {
            if (!dagId.equals("~")) {
                store.runs().require(dagId, runId);
            }
            criteria = criteria.with("dag_run_id", runId);
        }
        request.json(View.collection("task_instances", store.tasks().list(criteria), this::view));
    }

    private void batch(Context request) {
        Criteria criteria = Batches.tasks(request.body());
        request.json(View.collection("task_instances", store.tasks().list(criteria), this::view));
    }

    private void tries(Context request) {
        TaskInstance task = task(request);
        List<TaskInstance> tries = store.tasks().tries(task.dagId(), task.runId(), task.taskId());
        request.json(View.collection("task_instances", tries, tries.size(), this::past));
    }

    private void attempt(Context request) {
        TaskInstance task = task(request);
        long number = DagRoutes.number(request.pathParam("try_number"), "try");
        request.json(store.tasks().tries(task.dagId(), task.runId(), task.taskId()).stream()
                .filter(one -> one.tryNumber() == number)
                .findFirst()
                .map(this::past)
                .orElseThrow(() ->
                        Refusal.notFound("The task '" + task.taskId() + "' had no try " + number + " in this run.")));
    }

    /** What keeps a task that has not begun from beginning. */
    private void dependencies(Context request) {
        TaskInstance task = task(request);
        request.json(View.of()
                .list(
                        "dependencies",
                        store.explanation().task(task.dagId(), task.runId(), task.taskId()),
                        reason -> View.of()
                                .text("name", "Waiting")
                                .text("reason", reason)
                                .node())
                .node());
    }

    private static ObjectNode links() {
        return View.of().object("extra_links").number("total_entries", 0).node();
    }

    private void patch(Context request, boolean dryRun) {
        TaskInstance task = task(request);
        Body body = Body.of(request.body(), PATCH);
        Optional<TaskState> state = body.word("new_state", TaskState::of);
        if (state.filter(wanted -> !SETTABLE.contains(wanted)).isPresent()) {
            body.wrong("new_state", "enum", "Input should be 'success', 'failed' or 'skipped'");
        }
        Optional<String> note = body.text("note");
        ClearRequest which = ClearRequest.tasks(task.dagId(), Optional.of(task.runId()), Set.of(task.taskId()))
                .with(Option.UPSTREAM, body.flag("include_upstream", false))
                .with(Option.DOWNSTREAM, body.flag("include_downstream", false))
                .with(Option.FUTURE, body.flag("include_future", false))
                .with(Option.PAST, body.flag("include_past", false))
                .with(Option.DRY_RUN, true);
        body.check();
        List<TaskInstance> chosen = store.runs().clear(which);
        if (state.isPresent() && !dryRun) {
            for (TaskInstance one : chosen) {
                store.tasks().setState(one.dagId(), one.runId(), one.taskId(), state.get());
            }
        }
        if (note.isPresent() && !dryRun) {
            store.tasks().setNote(task.dagId(), task.runId(), task.taskId(), note);
        }
        if (!dryRun) {
            Auditing.of(store, request, "patch_task_instance", task.dagId(), task.runId(), Optional.of(task.taskId()));
        }
        List<TaskInstance> now = chosen.stream()
                .map(one -> store.tasks().require(one.dagId(), one.runId(), one.taskId()))
                .toList();
        request.json(View.collection("task_instances", now, now.size(), this::view));
    }

    private void clear(Context request) {
        String dagId = store.dags().require(request.pathParam("dag_id")).dagId();
        Body body = Body.of(request.body(), CLEAR);
        Optional<String> runId = body.text("dag_run_id");
        Optional<Instant> start = body.instant("start_date");
        Optional<Instant> end = body.instant("end_date");
        boolean past = body.flag("include_past", false);
        boolean future = body.flag("include_future", false);
        if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
            body.wrong("end_date", "value_error", "Value error, end_date is before start_date");
        }
        if (runId.isPresent() && (start.isPresent() || end.isPresent())) {
            body.wrong(
                    "dag_run_id",
                    "value_error",
                    "Value error, Exactly one of dag_run_id or (start_date, end_date) must be provided");
        }
        boolean dryRun = body.flag("dry_run", true);
        Optional<String> note = body.text("note");
        ClearRequest wanted = ClearRequest.tasks(
                        dagId, runId, body.texts("task_ids").orElse(List.of()))
                .between(start, end)
                .with(Option.UPSTREAM, body.flag("include_upstream", false))
                .with(Option.DOWNSTREAM, body.flag("include_downstream", false))
                .with(Option.FUTURE, future)
                .with(Option.PAST, past)
                .with(Option.ONLY_FAILED, body.flag("only_failed", true))
                .with(Option.ONLY_RUNNING, body.flag("only_running", false))
                .with(Option.RESET_RUNS, body.flag("reset_dag_runs", true))
                .with(Option.LATEST_VERSION, body.flag("run_on_latest_version", false))
                .with(Option.REFUSE_RUNNING, body.flag("prevent_running_task", false))
                .with(Option.DRY_RUN, dryRun);
        body.check();
        runId.ifPresent(id -> store.runs().require(dagId, id));
        List<TaskInstance> tasks = store.runs().clear(wanted);
        if (!dryRun) {
            if (note.isPresent()) {
                tasks.forEach(task -> store.tasks().setNote(task.dagId(), task.runId(), task.taskId(), note));
            }
            Auditing.of(store, request, "clear_task_instances", dagId);
        }
        request.json(View.collection("task_instances", tasks, tasks.size(), this::view));
    }

    /** {@code ~} stands for all DAGs, runs or tasks. */
    private void xcoms(Context request) {
        Criteria criteria = XCOM_FILTERS.of(request);
        for (String name : List.of("dag_id", "dag_run_id", "task_id")) {
            String given = request.pathParam(name);
            if (!given.equals("~")) {
                criteria = criteria.with(name, given);
            }
        }
        request.json(View.collection(
                "xcom_entries", store.tasks().xcoms(criteria), value -> RunViews.xcom(value, titles.of(value.dagId()))
                        .node()));
    }

    private void xcom(Context request) {
        TaskInstance task = task(request);
        String key = request.pathParam("xcom_key");
        XCom value = store
                .tasks()
                .xcoms(Criteria.all()
                        .with("dag_id", task.dagId())
                        .with("run_id", task.runId())
                        .with("task_id", task.taskId())
                        .with("key", key))
                .items()
                .stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("The task '" + task.taskId() + "' left no value '" + key + "'."));
        request.json(RunViews.xcomWithValue(value, titles.of(task.version())));
    }
}
