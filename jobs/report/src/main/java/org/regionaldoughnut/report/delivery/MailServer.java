package org.regionaldoughnut.report.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The server that takes the office's e-mails.
 *
 * @param from the sender's address
 * @param password empty where the server asks for none
 * @param certificates PEM file of what the server is trusted by; absent for what Java knows
 * @param patience how long to wait for a connection or an answer
 */
public record MailServer(
        String host,
        int port,
        Security security,
        Optional<String> user,
        String password,
        String from,
        Optional<Path> certificates,
        Duration patience) {
    public MailServer {
        Objects.requireNonNull(host);
        Objects.requireNonNull(security);
        Objects.requireNonNull(from);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** How the connection is guarded. */
    public enum Security {
        /** Plain first, then TLS; a server that offers none is refused. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** Unguarded: for a server on the same machine. */
        NONE;

        public static Security of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
