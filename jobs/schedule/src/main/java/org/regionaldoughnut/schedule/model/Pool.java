package org.regionaldoughnut.schedule.model;

import java.util.Optional;

/**
 * A bound on tries that hold slots at the same time.
 *
 * @param slots -1 for no bound
 */
public record Pool(String name, int slots, Optional<String> description, boolean includeDeferred) {
    public static final String DEFAULT = "default_pool";
    public static final int DEFAULT_SLOTS = 128;

    public Pool {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pool needs a name");
        }
        if (slots < -1) {
            throw new IllegalArgumentException("a pool cannot have " + slots + " slots; -1 means no bound");
        }
    }
}
