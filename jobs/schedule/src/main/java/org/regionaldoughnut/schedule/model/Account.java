package org.regionaldoughnut.schedule.model;

import java.time.Instant;

/** A user. */
public record Account(String name, String passwordHash, Role role, boolean active, Instant created) {
    public Account {
        if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a user's name has 1 to 64 letters, digits, dots, dashes, underscores or @, not '" + name + "'");
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Account[" + name + ", " + role.word() + "]";
    }
}
