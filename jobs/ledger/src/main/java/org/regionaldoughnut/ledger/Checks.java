package org.regionaldoughnut.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** What every record of the ledger asks of its parts. */
final class Checks {
    private Checks() {}

    static String filled(String value, String what) {
        Objects.requireNonNull(value, what);
        if (value.isBlank()) {
            throw new IllegalArgumentException("Cannot record a blank " + what + ". Give it a value.");
        }
        return value;
    }

    static long atLeastZero(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException("Cannot record " + what + " = " + value + ". Counts start at 0.");
        }
        return value;
    }

    /** Both databases keep microseconds: a record holds no more, so that it equals itself when read back. */
    static Instant kept(Instant instant, String what) {
        return Objects.requireNonNull(instant, what).truncatedTo(ChronoUnit.MICROS);
    }

    static Optional<Instant> kept(Optional<Instant> instant, String what) {
        return Objects.requireNonNull(instant, what).map(value -> kept(value, what));
    }
}
