package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.XCom;
import org.regionaldoughnut.schedule.store.ClearRequest;
import org.regionaldoughnut.schedule.store.ClearRequest.Option;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TriggerRequest;

/** Runs: listed, started, changed, cleared, waited for, deleted. */
final class RunRoutes {
    private static final String RUNS = "/api/v2/dags/{dag_id}/dagRuns";
    private static final String RUN = RUNS + "/{dag_run_id}";
    private static final Filters FILTERS = new Filters()
            .any("state", "state", text -> RunState.of(text).word())
            .any("run_type", "run_type", text -> RunType.of(text).word())
            .any("dag_version", "dag_version", Long::valueOf)
            .any("triggering_user_name", "triggering_user_name")
            .pattern("run_id", "dag_run_id")
            .pattern("dag_id", "dag_id")
            .pattern("triggering_user_name", "triggering_user_name")
            .time("run_after", "logical_date", "start_date", "end_date", "updated_at")
            .amount("duration");
    private static final Set<String> TRIGGER = Set.of(
            "conf",
            "dag_run_id",
            "data_interval_end",
            "data_interval_start",
            "logical_date",
            "note",
            "partition_key",
            "run_after");

    private static final Set<String> CLEAR =
            Set.of("dry_run", "only_failed", "only_new", "run_on_latest_version", "note");

    private final ScheduleStore store;
    private final Titles titles;
    private final ScheduledExecutorService clockwork;

    /** @param clockwork looks at runs that are waited for */
    RunRoutes(ScheduleStore store, ScheduledExecutorService clockwork) {
        this.store = store;
        this.titles = new Titles(store);
        this.clockwork = clockwork;
    }

    void add(RoutesConfig routes) {
        routes.get(RUNS, this::list, Need.VIEWER);
        routes.post(RUNS, this::trigger, Need.USER);
        routes.post("/api/v2/dags/{dag_id}/dagRuns/list", this::batch, Need.VIEWER);
        routes.get(RUN, request -> request.json(view(run(request))), Need.VIEWER);
        routes.patch(RUN, this::patch, Need.USER);
        routes.delete(RUN, this::delete, Need.USER);
        routes.post(RUN + "/clear", this::clear, Need.USER);
        routes.get(RUN + "/wait", this::await, Need.VIEWER);
    }

    private DagRun run(Context request) {
        return store.runs().require(request.pathParam("dag_id"), request.pathParam("dag_run_id"));
    }

    private ObjectNode view(DagRun run) {
        return RunViews.run(run, titles.of(run.version()));
    }

    private void list(Context request) {
        Criteria criteria = FILTERS.of(request);
        String dagId = request.pathParam("dag_id");
        if (!dagId.equals("~")) {
            criteria = criteria.with("dag_id", store.dags().require(dagId).dagId());
        }
        request.json(View.collection("dag_runs", store.runs().list(criteria), this::view));
    }

    private void batch(Context request) {
        if (!request.pathParam("dag_id").equals("~")) {
            throw Refusal.badRequest("List runs of all DAGs: the path is /dags/~/dagRuns/list");
        }
        request.json(View.collection("dag_runs", store.runs().list(Batches.runs(request.body())), this::view));
    }

