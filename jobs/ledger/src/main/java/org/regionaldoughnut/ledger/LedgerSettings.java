package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the ledger is and how long a lease lives.
 *
 * @param url {@code jdbc:h2:file:...} or {@code jdbc:postgresql:...}
 * @param leaseLife after this long without a heartbeat a lease on another machine counts as left behind
 * @param heartbeat how often a lease is renewed; shorter than its life
 */
public record LedgerSettings(String url, String user, String password, Duration leaseLife, Duration heartbeat) {
    private static final Duration LEASE_LIFE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    public LedgerSettings {
        Checks.filled(url, "database URL");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(leaseLife, "leaseLife");
        requireNonNull(heartbeat, "heartbeat");
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("Cannot use the database URL " + scheme(url)
                    + "...: the ledger knows jdbc:h2: and jdbc:postgresql:. Name one of these.");
        }
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(leaseLife) >= 0) {
            throw new IllegalArgumentException("Cannot renew a lease of " + leaseLife + " every " + heartbeat
                    + ": it would end in between. Choose a shorter heartbeat.");
        }
    }

    /** A file in this folder, shared by the processes of this machine. */
    public static LedgerSettings embedded(Path folder) {
        var file = folder.toAbsolutePath().normalize().resolve("ledger");
        return at("jdbc:h2:file:" + file, "sa", "");
    }

    /** A database that runs elsewhere; {@code user} and {@code password} may be empty when the URL has them. */
    public static LedgerSettings at(String url, String user, String password) {
        return new LedgerSettings(url, user, password, LEASE_LIFE, HEARTBEAT);
    }

    /** The same database with other times. */
    public LedgerSettings withLease(Duration life, Duration beat) {
        return new LedgerSettings(url, user, password, life, beat);
    }

    boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    /** The URL without what follows its path: parameters may hold a password. */
    String place() {
        return url.split("[?;]", 2)[0];
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerSettings[" + place() + ", user=" + user + "]";
    }

    private static String scheme(String url) {
        return url.substring(0, Math.min(url.length(), Math.max(url.indexOf(':') + 1, 8)));
    }
}
