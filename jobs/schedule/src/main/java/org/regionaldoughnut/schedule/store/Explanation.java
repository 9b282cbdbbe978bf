package org.regionaldoughnut.schedule.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.regionaldoughnut.schedule.model.DagRecord;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;

/** Says in sentences why a DAG, a run or a task does not start. */
public final class Explanation {
    private final ScheduleStore store;

    Explanation(ScheduleStore store) {
        this.store = store;
    }

    /** What keeps the next run from being made; when it is due where nothing does. */
    public List<String> dag(String dagId) {
        var dag = store.dags().require(dagId);
        var said = new ArrayList<String>();
        general(dag, said);
        var active = active(dagId);
        if (active >= dag.dag().maxActiveRuns()) {
            said.add("max_active_runs reached: " + active + " of " + dag.dag().maxActiveRuns());
        }
        if (dag.dag().schedule().kind() == Schedule.Kind.ASSETS) {
            missingAssets(dag, said);
        } else if (dag.next().isPresent()) {
            said.add("next run is due at " + dag.next().get().runAfter());
        } else if (dag.dag().schedule().kind() == Schedule.Kind.NONE) {
            said.add("it has no schedule: runs are started by hand");
        } else if (said.isEmpty()) {
            said.add("no further run is due");
        }
        return said;
    }

    /** What keeps a run from starting or ending. */
    public List<String> run(String dagId, String runId) {
        var run = store.runs().require(dagId, runId);
        var dag = store.dags().require(dagId);
        var said = new ArrayList<String>();
        if (run.state().isFinished()) {
            said.add("it has ended: " + run.state().word());
            return said;
        }
        general(dag, said);
        if (run.state() == RunState.QUEUED) {
            queued(run, dag, said);
        } else {
            for (var task : ofRun(run)) {
                if (!task.isFinished()) {
                    task(dagId, runId, task.taskId()).forEach(why -> said.add(task.taskId() + ": " + why));
                }
            }
        }
        return said;
    }

    private void queued(DagRun run, DagRecord dag, List<String> said) {
        if (run.runAfter().isAfter(now())) {
            said.add("it is due at " + run.runAfter());
        }
        if (run.backfill().isPresent()) {
            var backfill = store.backfills().require(run.backfill().get());
            var busy = count("backfill_id", backfill.id());
            if (backfill.paused()) {
                said.add("the backfill " + backfill.id() + " is paused");
            }
            if (busy >= backfill.maxActiveRuns()) {
                said.add("max_active_runs of the backfill reached: " + busy + " of " + backfill.maxActiveRuns());
            }
            return;
        }
        var running = store.runs()
                .list(Criteria.all()
                        .with("dag_id", run.dagId())
                        .with("state", RunState.RUNNING.word())
                        .where("backfill_id", Criteria.Operator.ABSENT))
                .total();
        if (running >= dag.dag().maxActiveRuns()) {
            said.add("max_active_runs reached: " + running + " of " + dag.dag().maxActiveRuns());
        }
    }

    /** What keeps a task from starting. */
    public List<String> task(String dagId, String runId, String taskId) {
        var task = store.tasks().require(dagId, runId, taskId);
        var run = store.runs().require(dagId, runId);
        var dag = store.dags().require(dagId);
        var said = new ArrayList<String>();
        if (task.isFinished()) {
            said.add("it has ended: " + task.state().orElseThrow().word());
            return said;
        }
        general(dag, said);
        if (run.state() == RunState.QUEUED) {
            said.add("its run is queued");
        }
        var state = task.state();
        if (state.isEmpty()) {
            upstream(run, task, said);
        } else {
            switch (state.get()) {
                case UP_FOR_RETRY ->
                    said.add("up for retry at "
                            + task.retryAt().map(Instant::toString).orElse("once"));
                case SCHEDULED -> slots(dag, task, said);
                case QUEUED ->
                    said.add("queued since "
                            + task.queuedAt().map(Instant::toString).orElse("now")
                            + ": waiting for a node with a free thread");
                case RUNNING, RESTARTING ->
                    said.add("running since "
                            + task.started().map(Instant::toString).orElse("now") + " on "
                            + task.node().orElse("a node"));
                default -> said.add(state.get().word());
            }
        }
        return said;
    }

    private void general(DagRecord dag, List<String> said) {
        if (dag.stale()) {
            said.add("the DAG is no longer configured");
        }
        if (dag.paused()) {
            said.add("paused");
        }
        if (store.nodes().running().isEmpty()) {
            said.add("no scheduler is running: start one with 'doughnut schedule start'");
        }
    }

    private void upstream(DagRun run, TaskInstance task, List<String> said) {
        var definition = store.dags().definition(task.version().id()).task(task.taskId());
        var open = ofRun(run).stream()
                .filter(other -> definition.upstream().contains(other.taskId()) && !other.isFinished())
                .map(other -> other.taskId() + " ("
                        + other.state().map(TaskState::word).orElse("none") + ")")
                .toList();
        if (!open.isEmpty()) {
            said.add("trigger rule " + definition.triggerRule().word() + ": waiting for " + String.join(", ", open));
        } else if (definition.dependsOnPast()) {
            said.add("depends_on_past: the same task of the run before has not succeeded");
        } else if (run.state() == RunState.RUNNING) {
            said.add("about to be scheduled");
        }
    }

    private void slots(DagRecord dag, TaskInstance task, List<String> said) {
        var active = store.tasks()
                .list(Criteria.all()
                        .with("dag_id", task.dagId())
                        .where("state", Criteria.Operator.IN, "queued", "running", "restarting")
                        .page(1, 0))
                .total();
        if (active >= dag.dag().maxActiveTasks()) {
            said.add("max_active_tasks reached: " + active + " of " + dag.dag().maxActiveTasks());
        }
        var pool = store.pools().find(task.pool());
        if (pool.isEmpty()) {
            said.add("the pool " + task.pool() + " does not exist");
        } else if (pool.get().open() < task.poolSlots()) {
            said.add(String.format(
                    Locale.ROOT,
                    "waiting for pool %s: %d of %d slots%s",
                    task.pool(),
                    pool.get().occupied(),
                    pool.get().pool().slots(),
                    task.poolSlots() == 1 ? "" : ", and it needs " + task.poolSlots()));
        }
        if (said.isEmpty()) {
            said.add("about to be queued");
        }
    }

    private void missingAssets(DagRecord dag, List<String> said) {
        var queued = store.assets().queuedOfDag(dag.dagId()).stream()
                .map(event -> store.assets().require(event.assetId()).name())
                .toList();
        var missing = dag.dag().schedule().assets().stream()
                .filter(name -> !queued.contains(name))
                .toList();
        said.add("waiting for a new event of " + String.join(", ", missing));
    }

    private List<TaskInstance> ofRun(DagRun run) {
        return store.tasks().list(Criteria.all().with("run", run.id())).items();
    }

    private long active(String dagId) {
        return store.runs()
                .list(Criteria.all()
                        .with("dag_id", dagId)
                        .where("state", Criteria.Operator.IN, "queued", "running")
                        .where("backfill_id", Criteria.Operator.ABSENT))
                .total();
    }

    private long count(String field, Object value) {
        return store.runs()
                .list(Criteria.all().with(field, value).with("state", RunState.RUNNING.word()))
                .total();
    }

    private Instant now() {
        return store.clock().instant();
    }
}
