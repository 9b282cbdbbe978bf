package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a DAG.
 *
 * @param logicalDate what it stands for; unique within the DAG where there is one
 * @param runAfter when it may start at the earliest
 * @param conf values it was started with: an object
 * @param backfill id of the backfill it belongs to
 */
public record DagRun(
        long id,
        String dagId,
        String runId,
        RunType type,
        RunState state,
        Optional<Instant> logicalDate,
        Optional<DataInterval> interval,
        Instant runAfter,
        Optional<Instant> queuedAt,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> lastDecision,
        JsonNode conf,
        Optional<String> note,
        TriggeredBy triggeredBy,
        Optional<String> userName,
        DagVersion version,
        Optional<Long> backfill) {

    public Optional<Duration> duration() {
        return started.flatMap(from -> ended.map(to -> Duration.between(from, to)));
    }
}
