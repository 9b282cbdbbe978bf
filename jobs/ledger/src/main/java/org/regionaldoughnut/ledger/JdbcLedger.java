package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ledger in a database; each method is one transaction. */
final class JdbcLedger implements Ledger {
    private final Transactions database;
    private final Runnable close;
    private final LedgerSettings settings;
    private final Clock clock;

    JdbcLedger(Transactions database, Runnable close, LedgerSettings settings, Clock clock) {
        this.database = database;
        this.close = close;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void claimStorage(String office) {
        database.write(connection -> {
            MetaTable.claim(connection, office);
            return office;
        });
    }

    @Override
    public LeaseHandle acquireLease(String holder) {
        var process = Holder.thisProcess();
        var now = now();
        var lease = new Lease(holder, process.host(), process.pid(), now, now);
        var held = new LeaseTable.Held(lease, UUID.randomUUID().toString(), process);
        database.write(connection -> take(connection, held));
        return new KeptLease(
                lease,
                settings.heartbeat(),
                () -> database.write(connection -> LeaseTable.beat(connection, held.token(), now())),
                () -> database.write(connection -> LeaseTable.release(connection, held.token())));
    }

    private LeaseTable.Held take(Connection connection, LeaseTable.Held wanted) throws SQLException {
        var present = LeaseTable.find(connection);
        if (present.isPresent()) {
            var other = present.get();
            var leftBehind =
                    other.isLeftBehind(wanted.process().host(), wanted.lease().acquired(), settings.leaseLife());
            if (!leftBehind || !LeaseTable.clear(connection, other)) {
                throw new LeaseHeldException(other.lease());
            }
        }
        LeaseTable.insert(connection, wanted);
        return wanted;
    }

    @Override
    public Optional<Lease> lease() {
        return database.read(connection -> LeaseTable.find(connection).map(LeaseTable.Held::lease));
    }

    @Override
    public RunRecord startRun(RunStart start) {
        return database.write(connection -> RunTable.start(connection, start, now()));
    }

    @Override
    public void endRun(String id, RunState state) {
        database.write(connection -> {
            RunTable.end(connection, id, state, now());
            return id;
        });
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return database.read(connection -> RunTable.find(connection, id));
    }

    @Override
    public Optional<RunRecord> latestRun() {
        return database.read(RunTable::latest);
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        return database.read(RunTable::unfinished);
    }

    @Override
    public long startStep(StepStart start) {
        return database.write(connection -> StepTable.start(connection, start, now()));
    }

    @Override
    public void endStep(long id, StepEnd end) {
        database.write(connection -> {
            StepTable.end(connection, id, end, now());
            return id;
        });
    }

    @Override
    public Optional<StepRecord> latestStep(String step, String subject) {
        return database.read(connection -> StepTable.latest(connection, step, subject));
    }

    @Override
    public List<StepRecord> steps(String runId) {
        return database.read(connection -> StepTable.ofRun(connection, runId));
    }

    @Override
    public List<StepRecord> unfinishedSteps() {
        return database.read(StepTable::unfinished);
    }

    @Override
    public List<BatchRecord> batches(String source) {
        return database.read(connection -> BatchTable.ofSource(connection, source));
    }

    @Override
    public Optional<BatchRecord> batch(String source, String batch) {
        return database.read(connection -> BatchTable.find(connection, source, batch));
    }

    @Override
    public boolean recordBatch(BatchRecord batch) {
        return database.write(connection -> BatchTable.record(connection, batch));
    }

    @Override
    public void setBatchState(String source, String batch, BatchState state) {
        database.write(connection -> {
            BatchTable.setState(connection, source, batch, state);
            return state;
        });
    }

    @Override
    public void recordRelease(ReleaseRecord release) {
        database.write(connection -> {
            ReleaseTable.record(connection, release);
            return release;
        });
    }

    @Override
    public Optional<ReleaseRecord> release(String id) {
        return database.read(connection -> ReleaseTable.find(connection, id));
    }

    @Override
    public List<ReleaseRecord> releases() {
        return database.read(ReleaseTable::all);
    }

    @Override
    public Optional<ReleaseRecord> latestRelease(ReleaseState state) {
        return database.read(connection -> ReleaseTable.latest(connection, state));
    }

    @Override
    public Optional<String> meta(String key) {
        return database.read(connection -> MetaTable.get(connection, key));
    }

    @Override
    public void putMeta(String key, String value) {
        database.write(connection -> {
            MetaTable.put(connection, key, value);
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
}
