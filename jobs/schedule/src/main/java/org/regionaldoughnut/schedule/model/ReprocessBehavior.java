package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** What a backfill does with a run that exists already: leave it, run it again when it failed, or in any case. */
public enum ReprocessBehavior {
    NONE,
    FAILED,
    COMPLETED;

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static ReprocessBehavior of(String word) {
        return Words.parse(ReprocessBehavior.class, word);
    }
}
