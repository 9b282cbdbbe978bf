package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.decision.Backoff;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.model.XCom;

/**
 * Moves runs and tasks on: for the engine. Every method is one transaction and may be called by any node at any time;
 * where the state has moved on meanwhile it does nothing, and says so.
 */
public final class Flow {
    /** A task that has taken down so many nodes is not given to another. */
    static final int MOST_TAKEOVERS = 3;

    private final Database database;
    private final Definitions definitions;
    private final DagFlow dags;

    Flow(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
        this.dags = new DagFlow(database, definitions);
    }

    /** A try that may begin. */
    public record Begun(Dag dag, DagRun run, TaskInstance task) {}

    /** Creates the runs of a DAG that are due, and starts queued ones as far as its limits let it. */
    public Effects advance(String dagId) {
        return dags.advance(dagId);
    }

    /** DAGs with queued runs or asset events to look at, or with a scheduled run that is overdue. */
    public List<String> waitingDags() {
        return database.read(c -> Sql.list(
                c,
                row -> row.getString(1),
                "select dag_id from dag_run where state = 'queued' and run_after <= ? union select dag_id from"
                        + " asset_queue union select dag_id from dag where next_run_after <= ? and not paused and not"
                        + " stale union select dag_id from dag where next_run_after is null and not paused and not stale"
                        + " and schedule_kind in ('cron', 'once', 'continuous')",
                database.now(),
                database.now()));
    }

    /** Runs that something has happened to, and those with a task whose retry is due. */
    public List<Long> dueRuns() {
        return database.read(c -> Sql.list(
                c,
                row -> row.getLong(1),
                "select id from dag_run where due = true union select run from task_instance "
                        + "where state = 'up_for_retry' and retry_at <= ? union select id from dag_run r "
                        + "where r.state = 'running' and not exists (select 1 from task_instance t where t.run = r.id "
                        + "and (t.state is null or t.state in ('scheduled', 'queued', 'running', 'restarting', "
                        + "'up_for_retry')))",
                database.now()));
    }

