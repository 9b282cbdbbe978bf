package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions, and says in the ledger's words what went wrong. */
record Database(DataSource source, String place) {

    /** Some reading or writing on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T read(Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    /** A duplicate key means that another writer was faster: what it wrote is there now, so a second try sees it. */
    <T> T write(Work<T> work) {
        try {
            return transaction(work);
        } catch (SQLException e) {
            if (!Sql.isDuplicateKey(e)) {
                throw failed("write", e);
            }
        }
        try {
            return transaction(work);
        } catch (SQLException e) {
            throw failed("write", e);
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

    private LedgerException failed(String what, SQLException error) {
        return new LedgerException(
                "Cannot %s the ledger %s: %s. Check that it is reached and not damaged."
                        .formatted(what, place, saidBy(error)),
                error);
    }

    /** What the driver said, in one line, without the statement and a final stop. */
    static String saidBy(Throwable error) {
        return String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown")
                .replaceAll("; SQL statement:.*$", "")
                .replaceAll("[.;:]?\\s*$", "");
    }
}
