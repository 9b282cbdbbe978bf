package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of steps. */
final class StepTable {
    private StepTable() {}

    static long start(Connection connection, StepStart start, Instant now) throws SQLException {
        if (RunTable.find(connection, start.runId()).isEmpty()) {
            throw new LedgerException("Cannot start step %s of %s: run %s was never started. Start the run first."
                    .formatted(start.step(), start.subject(), start.runId()));
        }
        var sql = "insert into step (run_id, step, subject, period, input_hash, conf_hash, room_fingerprint, "
                + "state, started, rows_in, rows_out, quarantined, reason) "
                + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)";
        return Sql.insert(
                connection,
                sql,
                start.runId(),
                start.step(),
                start.subject(),
                start.period(),
                start.inputHash(),
                start.confHash(),
                start.roomFingerprint(),
                StepState.RUNNING,
                now,
                start.reason());
    }

    static void end(Connection connection, long id, StepEnd end, Instant now) throws SQLException {
        var sql = "update step set state = ?, ended = ?, rows_in = ?, rows_out = ?, quarantined = ?, "
                + "delta_table = ?, delta_version = ?, "
                + "reason = case when ? then ? else reason end where id = ?";
        var changed = Sql.update(
                connection,
                sql,
                end.state(),
                now,
                end.rowsIn(),
                end.rowsOut(),
                end.quarantined(),
                end.deltaTable(),
                end.deltaVersion(),
                !end.reason().isEmpty(),
                end.reason(),
                id);
        if (changed == 0) {
            throw new LedgerException("Cannot end step " + id + ": it was never started. Start it first.");
        }
    }

    static Optional<StepRecord> latest(Connection connection, String step, String subject) throws SQLException {
        var sql = "select * from step where step = ? and subject = ? and state = ? "
                + "order by id desc fetch first 1 row only";
        return Sql.first(connection, StepTable::read, sql, step, subject, StepState.SUCCEEDED);
    }

    static List<StepRecord> ofRun(Connection connection, String runId) throws SQLException {
        return Sql.list(connection, StepTable::read, "select * from step where run_id = ? order by id", runId);
    }

    static List<StepRecord> unfinished(Connection connection) throws SQLException {
        return Sql.list(connection, StepTable::read, "select * from step where ended is null order by id");
    }

    private static StepRecord read(ResultSet row) throws SQLException {
        return new StepRecord(
                row.getLong("id"),
                row.getString("run_id"),
                row.getString("step"),
                row.getString("subject"),
                Sql.textIfAny(row, "period"),
                row.getString("input_hash"),
                row.getString("conf_hash"),
                row.getString("room_fingerprint"),
                StepState.valueOf(row.getString("state")),
                Sql.instant(row, "started"),
                Sql.instantIfAny(row, "ended"),
                row.getLong("rows_in"),
                row.getLong("rows_out"),
                row.getLong("quarantined"),
                Sql.textIfAny(row, "delta_table"),
                Sql.longIfAny(row, "delta_version"),
                row.getString("reason"));
    }
}