    /** DAGs whose next run is due later, and when. */
    public Map<String, Instant> upcoming() {
        var found = new HashMap<String, Instant>();
        database.read(c -> Sql.list(
                        c,
                        row -> Map.entry(row.getString("dag_id"), Sql.instant(row, "next_run_after")),
                        "select dag_id, next_run_after from dag where next_run_after > ? and not paused and not stale",
                        database.now()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** Nodes that are no more and still have tasks to their name. */
    public List<String> orphans() {
        return database.read(c -> Sql.list(
                c,
                row -> row.getString(1),
                "select distinct t.node from task_instance t where t.state in ('running', 'restarting') and t.node "
                        + "not in (select n.id from node n where n.state = 'running')"));
    }

    /** Tasks that are up for retry, and when: to be armed again after a start. */
    public Effects pendingRetries() {
        return database.read(c -> {
            var effects = new Effects();
            for (var task : Sql.list(
                    c, Rows::task, Rows.TASKS.select() + " where t.state = 'up_for_retry' order by t.ordinal")) {
                effects.retry(task.run(), task.retryAt().orElse(database.now()));
            }
            return effects;
        });
    }

    /** Looks at a run: which tasks may start, which cannot any more, whether it has ended. */
    public Effects decide(long run) {
        return database.write(c -> {
            var effects = new Effects();
            var locked = RunRows.lock(c, run);
            if (locked.isPresent()) {
                settling(c, effects).settle(locked.get());
            }
            return effects;
        });
    }

    /** Gives slots to tasks that want them, the heaviest and oldest first, and queues their tries. */
    public List<TryKey> dispatch() {
        return database.write(c -> new Dispatch(c, definitions, database.now()).queue());
    }

    /** Tries that have been queued since before that time: their trigger may be lost. */
    public List<TryKey> queuedBefore(Instant time) {
        return database
                .read(c -> Sql.list(
                        c, Rows::task, Rows.TASKS.select() + " where t.state = 'queued' and t.queued_at < ?", time))
                .stream()
                .map(TaskInstance::key)
                .toList();
    }

    /** A queued try begins on a node; nothing where it has begun, or is no longer wanted. */
    public Optional<Begun> begin(TryKey key, String node, Holder process) {
        return database.write(c -> {
            var changed = Sql.update(
                    c,
                    "update task_instance set state = 'running', started = ?, ended = null, duration = null, node = ?, "
                            + "host = ?, pid = ?, note = null where dag_id = ? and run_id = ? and task_id = ? "
                            + "and try_number = ? and state = 'queued'",
                    database.now(),
                    node,
                    process.host(),
                    process.pid(),
                    key.dagId(),
                    key.runId(),
                    key.taskId(),
                    key.tryNumber());
            if (changed == 0) {
                return Optional.empty();
            }
            var run = Sql.first(
                            c,
                            Rows::run,
                            Rows.RUNS.select() + " where r.dag_id = ? and r.run_id = ?",
                            key.dagId(),
                            key.runId())
                    .orElseThrow();
            var task = RunRows.task(c, run.id(), key.taskId()).orElseThrow();
            return Optional.of(new Begun(definitions.of(c, task.version().id()), run, task));
        });
    }

    /** Keeps the arguments of a try as they are after templates were filled in. */
    public void rendered(TaskInstance task, JsonNode values) {
        database.change(c -> Sql.update(
                c,
                "update task_instance set rendered = ? where id = ? and try_number = ?",
                values.toString(),
                task.id(),
                task.tryNumber()));
    }

    /** A try has ended on its node; refused where it was taken over or set otherwise meanwhile. */
    public Effects end(TryKey key, String node, Outcome outcome) {
        return database.write(c -> {
            var effects = new Effects();
            var run = RunRows.lock(c, key.dagId(), key.runId());
            var task = run.isEmpty()
                    ? Optional.<TaskInstance>empty()
                    : RunRows.task(c, run.get().id(), key.taskId());
            if (task.isEmpty() || !isOurs(task.get(), key, node)) {
                effects.refused();
                return effects;
            }
            if (task.get().state().orElseThrow() == TaskState.RESTARTING) {
                new TaskRows(c, database.now()).reset(task.get(), definitions);
            } else {
                end(c, run.get(), task.get(), outcome, effects);
            }
            settling(c, effects).settle(RunRows.byId(c, run.get().id()).orElseThrow());
            effects.scheduled(); // slots are free
            return effects;
        });
    }

    private static boolean isOurs(TaskInstance task, TryKey key, String node) {
        var state = task.state().orElse(TaskState.SCHEDULED);
        return task.tryNumber() == key.tryNumber()
                && task.node().equals(Optional.of(node))
                && (state == TaskState.RUNNING || state == TaskState.RESTARTING);
    }

    private void end(Connection c, DagRun run, TaskInstance task, Outcome outcome, Effects effects)
            throws SQLException {
        var now = database.now();
        var dag = definitions.of(c, task.version().id());
        var definition = dag.findTask(task.taskId());
        var rows = new TaskRows(c, now);
        if (outcome.state() == TaskState.FAILED) {
            var again = task.tryNumber() <= task.maxTries() && definition.isPresent();
            rows.finish(task, TaskState.FAILED, outcome.note());
            if (again) {
                RunRows.keepHistory(c, task.id(), now);
                rows.retryAt(
                        task,
                        now.plus(Backoff.after(task.key(), definition.get().retry())));
            }
            effects.failed(new Effects.FailedTask(task.key(), again, outcome.note()));
            return;
        }
        rows.finish(task, outcome.state(), outcome.note());
        if (outcome.value().isPresent()) {
            rows.leave(task, XCom.RETURN_VALUE, outcome.value().get());
        }
        if (definition.isPresent()) {
            if (outcome.state() == TaskState.SUCCESS) {
                new AssetRows(c, now, effects).emit(dag, run, definition.get());
            }
            if (definition.get().dependsOnPast()) {
                settling(c, effects).lookAtOthers(run);
            }
        }
    }

    /** The tries that a node is running, as the database has it. */
    public List<TryKey> runningOn(String node) {
        return database
                .read(c -> Sql.list(
                        c, Rows::task, Rows.TASKS.select() + " where t.state = 'running' and t.node = ?", node))
                .stream()
                .map(TaskInstance::key)
                .toList();
    }

    /**
     * The tasks of a node that is no more go to others: each gets a further try that does not count as a retry, unless
     * it has been on too many nodes that were lost.
     *
     * @return how many there were
     */
    public int takeOver(String node) {
        return takeOver(node, Set.of());
    }

    /** The tasks of a node other than these, which it knows of and runs. */
    public int takeOver(String node, Set<TryKey> known) {
        var effects = new Effects();
        var tasks = database.read(c -> Sql.list(
                c,
                Rows::task,
                Rows.TASKS.select() + " where t.state in ('running', 'restarting') and t.node = ?",
                node));
        var taken = 0;
        for (var task : tasks) {
            if (known.contains(task.key())) {
                continue;
            }
            taken += database.write(c -> takeOver(c, task, node, effects)) ? 1 : 0;
        }
        return taken;
    }

    private boolean takeOver(Connection c, TaskInstance seen, String node, Effects effects) throws SQLException {
        var run = RunRows.lock(c, seen.run());
        var task = run.isEmpty() ? Optional.<TaskInstance>empty() : RunRows.task(c, seen.run(), seen.taskId());
        if (task.isEmpty() || !isOurs(task.get(), seen.key(), node)) {
            return false;
        }
        var now = database.now();
        var why = "the node " + node + " that ran it was lost";
        var rows = new TaskRows(c, now);
        if (task.get().state().orElseThrow() == TaskState.RESTARTING) {
            rows.reset(task.get(), definitions);
        } else if (rows.takeovers(task.get()) >= MOST_TAKEOVERS) {
            end(c, run.get(), task.get(), Outcome.failed(why + ", as " + MOST_TAKEOVERS + " before it"), effects);
        } else {
            rows.finish(task.get(), TaskState.FAILED, Optional.of(why));
            RunRows.keepHistory(c, task.get().id(), now);
            rows.scheduleAgain(task.get());
        }
        settling(c, effects).settle(RunRows.byId(c, run.get().id()).orElseThrow());
        effects.scheduled();
        return true;
    }

    /** Runs that take longer than their DAG allows fail; their running tasks are stopped. */
    public Effects timeOut() {
        var running = database.read(
                c -> Sql.list(c, Rows::run, Rows.RUNS.select() + " where r.state = 'running' order by r.id"));
        var effects = new Effects();
        for (var run : running) {
            database.change(c -> {
                var limit = definitions.of(c, run.version().id()).runTimeout();
                var over = limit.isPresent()
                        && run.started().isPresent()
                        && run.started().get().plus(limit.get()).isBefore(database.now());
                if (over
                        && RunRows.lock(c, run.id())
                                .filter(r -> r.state() == RunState.RUNNING)
                                .isPresent()) {
                    new TaskRows(c, database.now()).stopAll(run.id());
                    settling(c, effects).end(definitions.of(c, run.version().id()), run, RunState.FAILED);
                    Sql.update(c, "update dag_run set note = ? where id = ?", "longer than " + limit.get(), run.id());
                }
            });
        }
        return effects;
    }

    /** Runs that are not done although their deadline is over; each is named once. */
    public List<DagRun> late() {
        return database.write(c -> {
            var open = Sql.list(
                    c,
                    Rows::run,
                    Rows.RUNS.select() + " where r.state in ('queued', 'running') and r.late = false order by r.id");
            var late = new java.util.ArrayList<DagRun>();
            for (var run : open) {
                var deadline = definitions.of(c, run.version().id()).deadline();
                if (deadline.isPresent() && run.runAfter().plus(deadline.get()).isBefore(database.now())) {
                    late.add(run);
                    Sql.update(c, "update dag_run set late = true where id = ?", run.id());
                }
            }
            return late;
        });
    }

    private Settling settling(Connection c, Effects effects) {
        return new Settling(c, definitions, database.now(), effects);
    }
}
