package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /**
     * A try that has begun.
     *
     * @param task as it was while it was queued
     */
    public record Begun(Dag dag, DagRun run, TaskInstance task, String node, Instant started) {}

    /** What templates become in a try; kept for those who look at it. Called within a transaction: it only reckons. */
    @FunctionalInterface
    public interface Rendering {
        JsonNode of(Begun begun);
    }

    /** @param applied the tries whose end was wanted: the others were taken over or set otherwise meanwhile */
    public record Ended(Effects effects, Set<TryKey> applied) {}

    /** Creates the runs of DAGs that are due, and starts queued ones as far as their limits let it. */
    public Effects advance(Collection<String> dagIds) {
        return dags.advance(dagIds);
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

    /** Tries that wait for a node to begin them. */
    public List<TryKey> queued() {
        return database
                .read(c ->
                        Sql.list(c, Rows::task, Rows.TASKS.select() + " where t.state = 'queued' order by t.ordinal"))
                .stream()
                .map(TaskInstance::key)
                .toList();
    }

    /** Queued tries begin on a node; those that have begun already, or are no longer wanted, are not among the answer. */
    public Map<TryKey, Begun> begin(Collection<TryKey> keys, String node, Holder process, Rendering rendering) {
        return database.write(c -> {
            var begun = new HashMap<TryKey, Begun>();
            for (var key :
                    keys.stream().sorted(Comparator.comparing(TryKey::toString)).toList()) {
                begin(c, key, node, process, rendering).ifPresent(found -> begun.put(key, found));
            }
            return begun;
        });
    }

    private Optional<Begun> begin(Connection c, TryKey key, String node, Holder process, Rendering rendering)
            throws SQLException {
        var run = RunRows.named(c, key.dagId(), key.runId());
        var task = run.isEmpty()
                ? Optional.<TaskInstance>empty()
                : RunRows.task(c, run.get().id(), key.taskId());
        if (task.isEmpty() || !task.get().key().equals(key)) {
            return Optional.empty();
        }
        var now = database.now();
        var begun = new Begun(definitions.of(c, task.get().version().id()), run.get(), task.get(), node, now);
        var changed = Sql.update(
                c,
                "update task_instance set state = 'running', started = ?, ended = null, duration = null, node = ?, "
                        + "host = ?, pid = ?, note = null, rendered = ? where id = ? and try_number = ? "
                        + "and state = 'queued'",
                now,
                node,
                process.host(),
                process.pid(),
                rendering.of(begun).toString(),
                task.get().id(),
                key.tryNumber());
        return changed == 0 ? Optional.empty() : Optional.of(begun);
    }

    /** Tries have ended on their node. */
    public Ended end(String node, Map<TryKey, Outcome> outcomes) {
        return database.write(c -> {
            var effects = new Effects();
            var applied = new HashSet<TryKey>();
            var byRun = new TreeMap<String, List<TryKey>>();
            for (var key : outcomes.keySet()) {
                byRun.computeIfAbsent(key.dagId() + "\n" + key.runId(), run -> new ArrayList<>())
                        .add(key);
            }
            for (var keys : byRun.values()) {
                var run = RunRows.lock(c, keys.get(0).dagId(), keys.get(0).runId());
                if (run.isPresent()) {
                    end(c, run.get(), keys, node, outcomes, effects, applied);
                }
            }
            return new Ended(effects, applied);
        });
    }

    private void end(
            Connection c,
            DagRun run,
            List<TryKey> keys,
            String node,
            Map<TryKey, Outcome> outcomes,
            Effects effects,
            Set<TryKey> applied)
            throws SQLException {
        for (var key : keys) {
            var task = RunRows.task(c, run.id(), key.taskId());
            if (task.isEmpty() || !isOurs(task.get(), key, node)) {
                continue;
            }
            if (task.get().state().orElseThrow() == TaskState.RESTARTING) {
                new TaskRows(c, database.now()).reset(task.get(), definitions);
            } else {
                end(c, run, task.get(), outcomes.get(key), effects);
            }
            applied.add(key);
            effects.scheduled(); // slots are free
        }
        settling(c, effects).settle(RunRows.byId(c, run.id()).orElseThrow());
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

    /** @param tasks how many were taken over */
    public record TakenOver(int tasks, Effects effects) {}

    /**
     * The tasks of a node that is no more go to others: each gets a further try that does not count as a retry, unless
     * it has been on too many nodes that were lost.
     */
    public TakenOver takeOver(String node) {
        return takeOver(node, Set.of());
    }

    /** The tasks of a node other than these, which it knows of and runs. */
    public TakenOver takeOver(String node, Set<TryKey> known) {
        return database.write(c -> {
            var effects = new Effects();
            var tasks = Sql.list(
                    c,
                    Rows::task,
                    Rows.TASKS.select() + " where t.state in ('running', 'restarting') and t.node = ? order by t.run",
                    node);
            var taken = 0;
            for (var task : tasks) {
                if (!known.contains(task.key()) && takeOver(c, task, node, effects)) {
                    taken++;
                }
            }
            return new TakenOver(taken, effects);
        });
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
        return database.write(c -> {
            var effects = new Effects();
            for (var run : Sql.list(c, Rows::run, Rows.RUNS.select() + " where r.state = 'running' order by r.id")) {
                var dag = definitions.of(c, run.version().id());
                var limit = dag.runTimeout();
                var over = limit.isPresent()
                        && run.started().isPresent()
                        && run.started().get().plus(limit.get()).isBefore(database.now());
                if (over
                        && RunRows.lock(c, run.id())
                                .filter(found -> found.state() == RunState.RUNNING)
                                .isPresent()) {
                    new TaskRows(c, database.now()).stopAll(run.id());
                    settling(c, effects).end(dag, run, RunState.FAILED);
                    Sql.update(c, "update dag_run set note = ? where id = ?", "longer than " + limit.get(), run.id());
                }
            }
            return effects;
        });
    }

    /** Runs that are not done although their deadline is over; each is named once. */
    public List<DagRun> late() {
        return database.write(c -> {
            var open = Sql.list(
                    c,
                    Rows::run,
                    Rows.RUNS.select() + " where r.state in ('queued', 'running') and r.late = false order by r.id");
            var late = new ArrayList<DagRun>();
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
