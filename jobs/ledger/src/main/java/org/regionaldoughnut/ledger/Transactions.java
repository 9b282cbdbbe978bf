package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Runs work in transactions, again where another transaction was in the way. */
public final class Transactions {
    private static final int TRIES = 6;
    /** Deadlock, serialisation failure, lock time-out; then duplicate key: another was faster, and is seen now. */
    private static final List<String> TRY_AGAIN = List.of("40001", "40P01", "55P03", "HYT00", "23505");

    private final DataSource source;
    private final Failure failure;

    /** @param failure says in the words of the database's owner what went wrong */
    public Transactions(DataSource source, Failure failure) {
        this.source = source;
        this.failure = failure;
    }

    /** Some reading or writing on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes the exception that is thrown. */
    @FunctionalInterface
    public interface Failure {
        /**
         * @param what read or write
         * @param said by the driver, without a final stop
         */
        RuntimeException of(String what, String said, SQLException error);
    }

    public <T> T read(Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    /** The work may be done several times, so that it must not change anything but the database. */
    public <T> T write(Work<T> work) {
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

    private RuntimeException failed(String what, SQLException error) {
        return failure.of(what, saidBy(error), error);
    }

    /** What the driver said, in one line, without the statement and a final stop. */
    public static String saidBy(Throwable error) {
        return String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown")
                .replaceAll("; SQL statement:.*$", "")
                .replaceAll("[.;:]?\\s*$", "");
    }
}
