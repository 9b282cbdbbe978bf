package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A process that schedules; Airflow calls it a job.
 *
 * @param number counts up, for the API's {@code jobs}
 * @param beats counts its heartbeats: others watch whether it moves, so that no two clocks are compared
 * @param configuration hash of the pipelines it read
 */
public record NodeRecord(
        String id,
        long number,
        String host,
        long pid,
        Optional<Instant> processStarted,
        Instant started,
        Instant heartbeat,
        long beats,
        Optional<Instant> ended,
        State state,
        String configuration) {

    public enum State {
        RUNNING,
        /** It said good-bye. */
        STOPPED,
        /** It fell silent, and its tasks were taken over. */
        LOST
    }
}
