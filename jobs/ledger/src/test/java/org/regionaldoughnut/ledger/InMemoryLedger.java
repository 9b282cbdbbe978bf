package org.regionaldoughnut.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The ledger without a database, for tests: several may share one {@link Store}. */
public final class InMemoryLedger implements Ledger {

    /** What would be in the database. */
    public static final class Store {
        private final Map<String, String> meta = new LinkedHashMap<>();
        private final Map<String, RunRecord> runs = new LinkedHashMap<>();
        private final TreeMap<Long, StepRecord> steps = new TreeMap<>();
        private final Map<String, BatchRecord> batches = new LinkedHashMap<>();
        private final Map<String, ReleaseRecord> releases = new LinkedHashMap<>();
        private Lease lease;
        private Object holder;
        private long lastStep;
    }

    private final Store store;
    private final Clock clock;

    public InMemoryLedger(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void claimStorage(String office) {
        synchronized (store) {
            var served = store.meta.putIfAbsent("office", office);
            if (served != null && !served.equals(office)) {
                throw new StorageClaimedException(office, served);
            }
        }
    }

    @Override
    public LeaseHandle acquireLease(String holder) {
        synchronized (store) {
            if (store.lease != null) {
                throw new LeaseHeldException(store.lease);
            }
            var process = Holder.thisProcess();
            var token = new Object();
            store.lease = new Lease(holder, process.host(), process.pid(), now(), now());
            store.holder = token;
            return new KeptLease(store.lease, Duration.ofSeconds(15), () -> ours(token), () -> giveBack(token));
        }
    }

    private boolean ours(Object token) {
        synchronized (store) {
            return store.holder == token;
        }
    }

    private void giveBack(Object token) {
        synchronized (store) {
            if (store.holder == token) {
                store.holder = null;
                store.lease = null;
            }
        }
    }

    @Override
    public Optional<Lease> lease() {
        synchronized (store) {
            return Optional.ofNullable(store.lease);
        }
    }

    @Override
    public RunRecord startRun(RunStart start) {
        synchronized (store) {
            var known = store.runs.get(start.id());
            if (known != null
                    && !(known.office().equals(start.office())
                            && known.pipeline().equals(start.pipeline()))) {
                throw new LedgerException("Cannot start run " + start.id() + ": it is pipeline " + known.pipeline()
                        + " of office " + known.office() + ". Give another run id.");
            }
            var run = new RunRecord(
                    start.id(),
                    start.office(),
                    start.pipeline(),
                    known == null ? start.logicalDate() : known.logicalDate(),
                    known == null ? start.asOf() : known.asOf(),
                    RunState.RUNNING,
                    known == null ? now() : known.started(),
                    Optional.empty());
            store.runs.put(run.id(), run);
            return run;
        }
    }

    @Override
    public void endRun(String id, RunState state) {
        if (state == RunState.RUNNING) {
            throw new IllegalArgumentException("Cannot end run " + id + " as running. Use startRun to run it again.");
        }
        synchronized (store) {
            var run = store.runs.get(id);
            if (run == null) {
                throw new LedgerException("Cannot end run " + id + ": it was never started. Start it first.");
            }
            store.runs.put(
                    id,
                    new RunRecord(
                            id,
                            run.office(),
                            run.pipeline(),
                            run.logicalDate(),
                            run.asOf(),
                            state,
                            run.started(),
                            Optional.of(now())));
        }
    }

    @Override
    public Optional<RunRecord> run(String id) {
        synchronized (store) {
            return Optional.ofNullable(store.runs.get(id));
        }
    }

    @Override
    public Optional<RunRecord> latestRun() {
        synchronized (store) {
            return newest(List.copyOf(store.runs.values()), Comparator.comparing(RunRecord::started));
        }
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        synchronized (store) {
            return store.runs.values().stream()
                    .filter(run -> run.ended().isEmpty())
                    .sorted(Comparator.comparing(RunRecord::started))
                    .toList();
        }
    }

    @Override
    public long startStep(StepStart start) {
        synchronized (store) {
            if (!store.runs.containsKey(start.runId())) {
                throw new LedgerException("Cannot start step " + start.step() + ": run " + start.runId()
                        + " was never started. Start the run first.");
            }
            store.lastStep = Math.max(store.lastStep + 1, clock.millis());
            var step = new StepRecord(
                    store.lastStep,
                    start.runId(),
                    start.step(),
                    start.subject(),
                    start.period(),
                    start.inputHash(),
                    start.confHash(),
                    start.roomFingerprint(),
                    StepState.RUNNING,
                    now(),
                    Optional.empty(),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    OptionalLong.empty(),
                    start.reason());
            store.steps.put(step.id(), step);
            return step.id();
        }
    }

    @Override
    public void endStep(long id, StepEnd end) {
        synchronized (store) {
            var step = store.steps.get(id);
            if (step == null) {
                throw new LedgerException("Cannot end step " + id + ": it was never started. Start it first.");
            }
            store.steps.put(id, changed(step, end.state(), step.started(), Optional.of(now()), end));
        }
    }

    private static StepRecord changed(
            StepRecord step, StepState state, Instant started, Optional<Instant> ended, StepEnd end) {
        return new StepRecord(
                step.id(),
                step.runId(),
                step.step(),
                step.subject(),
                step.period(),
                step.inputHash(),
                step.confHash(),
                step.roomFingerprint(),
                state,
                started,
                ended,
                end.rowsIn(),
                end.rowsOut(),
                end.quarantined(),
                end.deltaTable(),
                end.deltaVersion(),
                end.reason().isEmpty() ? step.reason() : end.reason());
    }

    @Override
    public Optional<StepRecord> latestStep(String step, String subject) {
        synchronized (store) {
            return store.steps.descendingMap().values().stream()
                    .filter(known -> known.step().equals(step)
                            && known.subject().equals(subject)
                            && known.state() == StepState.SUCCEEDED)
                    .findFirst();
        }
    }

    @Override
    public List<StepRecord> steps(String runId) {
        synchronized (store) {
            return store.steps.values().stream()
                    .filter(step -> step.runId().equals(runId))
                    .toList();
        }
    }

    @Override
    public List<StepRecord> unfinishedSteps() {
        synchronized (store) {
            return store.steps.values().stream()
                    .filter(step -> step.ended().isEmpty())
                    .toList();
        }
    }

    @Override
    public List<BatchRecord> batches(String source) {
        synchronized (store) {
            return store.batches.values().stream()
                    .filter(batch -> batch.source().equals(source))
                    .sorted(Comparator.comparing(BatchRecord::received))
                    .toList();
        }
    }

    @Override
    public Optional<BatchRecord> batch(String source, String batch) {
        synchronized (store) {
            return Optional.ofNullable(store.batches.get(key(source, batch)));
        }
    }

    @Override
    public boolean recordBatch(BatchRecord batch) {
        synchronized (store) {
            var known = store.batches.get(key(batch.source(), batch.batch()));
            store.batches.put(
                    key(batch.source(), batch.batch()),
                    changed(batch, known == null ? batch.received() : known.received(), batch.state()));
            return known == null;
        }
    }

    @Override
    public void setBatchState(String source, String batch, BatchState state) {
        synchronized (store) {
            var known = store.batches.get(key(source, batch));
            if (known == null) {
                throw new LedgerException(
                        "Cannot judge batch " + batch + " of " + source + ": it was never recorded. Record it first.");
            }
            store.batches.put(key(source, batch), changed(known, known.received(), state));
        }
    }

    private static BatchRecord changed(BatchRecord batch, Instant received, BatchState state) {
        return new BatchRecord(
                batch.source(),
                batch.batch(),
                batch.file(),
                batch.bytes(),
                batch.modified(),
                received,
                batch.published(),
                batch.lines(),
                batch.cells(),
                batch.quarantined(),
                state,
                batch.mappingHash());
    }

    private static String key(String source, String batch) {
        return source + "\n" + batch;
    }

    @Override
    public void recordRelease(ReleaseRecord release) {
        synchronized (store) {
            store.releases.put(release.id(), release);
        }
    }

    @Override
    public Optional<ReleaseRecord> release(String id) {
        synchronized (store) {
            return Optional.ofNullable(store.releases.get(id));
        }
    }

    @Override
    public List<ReleaseRecord> releases() {
        synchronized (store) {
            return List.copyOf(store.releases.values());
        }
    }

    @Override
    public Optional<ReleaseRecord> latestRelease(ReleaseState state) {
        synchronized (store) {
            var inState = store.releases.values().stream()
                    .filter(release -> release.state() == state)
                    .toList();
            return newest(
                    inState, Comparator.comparing(release -> release.published().orElse(release.created())));
        }
    }

    @Override
    public Optional<String> meta(String key) {
        synchronized (store) {
            return Optional.ofNullable(store.meta.get(key));
        }
    }

    @Override
    public void putMeta(String key, String value) {
        synchronized (store) {
            store.meta.put(key, value);
        }
    }

    @Override
    public void close() {}

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Of equals the one that came last. */
    private static <T> Optional<T> newest(List<T> found, Comparator<T> order) {
        var sorted = new ArrayList<>(found);
        sorted.sort(order);
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() - 1));
    }
}
