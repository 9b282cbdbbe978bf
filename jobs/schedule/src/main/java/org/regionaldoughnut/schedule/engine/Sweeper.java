package org.regionaldoughnut.schedule.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.NodeRecord;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.task.ProcessNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what was left lying: lost nodes, alarms that never came, runs that take too long, files that changed. */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Engine engine;
    private final ScheduleStore store;
    private final DagSource source;
    private final EngineSettings settings;
    private final Reports reports;
    private final TaskLogs logs;
    private final Watch watch;
    private final Map<TryKey, Long> queuedSince = new HashMap<>();
    private Set<TryKey> unknown = Set.of();
    private String configured = "";
    private Instant cleaned = Instant.MIN;

    Sweeper(
            Engine engine,
            ScheduleStore store,
            DagSource source,
            EngineSettings settings,
            Reports reports,
            TaskLogs logs) {
        this.engine = engine;
        this.store = store;
        this.source = source;
        this.settings = settings;
        this.reports = reports;
        this.logs = logs;
        this.watch = new Watch(settings.lostAfter(), System::nanoTime);
    }

    void sweep() {
        configure();
        lookForLostNodes();
        takeOverFromLostNodes();
        var now = store.clock().instant();
        var stuck = engine.withoutAlarm(queuedForLong());
        if (!stuck.isEmpty()) {
            LOG.warn("Queued tries without an alarm are armed again: {}", stuck);
            engine.arm(stuck);
        }
        takeBackUnknown();
        engine.act(store.flow().timeOut());
        store.flow().late().forEach(reports::runLate);
        clean(now);
        engine.wake();
    }

    /** By how long we have seen them so, not by when they were queued: the clock may have been set meanwhile. */
    private List<TryKey> queuedForLong() {
        var now = System.nanoTime();
        var found = store.flow().queued();
        queuedSince.keySet().retainAll(Set.copyOf(found));
        found.forEach(key -> queuedSince.putIfAbsent(key, now));
        return found.stream()
                .filter(key ->
                        now - queuedSince.get(key) > settings.stuckAfter().toNanos())
                .toList();
    }

    /** Reads the pipelines again where their files have changed. */
    void configure() {
        var found = source.fingerprint();
        if (!found.equals(configured)) {
            var read = source.read();
            var made = store.sync().sync(read.dags(), read.broken());
            read.broken().forEach((file, problem) -> LOG.warn("Cannot read {}: {}", file, problem));
            LOG.info(
                    "{} DAGs are configured, {} of them in a new version.",
                    read.dags().size(),
                    made);
            store.nodes().configuration(engine.node(), found);
            configured = found;
        }
    }

    void lookForLostNodes() {
        for (var node : store.nodes().running()) {
            if (!node.id().equals(engine.node())
                    && watch.isLost(node, engine.process())
                    && store.nodes().end(node.id(), NodeRecord.State.LOST)) {
                LOG.warn("The node {} on {} is lost.", node.id(), node.host());
            }
        }
    }

    void takeOverFromLostNodes() {
        for (var node : Set.copyOf(store.flow().orphans())) {
            stopLeftOver(store.flow().runningOn(node));
            var taken = store.flow().takeOver(node);
            LOG.warn("{} tasks of the node {} are taken over.", taken.tasks(), node);
            reports.nodeLost(node, taken.tasks());
            engine.act(taken.effects());
        }
    }

    /** A killed node's processes live on: they must not run beside the further tries. */
    private void stopLeftOver(Collection<TryKey> tries) {
        for (var key : tries) {
            if (new ProcessNote(logs.processFile(key)).stopLeftOver(PATIENCE)) {
                LOG.warn("The process of {} that its node has left behind is stopped.", key);
            }
        }
    }

    private void clean(Instant now) {
        if (settings.retention().isZero() || now.isBefore(cleaned.plus(BETWEEN_CLEANINGS))) {
            return;
        }
        cleaned = now;
        var runs = store.cleanUp(now.minus(settings.retention()));
        var files = logs.removeOlderThan(settings.retention());
        LOG.info("Clean-up removed {} runs and {} log files.", runs, files);
    }

    /** Tries that the database has as running here, twice in a row, and nobody here knows of: their end was not told. */
    private void takeBackUnknown() {
        var found = new HashSet<>(store.flow().runningOn(engine.node()));
        found.removeAll(engine.running());
        var again = new HashSet<>(found);
        again.retainAll(unknown);
        unknown = found;
        if (!again.isEmpty()) {
            LOG.warn("Tries that ended without a word are done again: {}", again);
            var others = new HashSet<>(store.flow().runningOn(engine.node()));
            others.removeAll(again);
            engine.act(store.flow().takeOver(engine.node(), others).effects());
        }
    }

    void forget() {
        watch.forget();
    }
}
