package org.regionaldoughnut.ledger;

import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Opens ledgers. */
public final class Ledgers {
    private Ledgers() {}

    /**
     * Opens the ledger, and makes or updates its tables when they are not there or old.
     *
     * @param clock tells the time of every record
     * @throws LedgerException when it cannot be reached, or was written by a newer program
     */
    public static Ledger open(LedgerSettings settings, Clock clock) {
        Connections connections = null;
        try {
            connections = Connections.to(settings);
            var jdbi = Rows.configured(Jdbi.create(connections.source()));
            LedgerSchema.bringUpToDate(jdbi, connections.source(), settings.place(), clock);
            return new JdbcLedger(jdbi, connections.close(), settings, clock);
        } catch (LedgerException e) {
            close(connections);
            throw e;
        } catch (RuntimeException e) {
            close(connections);
            throw new LedgerException(
                    "Cannot open the ledger %s: %s. Check that the place exists, can be written and is reached."
                            .formatted(settings.place(), cause(e)),
                    e);
        }
    }

    private static void close(Connections connections) {
        if (connections != null) {
            connections.close().run();
        }
    }

    /** What the driver said, in one line and without the statement. */
    static String cause(RuntimeException error) {
        Throwable deepest = error;
        while ((deepest instanceof JdbiException || deepest == error) && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown")
                .replaceAll("[.;]?\\s*$", "");
    }
}
