package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of runs. */
final class RunTable {
    private RunTable() {}

    static RunRecord start(Handle handle, RunStart start, Instant now) {
        var known = find(handle, start.id());
        if (known.isPresent()) {
            return again(handle, known.get(), start);
        }
        var insert = handle.createUpdate("insert into run (id, office, pipeline, logical_date, as_of, state, started) "
                        + "values (:id, :office, :pipeline, :logicalDate, :asOf, :state, :started)")
                .bind("id", start.id())
                .bind("office", start.office())
                .bind("pipeline", start.pipeline())
                .bind("state", RunState.RUNNING)
                .bind("started", now);
        Rows.bind(insert, "logicalDate", start.logicalDate());
        Rows.bind(insert, "asOf", start.asOf());
        insert.execute();
        return find(handle, start.id()).orElseThrow();
    }

    private static RunRecord again(Handle handle, RunRecord known, RunStart start) {
        if (!known.office().equals(start.office()) || !known.pipeline().equals(start.pipeline())) {
            throw new LedgerException(
                    "Cannot start run %s as pipeline %s of office %s: it is pipeline %s of office %s. "
                                    .formatted(
                                            start.id(),
                                            start.pipeline(),
                                            start.office(),
                                            known.pipeline(),
                                            known.office())
                            + "Give another run id.");
        }
        handle.createUpdate("update run set state = :state, ended = null where id = :id")
                .bind("id", start.id())
                .bind("state", RunState.RUNNING)
                .execute();
        return find(handle, start.id()).orElseThrow();
    }

    static void end(Handle handle, String id, RunState state, Instant now) {
        if (state == RunState.RUNNING) {
            throw new IllegalArgumentException("Cannot end run " + id + " as running. Use startRun to run it again.");
        }
        var changed = handle.createUpdate("update run set state = :state, ended = :ended where id = :id")
                .bind("id", id)
                .bind("state", state)
                .bind("ended", now)
                .execute();
        if (changed == 0) {
            throw new LedgerException("Cannot end run " + id + ": it was never started. Start it first.");
        }
    }

    static Optional<RunRecord> find(Handle handle, String id) {
        return handle.createQuery("select * from run where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    static Optional<RunRecord> latest(Handle handle) {
        return handle.createQuery("select * from run order by started desc, ordinal desc fetch first 1 row only")
                .map((row, context) -> read(row))
                .findOne();
    }

    static List<RunRecord> unfinished(Handle handle) {
        return handle.createQuery("select * from run where ended is null order by started, ordinal")
                .map((row, context) -> read(row))
                .list();
    }

    private static RunRecord read(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getString("office"),
                row.getString("pipeline"),
                Rows.instantIfAny(row, "logical_date"),
                Rows.instantIfAny(row, "as_of"),
                RunState.valueOf(row.getString("state")),
                Rows.instant(row, "started"),
                Rows.instantIfAny(row, "ended"));
    }
}
