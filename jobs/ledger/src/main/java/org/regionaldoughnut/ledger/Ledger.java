package org.regionaldoughnut.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What was done, with what, by whom. Safe for use by several threads; what a method has written when it returns
 * survives a kill. Every method throws {@link LedgerException} when the database cannot be reached.
 */
public interface Ledger extends AutoCloseable {

    /**
     * Binds the storage to its office, for good: one storage serves one office.
     *
     * @throws StorageClaimedException when it serves another
     */
    void claimStorage(String office);

    /**
     * Takes the right to write. A lease whose process is gone from this machine, or that was not renewed in time on
     * another machine, is taken over.
     *
     * @param holder what takes it, in words a reader understands
     * @throws LeaseHeldException when a living process holds it
     */
    LeaseHandle acquireLease(String holder);

    /** Who may write now, if anyone has asked. */
    Optional<Lease> lease();

    /**
     * Begins a run, or begins it again: a known id goes back to running and keeps its start.
     *
     * @throws LedgerException when the id belongs to another office or pipeline
     */
    RunRecord startRun(RunStart start);

    /** Ends a run; {@code state} is any but running. */
    void endRun(String id, RunState state);

    Optional<RunRecord> run(String id);

    /** The run that began last. */
    Optional<RunRecord> latestRun();

    /** Runs that began and have not ended, oldest first: at the start of a run, those that were killed. */
    List<RunRecord> unfinishedRuns();

    /**
     * Begins a step.
     *
     * @return its id, higher than any before: the {@code txnVersion} of its commit in Delta
     */
    long startStep(StepStart start);

    /** Ends a step. Ending it again replaces what was said. */
    void endStep(long id, StepEnd end);

    /** The newest success of this step and subject. */
    Optional<StepRecord> latestStep(String step, String subject);

    /** The steps of a run, in the order in which they began. */
    List<StepRecord> steps(String runId);

    /** Steps that began and have not ended, oldest first: at the start of a run, those that were killed. */
    List<StepRecord> unfinishedSteps();

    /** The batches of a source, in order of receipt. */
    List<BatchRecord> batches(String source);

    Optional<BatchRecord> batch(String source, String batch);

    /**
     * Records a batch. A known one (same source, same hash) keeps its place and its time of receipt; the rest is
     * replaced.
     *
     * @return whether it is new
     */
    boolean recordBatch(BatchRecord batch);

    /** Accepts or stops a recorded batch. */
    void setBatchState(String source, String batch, BatchState state);

    /** Records a release, or replaces what is known of it. */
    void recordRelease(ReleaseRecord release);

    Optional<ReleaseRecord> release(String id);

    /** All releases, drafts too, in the order in which they were first recorded. */
    List<ReleaseRecord> releases();

    /** The release that came last of those in this state. */
    Optional<ReleaseRecord> latestRelease(ReleaseState state);

    /** A remembered word. */
    Optional<String> meta(String key);

    /** Remembers a word; what was remembered under the key is replaced. */
    void putMeta(String key, String value);

    @Override
    void close();
}
