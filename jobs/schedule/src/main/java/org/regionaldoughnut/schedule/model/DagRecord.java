package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a DAG.
 *
 * @param dag as configured in its newest version
 * @param stale no longer configured; its runs are kept
 * @param next the run that is due next, as far as the timetable tells
 */
public record DagRecord(
        Dag dag, boolean paused, boolean stale, DagVersion version, Instant lastParsed, Optional<DueRun> next) {
    public String dagId() {
        return dag.dagId();
    }
}
