package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.ClearRequest.Option;

/** Makes tasks be done again. */
final class Clearing {
    private final Database database;
    private final Definitions definitions;
    private final Changes changes;

    Clearing(Database database, Definitions definitions, Changes changes) {
        this.database = database;
        this.definitions = definitions;
        this.changes = changes;
    }

    List<TaskInstance> clear(ClearRequest request) {
        if (request.has(Option.DRY_RUN)) {
            return database.read(c -> select(c, request));
        }
        var cleared = database.write(c -> {
            var chosen = select(c, request);
            if (request.has(Option.REFUSE_RUNNING)) {
                refuseRunning(chosen);
            }
            var byRun = new LinkedHashMap<Long, List<TaskInstance>>();
            chosen.stream()
                    .sorted(java.util.Comparator.comparingLong(TaskInstance::run))
                    .forEach(task -> byRun.computeIfAbsent(task.run(), run -> new ArrayList<>())
                            .add(task));
            for (var run : byRun.entrySet()) {
                clear(c, run.getKey(), run.getValue(), request);
            }
            return chosen;
        });
        changes.announce();
        return cleared;
    }

    private static void refuseRunning(List<TaskInstance> chosen) {
        var running = chosen.stream()
                .filter(task -> task.state().filter(TaskState::isActive).isPresent())
                .map(TaskInstance::taskId)
                .toList();
        if (!running.isEmpty()) {
            throw RefusedException.conflict(
                    "Cannot clear " + String.join(", ", running) + ": they are running. Wait, or stop them first.");
        }
    }

    private List<TaskInstance> select(Connection c, ClearRequest request) throws SQLException {
        var chosen = new ArrayList<TaskInstance>();
        for (var run : runs(c, request)) {
            var dag = definitions.of(c, run.version().id());
            var wanted = taskIds(dag, request);
            for (var task : RunRows.tasks(c, run.id())) {
                if (wanted.contains(task.taskId()) && isAsked(task, request)) {
                    chosen.add(task);
                }
            }
        }
        return chosen;
    }

    private static boolean isAsked(TaskInstance task, ClearRequest request) {
        var state = task.state();
        if (request.has(Option.ONLY_FAILED)) {
            return state.filter(s -> s == TaskState.FAILED || s == TaskState.UPSTREAM_FAILED)
                    .isPresent();
        }
        if (request.has(Option.ONLY_RUNNING)) {
            return state.filter(s -> s == TaskState.RUNNING || s == TaskState.RESTARTING)
                    .isPresent();
        }
        return true;
    }

    private static Set<String> taskIds(Dag dag, ClearRequest request) {
        var wanted = new HashSet<String>();
        for (var task : dag.tasks()) {
            if (request.taskIds().isEmpty() || request.taskIds().contains(task.taskId())) {
                wanted.add(task.taskId());
                if (request.has(Option.UPSTREAM)) {
                    wanted.addAll(dag.ancestors(task.taskId()));
                }
                if (request.has(Option.DOWNSTREAM)) {
                    wanted.addAll(dag.descendants(task.taskId()));
                }
            }
        }
        return wanted;
    }

    private static List<DagRun> runs(Connection c, ClearRequest request) throws SQLException {
        if (request.runId().isEmpty()) {
            var criteria = Criteria.all().with("dag_id", request.dagId()).orderBy("id");
            if (request.start().isPresent()) {
                criteria = criteria.where(
                        "logical_date",
                        Criteria.Operator.AT_LEAST,
                        request.start().get());
            }
            if (request.end().isPresent()) {
                criteria = criteria.where(
                        "logical_date", Criteria.Operator.AT_MOST, request.end().get());
            }
            return Rows.RUNS.list(c, Rows::run, criteria).items();
        }
        var runId = request.runId().get();
        var named = Sql.first(
                        c,
                        Rows::run,
                        Rows.RUNS.select() + " where r.dag_id = ? and r.run_id = ?",
                        request.dagId(),
                        runId)
                .orElseThrow(() -> Runs.unknown(request.dagId(), runId));
        var found = new ArrayList<>(List.of(named));
        var date = named.logicalDate().orElse(named.runAfter());
        if (request.has(Option.PAST)) {
            found.addAll(beside(c, request.dagId(), "<", date));
        }
        if (request.has(Option.FUTURE)) {
            found.addAll(beside(c, request.dagId(), ">", date));
        }
        return found;
    }

