package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Why a run exists. */
public enum RunType {
    BACKFILL,
    SCHEDULED,
    MANUAL,
    ASSET_TRIGGERED;

    /** The name of a run of this type that is due at that time. */
    public String runId(Instant runAfter) {
        return word() + "__"
                + runAfter.atOffset(ZoneOffset.UTC)
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .replace("Z", "+00:00");
    }

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static RunType of(String word) {
        return Words.parse(RunType.class, word);
    }
}
