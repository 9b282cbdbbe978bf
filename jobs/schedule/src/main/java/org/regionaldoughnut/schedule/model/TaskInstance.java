package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A task of a run.
 *
 * @param run id of the run's row
 * @param state absent: nobody has looked at it yet
 * @param tryNumber of the current or last try; 0 before the first
 * @param maxTries tries it may have in all
 * @param rendered its arguments after templates were filled in: an object
 * @param retryAt when a task that is up for retry may be tried again
 */
public record TaskInstance(
        UUID id,
        long run,
        String dagId,
        String runId,
        String taskId,
        Optional<TaskState> state,
        int tryNumber,
        int maxTries,
        String operator,
        String pool,
        int poolSlots,
        int priorityWeight,
        Optional<Instant> logicalDate,
        Instant runAfter,
        Optional<Instant> scheduledAt,
        Optional<Instant> queuedAt,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> retryAt,
        Optional<String> node,
        Optional<String> host,
        Optional<Long> pid,
        Optional<String> note,
        JsonNode rendered,
        DagVersion version) {

    public Optional<Duration> duration() {
        return started.flatMap(from -> ended.map(to -> Duration.between(from, to)));
    }

    /** This try. */
    public TryKey key() {
        return new TryKey(dagId, runId, taskId, tryNumber);
    }

    public boolean isFinished() {
        return state.map(TaskState::isFinished).orElse(false);
    }
}
