package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.regionaldoughnut.ledger.Transactions;

/** The scheduler's database, and the time that is written into it. */
final class Database {
    private final Transactions transactions;
    private final Clock clock;

    Database(DataSource source, Clock clock) {
        this.transactions = new Transactions(
                source,
                (what, said, error) -> new StoreException(
                        "Cannot %s the scheduler's database: %s. Check that it is reached and not damaged."
                                .formatted(what, said),
                        error));
        this.clock = clock;
    }

    /** Some writing on one connection. */
    @FunctionalInterface
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Clock clock() {
        return clock;
    }

    <T> T read(Transactions.Work<T> work) {
        return transactions.read(work);
    }

    <T> T write(Transactions.Work<T> work) {
        return transactions.write(work);
    }

    void change(Change change) {
        write(connection -> {
            change.on(connection);
            return true;
        });
    }
}
