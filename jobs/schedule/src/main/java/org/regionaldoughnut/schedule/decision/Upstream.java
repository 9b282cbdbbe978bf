package org.regionaldoughnut.schedule.decision;

import java.util.Collection;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.TaskState;

/**
 * How the tasks before a task have ended.
 *
 * @param all how many there are
 * @param failed those that failed, and those that could not start because others did
 */
record Upstream(int all, int success, int failed, int skipped) {

    /** A removed task stands in nobody's way: it is not counted. */
    static Upstream of(Collection<Optional<TaskState>> states) {
        var all = 0;
        var success = 0;
        var failed = 0;
        var skipped = 0;
        for (var state : states) {
            var word = state.orElse(TaskState.SCHEDULED);
            all += word == TaskState.REMOVED ? 0 : 1;
            success += word == TaskState.SUCCESS ? 1 : 0;
            failed += word == TaskState.FAILED || word == TaskState.UPSTREAM_FAILED ? 1 : 0;
            skipped += word == TaskState.SKIPPED ? 1 : 0;
        }
        return new Upstream(all, success, failed, skipped);
    }

    int done() {
        return success + failed + skipped;
    }

    boolean isDone() {
        return done() == all;
    }
}
