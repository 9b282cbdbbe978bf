package org.regionaldoughnut.schedule.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks to be done again. Their tries so far are kept as history.
 *
 * @param runId absent: all runs of the DAG between start and end (of the logical date, or due time without one)
 * @param taskIds empty: all
 * @param upstream also what comes before the named tasks
 * @param downstream also what comes after them
 * @param future also the same tasks in later runs
 * @param past also the same tasks in earlier runs
 * @param onlyFailed only those that failed or could not start because of failures
 * @param onlyRunning only those that run
 * @param resetRuns their runs go back to queued
 * @param latestVersion their runs go on with the newest version of the DAG
 * @param refuseRunning running tasks among them are a conflict instead of being stopped
 * @param dryRun says which it would be, and changes nothing
 */
public record ClearRequest(
        String dagId,
        Optional<String> runId,
        Optional<Instant> start,
        Optional<Instant> end,
        Set<String> taskIds,
        boolean upstream,
        boolean downstream,
        boolean future,
        boolean past,
        boolean onlyFailed,
        boolean onlyRunning,
        boolean resetRuns,
        boolean latestVersion,
        boolean refuseRunning,
        boolean dryRun) {

    /** All tasks of a run. */
    public static ClearRequest run(String dagId, String runId) {
        return new ClearRequest(
                dagId,
                Optional.of(runId),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false);
    }

    /** These tasks of a run, and what comes after them. */
    public static ClearRequest tasks(String dagId, String runId, String... taskIds) {
        return new ClearRequest(
                dagId,
                Optional.of(runId),
                Optional.empty(),
                Optional.empty(),
                Set.of(taskIds),
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false);
    }

    public ClearRequest onlyFailed(boolean only) {
        return new ClearRequest(
                dagId,
                runId,
                start,
                end,
                taskIds,
                upstream,
                downstream,
                future,
                past,
                only,
                onlyRunning,
                resetRuns,
                latestVersion,
                refuseRunning,
                dryRun);
    }

    public ClearRequest onLatestVersion(boolean latest) {
        return new ClearRequest(
                dagId,
                runId,
                start,
                end,
                taskIds,
                upstream,
                downstream,
                future,
                past,
                onlyFailed,
                onlyRunning,
                resetRuns,
                latest,
                refuseRunning,
                dryRun);
    }

    public ClearRequest asDryRun(boolean dry) {
        return new ClearRequest(
                dagId,
                runId,
                start,
                end,
                taskIds,
                upstream,
                downstream,
                future,
                past,
                onlyFailed,
                onlyRunning,
                resetRuns,
                latestVersion,
                refuseRunning,
                dry);
    }
}
