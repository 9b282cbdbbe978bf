package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import org.regionaldoughnut.schedule.model.ReprocessBehavior;

/**
 * Runs of the past that someone asks for.
 *
 * @param to logical dates up to and including it
 * @param backwards the latest first
 * @param latestVersion runs that exist go on with the newest version of the DAG
 */
public record BackfillRequest(
        String dagId,
        Instant from,
        Instant to,
        ReprocessBehavior reprocess,
        int maxActiveRuns,
        boolean backwards,
        boolean latestVersion,
        JsonNode conf) {
    public static final int MAX_ACTIVE_RUNS = 10;

    public BackfillRequest {
        if (from.isAfter(to)) {
            throw RefusedException.invalid("Cannot backfill " + dagId + ": from_date " + from + " is after to_date "
                    + to + ". Turn them around.");
        }
        if (maxActiveRuns < 1) {
            throw RefusedException.invalid(
                    "Cannot backfill " + dagId + ": max_active_runs is " + maxActiveRuns + ". Give at least 1.");
        }
    }

    public static BackfillRequest of(String dagId, Instant from, Instant to) {
        return new BackfillRequest(
                dagId,
                from,
                to,
                ReprocessBehavior.NONE,
                MAX_ACTIVE_RUNS,
                false,
                true,
                JsonNodeFactory.instance.objectNode());
    }

    public BackfillRequest with(ReprocessBehavior behavior) {
        return new BackfillRequest(dagId, from, to, behavior, maxActiveRuns, backwards, latestVersion, conf);
    }

    public BackfillRequest atMost(int runs) {
        return new BackfillRequest(dagId, from, to, reprocess, runs, backwards, latestVersion, conf);
    }
}
