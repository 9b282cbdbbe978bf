package org.regionaldoughnut.schedule.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.NodeRecord;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.store.Effects;
import org.regionaldoughnut.schedule.store.Flow;
import org.regionaldoughnut.schedule.store.Outcome;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.StoreException;
import org.regionaldoughnut.schedule.task.Steps;
import org.regionaldoughnut.schedule.task.TaskRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node. */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration LONGEST_BETWEEN_BEATS = Duration.ofSeconds(5);
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofMillis(50);
    private static final int DAGS_AT_A_TIME = 50;

    private final ScheduleStore store;
    private final Flow flow;
    private final DagSource source;
    private final EngineSettings settings;
    private final Reports reports;
    private final Clock clock;
    private final Tries tries;
    /** Tries from before their beginning is told to the database until their end is. */
    private final Set<TryKey> inHand = ConcurrentHashMap.newKeySet();

    private final Together<TryKey, Flow.Begun> beginnings;
    private final Together<Ending, Boolean> endings;
    private final TaskLogs logs;
    private final Holder process = Holder.thisProcess();
    private final Map<String, Instant> armed = new HashMap<>();
    private final Semaphore wanted = new Semaphore(0);
    private final ScheduledExecutorService rounds = Executors.newScheduledThreadPool(2, task -> daemon(task, "rounds"));
    private final boolean postgres;
    private final String quartzNode = id();
    private volatile String node = quartzNode;
    private volatile boolean stopping;
    private QuartzClock quartz;
    private Thread passes;
    private Sweeper sweeper;
    private long polls;
    private long changes;
    private Set<TryKey> seen = Set.of();
    private boolean closed;

    public Engine(
            ScheduleStore store,
            boolean postgres,
            DagSource source,
            TaskRunner runner,
            Steps steps,
            TaskLogs logs,
            EngineSettings settings,
            Reports reports) {
        this.store = store;
        this.flow = store.flow();
        this.postgres = postgres;
        this.source = source;
        this.settings = settings;
        this.reports = reports;
        this.clock = store.clock();
        this.logs = logs;
        this.tries = new Tries(runner, steps, logs);
        this.beginnings = new Together<>(keys -> flow.begin(keys, node, process, tries::rendered));
        this.endings = new Together<>(this::end);
    }

    static Engine of(JobExecutionContext context) {
        try {
            return (Engine) context.getScheduler().getContext().get(QuartzClock.ENGINE);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler has no engine", e);
        }
    }

    private static String id() {
        return "node-" + UUID.randomUUID().toString().substring(0, 13);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, "schedule-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins.
     *
     * @throws DoughnutException where a node runs already under another configuration
     */
    public synchronized void start() {
        sweeper = new Sweeper(this, store, source, settings, reports, logs);
        sweeper.lookForLostNodes();
        refuseOtherConfiguration();
        store.nodes().register(node, process, source.fingerprint());
        sweeper.configure();
        try {
            quartz = new QuartzClock(store.source(), postgres, quartzNode, settings.parallelTasks(), this);
            quartz.armDag(flow.upcoming());
            sweeper.takeOverFromLostNodes();
            act(flow.pendingRetries());
            quartz.armTries(flow.queued());
            quartz.start();
        } catch (SchedulerException e) {
            throw failed("start", e);
        }
        store.onChange(this::wake);
        passes = daemon(this::passes, "passes");
        passes.start();
        rounds.scheduleWithFixedDelay(safely(this::poll), 0, settings.poll().toMillis(), TimeUnit.MILLISECONDS);
        var sweep = settings.sweep().toMillis();
        rounds.scheduleWithFixedDelay(safely(sweeper::sweep), sweep, sweep, TimeUnit.MILLISECONDS);
        wake();
    }

    private void refuseOtherConfiguration() {
        var ours = source.fingerprint();
        for (var other : store.nodes().running()) {
            if (!other.configuration().equals(ours)) {
                throw new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot start a node beside " + other.id() + " on " + other.host() + ": it runs with pipelines "
                                + other.configuration()
                                        .substring(
                                                0,
                                                Math.min(
                                                        12,
                                                        other.configuration().length()))
                                + ", and here they are " + ours.substring(0, Math.min(12, ours.length()))
                                + ". Bring both to the same files, or stop the other first.");
            }
        }
    }

    private static DoughnutException failed(String what, SchedulerException e) {
        return new DoughnutException(
                ExitCode.INTERNAL_ERROR,
                "Cannot " + what + " the scheduler: " + e.getMessage() + ". Check its database.",
                e);
    }

    public String node() {
        return node;
    }

    /** Something has changed: all is looked at soon. */
    public void wake() {
        wanted.release();
    }

    private void passes() {
        while (!stopping) {
            try {
                wanted.acquire();
                wanted.drainPermits();
                if (!stopping) {
                    var begun = System.nanoTime();
                    pass();
                    // under load as much rest as work: one pass then does for many events
                    TimeUnit.NANOSECONDS.sleep(Math.min(System.nanoTime() - begun, LONGEST_REST.toNanos()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("A pass was broken off and will be made again: {}", e.toString());
            }
        }
    }

    /** All that can be done now without running a task. */
    private void pass() {
        var waiting = flow.waitingDags();
        for (var from = 0; from < waiting.size(); from += DAGS_AT_A_TIME) {
            advance(waiting.subList(from, Math.min(from + DAGS_AT_A_TIME, waiting.size())));
            dispatch();
        }
        for (var run : flow.dueRuns()) {
            alone("run " + run, () -> act(flow.decide(run)));
        }
        dispatch();
    }

    /** What is wrong with one must not hold up the others; a database that is away is another matter. */
    private static void alone(String what, Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Cannot go on with {}; the others are not held up.", what, e);
        }
    }

    private void dispatch() {
        for (var queued = flow.dispatch(); !queued.isEmpty(); queued = flow.dispatch()) {
            arm(queued);
        }
    }

    void arm(Collection<TryKey> queued) {
        try {
            quartz.armTries(queued);
        } catch (SchedulerException e) {
            // they are queued in the database, so the sweeper will arm them
            LOG.warn("Tries could not be armed and will be later: {}", e.toString());
        }
    }

    private void advance(List<String> dags) {
        Effects effects;
        try {
            effects = flow.advance(dags);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            if (dags.size() == 1) {
                throw e;
            }
            dags.forEach(dag -> alone(dag, () -> advance(List.of(dag))));
            return;
        }
        armDags(effects.next());
        act(effects);
    }

    void decide(long run) {
        act(flow.decide(run));
    }

    private void armDags(Map<String, Instant> next) {
        var unknown = new HashMap<>(next);
        unknown.entrySet().removeIf(entry -> entry.getValue().equals(armed.get(entry.getKey())));
        try {
            quartz.armDag(unknown);
            armed.putAll(unknown);
        } catch (SchedulerException e) {
            LOG.warn("The next runs of {} could not be armed and will be later: {}", unknown.keySet(), e.toString());
        }
    }

    /** Does what the store says is to be done next. */
    void act(Effects effects) {
        effects.failedTasks().forEach(reports::tryFailed);
        effects.endedRuns().forEach(reports::runEnded);
        effects.createdRuns().forEach(run -> reports.runCreated(run.dagId(), run.lag()));
        effects.retries().forEach((run, at) -> {
            try {
                quartz.armRun(run, at);
            } catch (SchedulerException e) {
                LOG.warn("A retry could not be armed and will be found later: {}", e.toString());
            }
        });
        if (effects.tasksScheduled() || effects.runsDue() || !effects.dags().isEmpty()) {
            wake();
        }
    }

    /** On a thread of Quartz: a try from its beginning to its end. */
    void runTry(TryKey key) {
        inHand.add(key);
        try {
            beginAndEnd(key);
        } finally {
            inHand.remove(key);
        }
    }

    private void beginAndEnd(TryKey key) {
        var begun = untilDatabaseIsBack(() -> beginnings.ask(key)).flatMap(found -> found);
        if (begun.isEmpty()) {
            return;
        }
        var started = begun.get();
        var outcome = tries.run(started);
        if (stopping && outcome.state() == TaskState.FAILED) {
            return; // stopped with the node: another try is made, see close()
        }
        untilDatabaseIsBack(() -> endings.ask(new Ending(key, started.node(), outcome)))
                .flatMap(found -> found)
                .ifPresent(applied -> {
                    if (applied) {
                        reports.tryEnded(
                                key.dagId(),
                                key.taskId(),
                                outcome.state(),
                                Duration.between(started.started(), clock.instant()),
                                Duration.between(
                                        started.task().queuedAt().orElse(started.started()), started.started()));
                    } else {
                        LOG.warn("The end of {} was not wanted any more: it was set otherwise or taken over.", key);
                    }
                });
    }

    private record Ending(TryKey key, String node, Outcome outcome) {}

    /** Tells the store how tries have ended, and acts on what follows from it. */
    private Map<Ending, Boolean> end(Collection<Ending> all) {
        var byNode = new HashMap<String, Map<TryKey, Outcome>>();
        for (var one : all) {
            byNode.computeIfAbsent(one.node(), on -> new HashMap<>()).put(one.key(), one.outcome());
        }
        var answers = new HashMap<Ending, Boolean>();
        byNode.forEach((on, outcomes) -> {
            var ended = flow.end(on, outcomes);
            act(ended.effects());
            all.stream()
                    .filter(one -> one.node().equals(on))
                    .forEach(one -> answers.put(one, ended.applied().contains(one.key())));
        });
        return answers;
    }

    /** The database may be away for a while; what has happened is told to it when it is back. Empty on shutdown. */
    private <T> Optional<T> untilDatabaseIsBack(Supplier<T> work) {
        while (true) {
            try {
                return Optional.of(work.get());
            } catch (StoreException e) {
                if (stopping) {
                    return Optional.empty();
                }
                LOG.warn("The database is away, trying again: {}", e.getMessage());
                try {
                    Thread.sleep(DATABASE_PAUSE.toMillis());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
        }
    }

    private Runnable safely(Runnable round) {
        return () -> {
            try {
                round.run();
            } catch (RuntimeException e) {
                sweeper.forget();
                LOG.warn("A round was broken off and will be made again: {}", e.toString());
            }
        };
    }

    /** Shows that the node lives, and looks for what others have changed. */
    private void poll() {
        if (stopping) {
            return;
        }
        if (polls++ % beatEvery() == 0 && !store.nodes().beat(node)) {
            LOG.error("This node was given up by the others: what it runs is stopped, and it begins anew.");
            tries.stopAll("its node was given up by the others");
            var anew = id();
            store.nodes().register(anew, process, source.fingerprint());
            node = anew;
        }
        var count = store.changeCount();
        if (count != changes) {
            changes = count;
            wake();
        }
        var here = tries.keys();
        if (!here.isEmpty()) {
            tries.stopAllBut(flow.runningOn(node), seen);
        }
        seen = here;
    }

    /** Each sign of life is a write: seldom, but often enough that several fit into the patience of the others. */
    private long beatEvery() {
        var between =
                Math.min(LONGEST_BETWEEN_BEATS.toMillis(), settings.lostAfter().toMillis() / 8);
        return Math.max(1, between / Math.max(1, settings.poll().toMillis()));
    }

    List<TryKey> withoutAlarm(List<TryKey> queued) {
        try {
            return quartz.withoutAlarm(queued);
        } catch (SchedulerException e) {
            return queued;
        }
    }

    Holder process() {
        return process;
    }

    /** Tries that run here now, or whose end is still to be told. */
    public Set<TryKey> running() {
        return Set.copyOf(inHand);
    }

    /** Ends: nothing begins any more, what runs may finish for a while, the rest is given to others or to later. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (quartz != null) {
                quartz.standBy();
            }
            tries.await(settings.grace());
            stopping = true;
            tries.stopAll("the scheduler was stopped");
            tries.await(Duration.ofSeconds(25));
        } catch (SchedulerException e) {
            LOG.warn("Quartz could not be stopped: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopping = true;
        wake();
        rounds.shutdownNow();
        tries.close();
        try {
            if (quartz != null) {
                store.nodes().end(node, NodeRecord.State.STOPPED);
                flow.takeOver(node);
                quartz.shutDown();
            }
        } catch (SchedulerException | StoreException e) {
            LOG.warn("The good-bye did not reach the database, others will notice: {}", e.toString());
        }
    }
}