    private static List<DagRun> beside(Connection c, String dagId, String sign, java.time.Instant date)
            throws SQLException {
        return Sql.list(
                c,
                Rows::run,
                Rows.RUNS.select() + " where r.dag_id = ? and coalesce(r.logical_date, r.run_after) " + sign
                        + " ? order by r.id",
                dagId,
                date);
    }

    private void clear(Connection c, long id, List<TaskInstance> tasks, ClearRequest request) throws SQLException {
        var now = database.now();
        var run = RunRows.lock(c, id).orElseThrow();
        if (request.has(Option.LATEST_VERSION)) {
            toLatest(c, run);
        }
        var rows = new TaskRows(c, now);
        var wanted = tasks.stream().map(TaskInstance::taskId).collect(java.util.stream.Collectors.toSet());
        for (var task : RunRows.tasks(c, id)) {
            if (!wanted.contains(task.taskId()) || task.state().isEmpty()) {
                continue;
            }
            if (task.state().get() == TaskState.RUNNING) {
                Sql.update(c, "update task_instance set state = 'restarting' where id = ?", task.id());
            } else if (task.state().get() != TaskState.REMOVED) {
                rows.reset(task, definitions);
            }
        }
        if (request.has(Option.RESET_RUNS)) {
            Sql.update(
                    c,
                    "update dag_run set state = 'queued', queued_at = ?, started = null, ended = null, duration ="
                            + " null, late = false, due = true where id = ?",
                    now,
                    id);
            if (run.backfill().isPresent()) {
                Sql.update(
                        c,
                        "update backfill set completed = null where id = ?",
                        run.backfill().get());
            }
        }
        Sql.update(c, "update dag_run set due = true where id = ?", id);
    }

    /** The run goes on with the newest wording: tasks that are new are added, tasks that are gone are removed. */
    private void toLatest(Connection c, DagRun run) throws SQLException {
        var version = Sql.first(
                c, row -> row.getObject(1, UUID.class), "select version_id from dag where dag_id = ?", run.dagId());
        if (version.isEmpty() || version.get().equals(run.version().id())) {
            return;
        }
        toVersion(c, run, version.get());
    }

    void toVersion(Connection c, DagRun run, UUID version) throws SQLException {
        var dag = definitions.of(c, version);
        Sql.update(c, "update dag_run set version_id = ? where id = ?", version, run.id());
        Map<String, TaskInstance> known = new LinkedHashMap<>();
        RunRows.tasks(c, run.id()).forEach(task -> known.put(task.taskId(), task));
        var added = dag.tasks().stream()
                .filter(task -> !known.containsKey(task.taskId()))
                .toList();
        RunRows.insertTasks(c, added, run.id(), run.dagId(), version, run.runId(), run.logicalDate(), run.runAfter());
        for (var task : known.values()) {
            var definition = dag.findTask(task.taskId());
            if (definition.isEmpty()) {
                Sql.update(c, "update task_instance set state = 'removed' where id = ?", task.id());
            } else {
                Sql.update(
                        c,
                        "update task_instance set version_id = ?, operator = ?, pool = ?, pool_slots = ?, "
                                + "priority_weight = ? where id = ?",
                        version,
                        definition.get().work().kind().operator(),
                        definition.get().pool(),
                        definition.get().poolSlots(),
                        definition.get().priorityWeight(),
                        task.id());
            }
        }
    }
}
