package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a step ended.
 *
 * @param state any but {@link StepState#RUNNING}
 * @param rowsIn rows read; cells up to harmonise
 * @param rowsOut rows kept; cells up to harmonise
 * @param quarantined cells set aside
 * @param deltaTable the table that was committed to, when one was
 * @param deltaVersion the version of that commit
 * @param reason why it ended so; empty keeps what was said at the start
 */
public record StepEnd(
        StepState state,
        long rowsIn,
        long rowsOut,
        long quarantined,
        Optional<String> deltaTable,
        OptionalLong deltaVersion,
        String reason) {
    public StepEnd {
        requireNonNull(state, "state");
        if (state == StepState.RUNNING) {
            throw new IllegalArgumentException("Cannot end a step as running. Start another to do it again.");
        }
        Checks.atLeastZero(rowsIn, "rows in");
        Checks.atLeastZero(rowsOut, "rows out");
        Checks.atLeastZero(quarantined, "quarantined");
        requireNonNull(deltaTable, "deltaTable");
        requireNonNull(deltaVersion, "deltaVersion");
        requireNonNull(reason, "reason");
    }

    /** A success that committed nothing to Delta. */
    public static StepEnd succeeded(long rowsIn, long rowsOut, long quarantined) {
        return new StepEnd(
                StepState.SUCCEEDED, rowsIn, rowsOut, quarantined, Optional.empty(), OptionalLong.empty(), "");
    }

    /** A success, and the commit that made it lasting. */
    public StepEnd committedTo(String table, long version) {
        return new StepEnd(state, rowsIn, rowsOut, quarantined, Optional.of(table), OptionalLong.of(version), reason);
    }

    /** Not needed, and why. */
    public static StepEnd skipped(String reason) {
        return without(StepState.SKIPPED, reason);
    }

    /** Failed, and why. */
    public static StepEnd failed(String reason) {
        return without(StepState.FAILED, reason);
    }

    /** Broken off, and by what. */
    public static StepEnd interrupted(String reason) {
        return without(StepState.INTERRUPTED, reason);
    }

    private static StepEnd without(StepState state, String reason) {
        return new StepEnd(state, 0, 0, 0, Optional.empty(), OptionalLong.empty(), reason);
    }
}
