package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of steps. */
final class StepTable {
    private StepTable() {}

    static long start(Handle handle, StepStart start, Instant now) {
        if (RunTable.find(handle, start.runId()).isEmpty()) {
            throw new LedgerException("Cannot start step %s of %s: run %s was never started. Start the run first."
                    .formatted(start.step(), start.subject(), start.runId()));
        }
        var insert = handle.createUpdate("insert into step (run_id, step, subject, period, input_hash, conf_hash, "
                        + "room_fingerprint, state, started, rows_in, rows_out, quarantined, reason) "
                        + "values (:runId, :step, :subject, :period, :inputHash, :confHash, "
                        + ":roomFingerprint, :state, :started, 0, 0, 0, :reason)")
                .bind("runId", start.runId())
                .bind("step", start.step())
                .bind("subject", start.subject())
                .bind("inputHash", start.inputHash())
                .bind("confHash", start.confHash())
                .bind("roomFingerprint", start.roomFingerprint())
                .bind("state", StepState.RUNNING)
                .bind("started", now)
                .bind("reason", start.reason());
        Rows.bindText(insert, "period", start.period());
        return insert.executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
    }

    static Optional<StepRecord> resume(Handle handle, String runId, String step, String subject, Instant now) {
        var newest = one(handle.createQuery("select * from step where run_id = :runId and step = :step "
                        + "and subject = :subject order by id desc fetch first 1 row only")
                .bind("runId", runId)
                .bind("step", step)
                .bind("subject", subject));
        if (newest.isEmpty()
                || newest.get().state() == StepState.SUCCEEDED
                || newest.get().state() == StepState.SKIPPED) {
            return Optional.empty();
        }
        var id = newest.get().id();
        handle.createUpdate("update step set state = :state, started = :started, ended = null where id = :id")
                .bind("id", id)
                .bind("state", StepState.RUNNING)
                .bind("started", now)
                .execute();
        return one(handle.createQuery("select * from step where id = :id").bind("id", id));
    }

    static void end(Handle handle, long id, StepEnd end, Instant now) {
        var update = handle.createUpdate("update step set state = :state, ended = :ended, rows_in = :rowsIn, "
                        + "rows_out = :rowsOut, quarantined = :quarantined, delta_table = :deltaTable, "
                        + "delta_version = :deltaVersion, "
                        + "reason = case when :said then :reason else reason end where id = :id")
                .bind("id", id)
                .bind("state", end.state())
                .bind("ended", now)
                .bind("rowsIn", end.rowsIn())
                .bind("rowsOut", end.rowsOut())
                .bind("quarantined", end.quarantined())
                .bind("said", !end.reason().isEmpty())
                .bind("reason", end.reason());
        Rows.bindText(update, "deltaTable", end.deltaTable());
        Rows.bind(update, "deltaVersion", end.deltaVersion());
        if (update.execute() == 0) {
            throw new LedgerException("Cannot end step " + id + ": it was never started. Start it first.");
        }
    }

    static Optional<StepRecord> latest(Handle handle, String step, String subject) {
        return one(handle.createQuery("select * from step where step = :step and subject = :subject "
                        + "and state = :state order by id desc fetch first 1 row only")
                .bind("step", step)
                .bind("subject", subject)
                .bind("state", StepState.SUCCEEDED));
    }

    static List<StepRecord> ofRun(Handle handle, String runId) {
        return handle.createQuery("select * from step where run_id = :runId order by id")
                .bind("runId", runId)
                .map((row, context) -> read(row))
                .list();
    }

    static List<StepRecord> unfinished(Handle handle) {
        return handle.createQuery("select * from step where ended is null order by id")
                .map((row, context) -> read(row))
                .list();
    }

    private static Optional<StepRecord> one(Query query) {
        return query.map((row, context) -> read(row)).findOne();
    }

    private static StepRecord read(ResultSet row) throws SQLException {
        return new StepRecord(
                row.getLong("id"),
                row.getString("run_id"),
                row.getString("step"),
                row.getString("subject"),
                Optional.ofNullable(row.getString("period")),
                row.getString("input_hash"),
                row.getString("conf_hash"),
                row.getString("room_fingerprint"),
                StepState.valueOf(row.getString("state")),
                Rows.instant(row, "started"),
                Rows.instantIfAny(row, "ended"),
                row.getLong("rows_in"),
                row.getLong("rows_out"),
                row.getLong("quarantined"),
                Optional.ofNullable(row.getString("delta_table")),
                Rows.longIfAny(row, "delta_version"),
                row.getString("reason"));
    }
}
