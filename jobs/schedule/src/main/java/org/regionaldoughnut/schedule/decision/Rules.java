package org.regionaldoughnut.schedule.decision;

import org.regionaldoughnut.schedule.model.TriggerRule;

/** The trigger rules. */
final class Rules {
    private Rules() {}

    /** What a rule says of a task that has not started. */
    enum Verdict {
        START,
        WAIT,
        SKIP,
        UPSTREAM_FAILED
    }

    /** A rule that can no longer be met ends the task at once, without waiting for the rest. */
    static Verdict judge(TriggerRule rule, Upstream up) {
        if (up.all() == 0) {
            return Verdict.START;
        }
        return switch (rule) {
            case ALWAYS -> Verdict.START;
            case ALL_SUCCESS ->
                up.failed() > 0
                        ? Verdict.UPSTREAM_FAILED
                        : up.skipped() > 0 ? Verdict.SKIP : startIf(up.success() == up.all());
            case ALL_FAILED -> up.success() + up.skipped() > 0 ? Verdict.SKIP : startIf(up.failed() == up.all());
            case ALL_DONE -> startIf(up.isDone());
            case ALL_DONE_MIN_ONE_SUCCESS ->
                !up.isDone() ? Verdict.WAIT : up.success() > 0 ? Verdict.START : withoutSuccess(up);
            case ONE_SUCCESS -> up.success() > 0 ? Verdict.START : up.isDone() ? withoutSuccess(up) : Verdict.WAIT;
            case ONE_FAILED -> up.failed() > 0 ? Verdict.START : up.isDone() ? Verdict.SKIP : Verdict.WAIT;
            case ONE_DONE -> up.success() + up.failed() > 0 ? Verdict.START : up.isDone() ? Verdict.SKIP : Verdict.WAIT;
            case NONE_FAILED -> up.failed() > 0 ? Verdict.UPSTREAM_FAILED : startIf(up.isDone());
            case NONE_SKIPPED -> up.skipped() > 0 ? Verdict.SKIP : startIf(up.isDone());
            case NONE_FAILED_MIN_ONE_SUCCESS ->
                up.failed() > 0
                        ? Verdict.UPSTREAM_FAILED
                        : !up.isDone() ? Verdict.WAIT : up.success() > 0 ? Verdict.START : Verdict.SKIP;
            case ALL_SKIPPED -> up.success() + up.failed() > 0 ? Verdict.SKIP : startIf(up.skipped() == up.all());
        };
    }

    private static Verdict startIf(boolean met) {
        return met ? Verdict.START : Verdict.WAIT;
    }

    private static Verdict withoutSuccess(Upstream up) {
        return up.skipped() == up.all() ? Verdict.SKIP : Verdict.UPSTREAM_FAILED;
    }
}
