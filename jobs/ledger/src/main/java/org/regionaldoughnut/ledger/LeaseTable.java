package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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

    static Optional<Held> find(Handle handle) {
        return handle.createQuery("select * from lease where name = :name")
                .bind("name", WRITER)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Fails with a duplicate key when another process was faster. */
    static void insert(Handle handle, Held held) {
        var insert = handle.createUpdate(
                        "insert into lease (name, token, holder, host, pid, process_started, acquired, heartbeat) "
                                + "values (:name, :token, :holder, :host, :pid, :processStarted, :acquired, :heartbeat)")
                .bind("name", WRITER)
                .bind("token", held.token())
                .bind("holder", held.lease().holder())
                .bind("host", held.process().host())
                .bind("pid", held.process().pid())
                .bind("acquired", held.lease().acquired())
                .bind("heartbeat", held.lease().heartbeat());
        Rows.bind(insert, "processStarted", held.process().started()).execute();
    }

    /** Deletes the row left behind, unless its holder has stirred since it was read. */
    static boolean clear(Handle handle, Held leftBehind) {
        return handle.createUpdate("delete from lease where token = :token and heartbeat = :heartbeat")
                        .bind("token", leftBehind.token())
                        .bind("heartbeat", leftBehind.lease().heartbeat())
                        .execute()
                > 0;
    }

    static boolean beat(Handle handle, String token, Instant now) {
        return handle.createUpdate("update lease set heartbeat = :heartbeat where token = :token")
                        .bind("token", token)
                        .bind("heartbeat", now)
                        .execute()
                > 0;
    }

    static boolean release(Handle handle, String token) {
        return handle.createUpdate("delete from lease where token = :token")
                        .bind("token", token)
                        .execute()
                > 0;
    }

    private static Held read(ResultSet row) throws SQLException {
        var lease = new Lease(
                row.getString("holder"),
                row.getString("host"),
                row.getLong("pid"),
                Rows.instant(row, "acquired"),
                Rows.instant(row, "heartbeat"));
        var process = new Holder(lease.host(), lease.pid(), Rows.instantIfAny(row, "process_started"));
        return new Held(lease, row.getString("token"), process);
    }
}
