package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** How far a task of a run is; a task that nobody has looked at yet has none. */
public enum TaskState {
    REMOVED,
    SCHEDULED,
    QUEUED,
    RUNNING,
    SUCCESS,
    RESTARTING,
    FAILED,
    UP_FOR_RETRY,
    UP_FOR_RESCHEDULE,
    UPSTREAM_FAILED,
    SKIPPED,
    DEFERRED;

    /** Nothing more happens by itself. */
    public boolean isFinished() {
        return this == SUCCESS || this == FAILED || this == UPSTREAM_FAILED || this == SKIPPED || this == REMOVED;
    }

    /** A try exists: it waits for its thread or runs, and holds slots of its pool. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING || this == RESTARTING;
    }

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static TaskState of(String word) {
        return Words.parse(TaskState.class, word);
    }
}
