package org.regionaldoughnut.schedule.model;

import java.util.Locale;

/** What a user may do; each may do all that those before it may. */
public enum Role {
    VIEWER,
    USER,
    OPERATOR,
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As the API, the database and the configuration write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static Role of(String word) {
        return Words.parse(Role.class, word);
    }
}
