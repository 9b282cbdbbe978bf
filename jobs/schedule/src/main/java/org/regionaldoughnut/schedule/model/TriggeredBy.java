package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** What made a run. */
public enum TriggeredBy {
    CLI,
    OPERATOR,
    REST_API,
    UI,
    TEST,
    TIMETABLE,
    ASSET,
    BACKFILL;

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static TriggeredBy of(String word) {
        return Words.parse(TriggeredBy.class, word);
    }
}
