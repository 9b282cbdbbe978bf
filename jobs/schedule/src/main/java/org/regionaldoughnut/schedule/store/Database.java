package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;

/** Runs work in transactions, again where another transaction was in the way. */
final class Database {
    private static final int TRIES = 6;
    /** Deadlock, serialisation failure, lock time-out; then duplicate key: another was faster, and is seen now. */
    private static final List<String> TRY_AGAIN = List.of("40001", "40P01", "55P03", "HYT00", "23505");

    private final DataSource source;
    private final Clock clock;

    Database(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Some reading or writing on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
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

    <T> T read(Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    <T> T write(Work<T> work) {
        for (var tries = 1; ; tries++) {
            try {
                return transaction(work);
            } catch (SQLException e) {
                if (tries == TRIES || !TRY_AGAIN.contains(String.valueOf(e.getSQLState()))) {
                    throw failed("write", e);
                }
            }
        }
    }

    void change(Change change) {
        write(connection -> {
            change.on(connection);
            return true;
        });
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static StoreException failed(String what, SQLException error) {
        var said = String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown")
                .replaceAll("; SQL statement:.*$", "")
                .replaceAll("[.;:]?\\s*$", "");
        return new StoreException(
                "Cannot %s the scheduler's database: %s. Check that it is reached and not damaged."
                        .formatted(what, said),
                error);
    }
}
