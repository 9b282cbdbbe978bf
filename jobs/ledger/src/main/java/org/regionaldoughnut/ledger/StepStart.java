package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known of a step when it begins.
 *
 * @param runId a run that was started
 * @param step the room's word: ingest, validate, harmonise, indicators, publish, report
 * @param subject what the step works on: a source, a table, a theme, or {@code _T} for all
 * @param period the period it is limited to, when it is
 * @param inputHash of everything the step reads
 * @param confHash of the configuration the step obeys
 * @param roomFingerprint of the code that does it
 * @param reason why it runs
 */
public record StepStart(
        String runId,
        String step,
        String subject,
        Optional<String> period,
        String inputHash,
        String confHash,
        String roomFingerprint,
        String reason) {
    public StepStart {
        Checks.filled(runId, "run id");
        Checks.filled(step, "step");
        Checks.filled(subject, "subject");
        requireNonNull(period, "period");
        requireNonNull(inputHash, "inputHash");
        requireNonNull(confHash, "confHash");
        requireNonNull(roomFingerprint, "roomFingerprint");
        requireNonNull(reason, "reason");
    }
}
