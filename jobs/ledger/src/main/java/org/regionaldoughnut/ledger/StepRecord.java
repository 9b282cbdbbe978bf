package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One step of a run. Times are UTC, to the microsecond.
 *
 * @param id grows from step to step, also when a lost ledger is made anew: the {@code txnVersion} of the step's commit
 *     in Delta
 * @param step the room's word
 * @param subject what the step works on
 * @param period the period it is limited to, when it is
 * @param ended empty while the step is running, and after a kill
 * @param rowsIn rows read; cells up to harmonise
 * @param rowsOut rows kept; cells up to harmonise
 * @param quarantined cells set aside
 * @param deltaTable the table that was committed to, when one was
 * @param deltaVersion the version of that commit
 * @param reason why it ran, was skipped or failed
 */
public record StepRecord(
        long id,
        String runId,
        String step,
        String subject,
        Optional<String> period,
        String inputHash,
        String confHash,
        String roomFingerprint,
        StepState state,
        Instant started,
        Optional<Instant> ended,
        long rowsIn,
        long rowsOut,
        long quarantined,
        Optional<String> deltaTable,
        OptionalLong deltaVersion,
        String reason) {
    public StepRecord {
        Checks.filled(runId, "run id");
        Checks.filled(step, "step");
        Checks.filled(subject, "subject");
        requireNonNull(period, "period");
        requireNonNull(inputHash, "inputHash");
        requireNonNull(confHash, "confHash");
        requireNonNull(roomFingerprint, "roomFingerprint");
        requireNonNull(state, "state");
        started = Checks.kept(started, "started");
        ended = Checks.kept(ended, "ended");
        Checks.atLeastZero(rowsIn, "rows in");
        Checks.atLeastZero(rowsOut, "rows out");
        Checks.atLeastZero(quarantined, "quarantined");
        requireNonNull(deltaTable, "deltaTable");
        requireNonNull(deltaVersion, "deltaVersion");
        requireNonNull(reason, "reason");
    }

    /** The application id under which the step commits to Delta; {@link #id} is the version that belongs to it. */
    public String txnAppId() {
        return "doughnut/" + step + "/" + subject;
    }
}
