package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.DagRecord;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.timetable.Timetable;

/** What only our own page asks for: why something does not start, and when the next runs are due. */
final class UiRoutes {
    private static final int MOST_NEXT = 50;

    private final ScheduleStore store;

    UiRoutes(ScheduleStore store) {
        this.store = store;
    }

    void add(RoutesConfig routes) {
        routes.get("/ui/why/{dag_id}", this::dag, Need.VIEWER);
        routes.get("/ui/why/{dag_id}/{dag_run_id}", this::run, Need.VIEWER);
        routes.get("/ui/next/{dag_id}", this::next, Need.VIEWER);
    }

    /** A sentence, and what it is about. */
    private record Reason(Optional<String> runId, Optional<String> taskId, String text) {}

    private void dag(Context request) {
        DagRecord dag = store.dags().require(request.pathParam("dag_id"));
        List<Reason> reasons = new ArrayList<>();
        store.explanation()
                .dag(dag.dagId())
                .forEach(text -> reasons.add(new Reason(Optional.empty(), Optional.empty(), text)));
        List<DagRun> waiting = store.runs()
                .list(Criteria.all()
                        .with("dag_id", dag.dagId())
                        .with("state", RunState.QUEUED.word())
                        .orderBy("run_after")
                        .page(5, 0))
                .items();
        for (DagRun run : waiting) {
            store.explanation()
                    .run(run.dagId(), run.runId())
                    .forEach(text -> reasons.add(new Reason(Optional.of(run.runId()), Optional.empty(), text)));
        }
        answer(request, reasons);
    }

    private void run(Context request) {
        DagRun run = store.runs().require(request.pathParam("dag_id"), request.pathParam("dag_run_id"));
        List<Reason> reasons = new ArrayList<>();
        if (run.state() == RunState.QUEUED) {
            store.explanation()
                    .run(run.dagId(), run.runId())
                    .forEach(text -> reasons.add(new Reason(Optional.empty(), Optional.empty(), text)));
        } else if (run.state() == RunState.RUNNING) {
            for (TaskInstance task :
                    store.tasks().list(Criteria.all().with("run", run.id())).items()) {
                if (!task.isFinished()) {
                    store.explanation()
                            .task(run.dagId(), run.runId(), task.taskId())
                            .forEach(text ->
                                    reasons.add(new Reason(Optional.empty(), Optional.of(task.taskId()), text)));
                }
            }
        }
        answer(request, reasons);
    }

    private static void answer(Context request, List<Reason> reasons) {
        request.json(View.of()
                .list("reasons", reasons, reason -> View.of()
                        .text("run_id", reason.runId())
                        .text("task_id", reason.taskId())
                        .text("text", reason.text())
                        .node())
                .node());
    }

    private void next(Context request) {
        DagRecord dag = store.dags().require(request.pathParam("dag_id"));
        int count = Math.min(Filters.number(request, "count", 5), MOST_NEXT);
        Timetable timetable = Timetable.of(dag.dag());
        List<DueRun> runs = new ArrayList<>();
        Optional<DueRun> due = dag.next();
        while (due.isPresent() && runs.size() < count) {
            runs.add(due.get());
            due = timetable.next(Optional.of(due.get().runAfter()), due.get().runAfter());
        }
        request.json(View.of().list("runs", runs, UiRoutes::view).node());
    }

    private static ObjectNode view(DueRun due) {
        return View.of()
                .time("logical_date", due.logicalDate())
                .time("data_interval_start", due.interval().start())
                .time("data_interval_end", due.interval().end())
                .time("run_after", due.runAfter())
                .node();
    }
}
