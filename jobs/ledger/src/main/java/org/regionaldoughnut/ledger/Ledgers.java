package org.regionaldoughnut.ledger;

import java.sql.SQLException;
import java.time.Clock;

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
            LedgerSchema.bringUpToDate(connections.source(), settings.place(), clock);
            return new JdbcLedger(transactions(connections, settings), connections.close(), settings, clock);
        } catch (LedgerException e) {
            close(connections);
            throw e;
        } catch (SQLException | RuntimeException e) {
            close(connections);
            throw new LedgerException(
                    "Cannot open the ledger %s: %s. Check that the place exists, can be written and is reached."
                            .formatted(settings.place(), Transactions.saidBy(e)),
                    e);
        }
    }

    static Transactions transactions(Connections connections, LedgerSettings settings) {
        return new Transactions(
                connections.source(),
                (what, said, error) -> new LedgerException(
                        "Cannot %s the ledger %s: %s. Check that it is reached and not damaged."
                                .formatted(what, settings.place(), said),
                        error));
    }

    private static void close(Connections connections) {
        if (connections != null) {
            connections.close().run();
        }
    }
}
