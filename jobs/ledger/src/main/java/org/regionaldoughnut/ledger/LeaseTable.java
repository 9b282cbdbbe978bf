package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The table of the lease: one row at most. Every change names the token it replaces, so that two cannot both win. */
final class LeaseTable {
    private static final String WRITER = "writer";

    private LeaseTable() {}

    /** The row with what only the ledger needs of it. */
    record Held(Lease lease, String token, Holder process) {
        /** Whether its holder is gone, or has been silent for too long on a machine we cannot see. */
        boolean isLeftBehind(String ourHost, Instant now, Duration life) {
            if (process.livesOn(ourHost)) {
                return false;
            }
            return process.isGoneFrom(ourHost) || lease.heartbeat().plus(life).isBefore(now);
        }
    }

    static Optional<Held> find(Connection connection) throws SQLException {
        return Sql.first(connection, LeaseTable::read, "select * from lease where name = ?", WRITER);
    }

    /** Fails with a duplicate key when another process was faster. */
    static void insert(Connection connection, Held held) throws SQLException {
        var sql = "insert into lease (name, token, holder, host, pid, process_started, acquired, heartbeat) "
                + "values (?, ?, ?, ?, ?, ?, ?, ?)";
        Sql.update(
                connection,
                sql,
                WRITER,
                held.token(),
                held.lease().holder(),
                held.process().host(),
                held.process().pid(),
                held.process().started(),
                held.lease().acquired(),
                held.lease().heartbeat());
    }

    /** Deletes the row left behind, unless its holder has stirred since it was read. */
    static boolean clear(Connection connection, Held leftBehind) throws SQLException {
        var sql = "delete from lease where token = ? and heartbeat = ?";
        return Sql.update(
                        connection, sql, leftBehind.token(), leftBehind.lease().heartbeat())
                > 0;
    }

    static boolean beat(Connection connection, String token, Instant now) throws SQLException {
        return Sql.update(connection, "update lease set heartbeat = ? where token = ?", now, token) > 0;
    }

    static boolean release(Connection connection, String token) throws SQLException {
        return Sql.update(connection, "delete from lease where token = ?", token) > 0;
    }

    private static Held read(ResultSet row) throws SQLException {
        var lease = new Lease(
                row.getString("holder"),
                row.getString("host"),
                row.getLong("pid"),
                Sql.instant(row, "acquired"),
                Sql.instant(row, "heartbeat"));
        var process = new Holder(lease.host(), lease.pid(), Sql.instantIfAny(row, "process_started"));
        return new Held(lease, row.getString("token"), process);
    }
}