    private void trigger(Context request) {
        String dagId = store.dags().require(request.pathParam("dag_id")).dagId();
        Body body = Body.of(request.body(), TRIGGER);
        Optional<Instant> start = body.instant("data_interval_start");
        Optional<Instant> end = body.instant("data_interval_end");
        if (start.isPresent() != end.isPresent()) {
            body.wrong(
                    start.isPresent() ? "data_interval_end" : "data_interval_start",
                    "value_error",
                    "Value error, Either both data_interval_start and data_interval_end must be provided or both must"
                            + " be None");
        }
        if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
            body.wrong(
                    "data_interval_end", "value_error", "Value error, data_interval_end is before data_interval_start");
        }
        Optional<String> name = body.text("dag_run_id");
        if (name.filter(id -> id.isBlank() || id.length() > 250 || id.contains("/"))
                .isPresent()) {
            body.wrong("dag_run_id", "value_error", "Value error, a run id has 1 to 250 characters and no slash");
        }
        Optional<Instant> logicalDate = body.instant("logical_date");
        Optional<Instant> runAfter = body.instant("run_after");
        ObjectNode conf = body.object("conf");
        Optional<String> note = body.text("note");
        body.text("partition_key");
        body.check();
        DagRun run = store.runs()
                .trigger(new TriggerRequest(
                        dagId,
                        name,
                        logicalDate,
                        start.flatMap(from -> end.map(to -> new DataInterval(from, to))),
                        runAfter,
                        conf,
                        note,
                        TriggeredBy.REST_API,
                        Optional.of(Guard.account(request).name())));
        Auditing.of(store, request, "trigger_dag_run", dagId, run.runId(), Optional.empty());
        request.json(view(run));
    }

    private void patch(Context request) {
        DagRun run = run(request);
        Body body = Body.of(request.body(), Set.of("state", "note"));
        Optional<RunState> state = body.word("state", RunState::of);
        if (state.filter(wanted -> wanted == RunState.RUNNING).isPresent()) {
            body.wrong("state", "enum", "Input should be 'queued', 'success' or 'failed'");
        }
        Optional<String> note = body.text("note");
        body.check();
        if (state.isPresent()) {
            store.runs().setState(run.dagId(), run.runId(), state.get());
        }
        if (note.isPresent()) {
            store.runs().setNote(run.dagId(), run.runId(), note);
        }
        Auditing.of(store, request, "patch_dag_run", run.dagId(), run.runId(), Optional.empty());
        request.json(view(run(request)));
    }

    private void delete(Context request) {
        DagRun run = run(request);
        store.runs().delete(run.dagId(), run.runId());
        Auditing.of(store, request, "delete_dag_run", run.dagId(), run.runId(), Optional.empty());
        request.status(204);
    }

    private void clear(Context request) {
        DagRun run = run(request);
        Body body = Body.of(request.body(), CLEAR);
        boolean dryRun = body.flag("dry_run", true);
        boolean onlyFailed = body.flag("only_failed", false);
        boolean latest = body.flag("run_on_latest_version", false);
        Optional<String> note = body.text("note");
        if (body.flag("only_new", false)) {
            body.wrong(
                    "only_new",
                    "value_error",
                    "Value error, a run has all tasks of its version: there are no new ones");
        }
        body.check();
        List<TaskInstance> tasks = store.runs()
                .clear(ClearRequest.run(run.dagId(), run.runId())
                        .with(Option.ONLY_FAILED, onlyFailed)
                        .with(Option.LATEST_VERSION, latest)
                        .with(Option.DRY_RUN, dryRun));
        if (dryRun) {
            request.json(View.collection(
                    "task_instances", tasks, tasks.size(), task -> RunViews.task(task, titles.of(run.version()))));
            return;
        }
        if (note.isPresent()) {
            store.runs().setNote(run.dagId(), run.runId(), note);
        }
        Auditing.of(store, request, "clear_dag_run", run.dagId(), run.runId(), Optional.empty());
        request.json(view(run(request)));
    }

    /** Answers when the run has ended: one object, or a line each time it was looked at for who wants lines. */
    private void await(Context request) {
        DagRun run = run(request);
        String every = Optional.ofNullable(request.queryParam("interval")).orElse("1");
        double seconds;
        try {
            seconds = Double.parseDouble(every);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("interval is '" + every + "', not a number of seconds");
        }
        if (!(seconds > 0)) {
            throw Refusal.badRequest("interval has to be above 0 seconds");
        }
        List<String> results = request.queryParams("result");
        boolean lines = Optional.ofNullable(request.header("Accept"))
                .filter(accept -> accept.contains("ndjson"))
                .isPresent();
        CompletableFuture<DagRun> ended = new CompletableFuture<>();
        request.future(() -> {
            look(run, Duration.ofMillis(Math.max(100, (long) (seconds * 1000))), ended);
            return ended.thenAccept(last -> {
                ObjectNode answer = View.of()
                        .text("state", last.state().word())
                        .json("results", results(last, results))
                        .node();
                request.contentType(lines ? "application/x-ndjson" : "application/json")
                        .result(answer + (lines ? "\n" : ""));
            });
        });
    }

    private void look(DagRun run, Duration every, CompletableFuture<DagRun> ended) {
        if (ended.isDone()) {
            return;
        }
        try {
            DagRun now = store.runs().require(run.dagId(), run.runId());
            if (now.state().isFinished()) {
                ended.complete(now);
            } else {
                clockwork.schedule(() -> look(run, every, ended), every.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private ObjectNode results(DagRun run, List<String> tasks) {
        View results = View.of();
        for (String task : tasks) {
            results.json(
                    task,
                    store
                            .tasks()
                            .xcoms(Criteria.all()
                                    .with("dag_id", run.dagId())
                                    .with("run_id", run.runId())
                                    .with("task_id", task)
                                    .with("key", XCom.RETURN_VALUE))
                            .items()
                            .stream()
                            .findFirst()
                            .map(XCom::value)
                            .orElse(com.fasterxml.jackson.databind.node.NullNode.instance));
        }
        return results.node();
    }
}
