package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** Which ends of the tasks before it let a task start. */
public enum TriggerRule {
    ALL_SUCCESS,
    ALL_FAILED,
    ALL_DONE,
    ALL_DONE_MIN_ONE_SUCCESS,
    ONE_SUCCESS,
    ONE_FAILED,
    ONE_DONE,
    NONE_FAILED,
    NONE_SKIPPED,
    NONE_FAILED_MIN_ONE_SUCCESS,
    ALL_SKIPPED,
    ALWAYS;

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static TriggerRule of(String word) {
        return Words.parse(TriggerRule.class, word);
    }
}
