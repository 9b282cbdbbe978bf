package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** How far a run is. */
public enum RunState {
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED;

    public boolean isFinished() {
        return this == SUCCESS || this == FAILED;
    }

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static RunState of(String word) {
        return Words.parse(RunState.class, word);
    }
}
