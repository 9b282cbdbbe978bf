package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a pipeline. Times are UTC, to the microsecond.
 *
 * @param logicalDate the date the run stands for, when it was scheduled or asked for
 * @param asOf the moment whose knowledge the run uses, when it is not now
 * @param ended empty while the run is running, and after a kill
 */
public record RunRecord(
        String id,
        String office,
        String pipeline,
        Optional<Instant> logicalDate,
        Optional<Instant> asOf,
        RunState state,
        Instant started,
        Optional<Instant> ended) {
    public RunRecord {
        Checks.filled(id, "run id");
        Checks.filled(office, "office");
        Checks.filled(pipeline, "pipeline");
        logicalDate = Checks.kept(logicalDate, "logicalDate");
        asOf = Checks.kept(asOf, "asOf");
        requireNonNull(state, "state");
        started = Checks.kept(started, "started");
        ended = Checks.kept(ended, "ended");
    }
}
