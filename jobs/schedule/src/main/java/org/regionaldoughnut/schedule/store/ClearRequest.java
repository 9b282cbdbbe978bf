package org.regionaldoughnut.schedule.store;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks to be done again. Their tries so far are kept as history.
 *
 * @param runId absent: all runs of the DAG between start and end (of the logical date, or due time without one)
 * @param taskIds empty: all
 */
public record ClearRequest(
        String dagId,
        Optional<String> runId,
        Optional<Instant> start,
        Optional<Instant> end,
        Set<String> taskIds,
        Set<Option> options) {

    /** What else is done again, and how. */
    public enum Option {
        /** Also what comes before the named tasks. */
        UPSTREAM,
        /** Also what comes after them. */
        DOWNSTREAM,
        /** Also the same tasks in later runs. */
        FUTURE,
        /** Also the same tasks in earlier runs. */
        PAST,
        /** Only those that failed or could not start because of failures. */
        ONLY_FAILED,
        /** Only those that run. */
        ONLY_RUNNING,
        /** Their runs go back to queued. */
        RESET_RUNS,
        /** Their runs go on with the newest version of the DAG. */
        LATEST_VERSION,
        /** Running tasks among them are a conflict instead of being stopped. */
        REFUSE_RUNNING,
        /** Says which it would be, and changes nothing. */
        DRY_RUN
    }

    public ClearRequest {
        taskIds = Set.copyOf(taskIds);
        options = Set.copyOf(options);
    }

    /** All tasks of a run. */
    public static ClearRequest run(String dagId, String runId) {
        return tasks(dagId, Optional.of(runId), Set.of());
    }

    /** These tasks of a run, or of all runs. */
    public static ClearRequest tasks(String dagId, Optional<String> runId, Collection<String> taskIds) {
        return new ClearRequest(
                dagId, runId, Optional.empty(), Optional.empty(), Set.copyOf(taskIds), Set.of(Option.RESET_RUNS));
    }

    /** Of the runs between these. */
    public ClearRequest between(Optional<Instant> from, Optional<Instant> to) {
        return new ClearRequest(dagId, runId, from, to, taskIds, options);
    }

    public ClearRequest with(Option option, boolean wanted) {
        var changed = EnumSet.noneOf(Option.class);
        changed.addAll(options);
        if (wanted) {
            changed.add(option);
        } else {
            changed.remove(option);
        }
        return new ClearRequest(dagId, runId, start, end, taskIds, changed);
    }

    public boolean has(Option option) {
        return options.contains(option);
    }
}
