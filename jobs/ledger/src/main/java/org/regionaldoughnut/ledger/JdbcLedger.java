package org.regionaldoughnut.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The ledger in a database; each method is one transaction. */
final class JdbcLedger implements Ledger {
    private final Jdbi jdbi;
    private final Runnable close;
    private final LedgerSettings settings;
    private final Clock clock;

    JdbcLedger(Jdbi jdbi, Runnable close, LedgerSettings settings, Clock clock) {
        this.jdbi = jdbi;
        this.close = close;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void claimStorage(String office) {
        write(handle -> {
            MetaTable.claim(handle, office);
            return office;
        });
    }

    @Override
    public LeaseHandle acquireLease(String holder) {
        var process = Holder.thisProcess();
        var now = now();
        var lease = new Lease(holder, process.host(), process.pid(), now, now);
        var held = new LeaseTable.Held(lease, UUID.randomUUID().toString(), process);
        write(handle -> take(handle, held));
        return new KeptLease(
                lease,
                settings.heartbeat(),
                () -> write(handle -> LeaseTable.beat(handle, held.token(), now())),
                () -> write(handle -> LeaseTable.release(handle, held.token())));
    }

    private LeaseTable.Held take(Handle handle, LeaseTable.Held wanted) {
        var present = LeaseTable.find(handle);
        if (present.isPresent()) {
            var other = present.get();
            var leftBehind =
                    other.isLeftBehind(wanted.process().host(), wanted.lease().acquired(), settings.leaseLife());
            if (!leftBehind || !LeaseTable.clear(handle, other)) {
                throw new LeaseHeldException(other.lease());
            }
        }
        LeaseTable.insert(handle, wanted);
        return wanted;
    }

    @Override
    public Optional<Lease> lease() {
        return read(handle -> LeaseTable.find(handle).map(LeaseTable.Held::lease));
    }

    @Override
    public RunRecord startRun(RunStart start) {
        return write(handle -> RunTable.start(handle, start, now()));
    }

    @Override
    public void endRun(String id, RunState state) {
        write(handle -> {
            RunTable.end(handle, id, state, now());
            return id;
        });
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return read(handle -> RunTable.find(handle, id));
    }

    @Override
    public Optional<RunRecord> latestRun() {
        return read(RunTable::latest);
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        return read(RunTable::unfinished);
    }

    @Override
    public long startStep(StepStart start) {
        return write(handle -> StepTable.start(handle, start, now()));
    }

    @Override
    public Optional<StepRecord> resumeStep(String runId, String step, String subject) {
        return write(handle -> StepTable.resume(handle, runId, step, subject, now()));
    }

    @Override
    public void endStep(long id, StepEnd end) {
        write(handle -> {
            StepTable.end(handle, id, end, now());
            return id;
        });
    }

    @Override
    public Optional<StepRecord> latestStep(String step, String subject) {
        return read(handle -> StepTable.latest(handle, step, subject));
    }

    @Override
    public List<StepRecord> steps(String runId) {
        return read(handle -> StepTable.ofRun(handle, runId));
    }

    @Override
    public List<StepRecord> unfinishedSteps() {
        return read(StepTable::unfinished);
    }

    @Override
    public List<BatchRecord> batches(String source) {
        return read(handle -> BatchTable.ofSource(handle, source));
    }

    @Override
    public Optional<BatchRecord> batch(String source, String batch) {
        return read(handle -> BatchTable.find(handle, source, batch));
    }

    @Override
    public boolean recordBatch(BatchRecord batch) {
        return write(handle -> BatchTable.record(handle, batch));
    }

    @Override
    public void setBatchState(String source, String batch, BatchState state) {
        write(handle -> {
            BatchTable.setState(handle, source, batch, state);
            return state;
        });
    }

    @Override
    public void recordRelease(ReleaseRecord release) {
        write(handle -> {
            ReleaseTable.record(handle, release);
            return release;
        });
    }

    @Override
    public Optional<ReleaseRecord> release(String id) {
        return read(handle -> ReleaseTable.find(handle, id));
    }

    @Override
    public Optional<ReleaseRecord> latestRelease(ReleaseState state) {
        return read(handle -> ReleaseTable.latest(handle, state));
    }

    @Override
    public Optional<String> meta(String key) {
        return read(handle -> MetaTable.get(handle, key));
    }

    @Override
    public void putMeta(String key, String value) {
        write(handle -> {
            MetaTable.put(handle, key, value);
            return key;
        });
    }

    @Override
    public void close() {
        close.run();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw failed("read", e);
        }
    }

    /** A duplicate key means that another writer was faster: what it wrote is there now, so a second try sees it. */
    private <T> T write(Function<Handle, T> work) {
        try {
            return transaction(work);
        } catch (JdbiException e) {
            if (!SqlStates.isDuplicateKey(e)) {
                throw failed("write", e);
            }
        }
        try {
            return transaction(work);
        } catch (JdbiException e) {
            throw failed("write", e);
        }
    }

    private <T> T transaction(Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    private LedgerException failed(String what, JdbiException error) {
        return new LedgerException(
                "Cannot %s the ledger %s: %s. Check that it is reached and not damaged."
                        .formatted(what, settings.place(), Ledgers.cause(error)),
                error);
    }
}
