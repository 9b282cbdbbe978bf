package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of runs. */
final class RunTable {
    private RunTable() {}

    static RunRecord start(Connection connection, RunStart start, Instant now) throws SQLException {
        var known = find(connection, start.id());
        if (known.isPresent()) {
            return again(connection, known.get(), start);
        }
        var sql = "insert into run (id, office, pipeline, logical_date, as_of, state, started) "
                + "values (?, ?, ?, ?, ?, ?, ?)";
        Sql.update(
                connection,
                sql,
                start.id(),
                start.office(),
                start.pipeline(),
                start.logicalDate(),
                start.asOf(),
                RunState.RUNNING,
                now);
        return find(connection, start.id()).orElseThrow();
    }

    private static RunRecord again(Connection connection, RunRecord known, RunStart start) throws SQLException {
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
        Sql.update(connection, "update run set state = ?, ended = null where id = ?", RunState.RUNNING, start.id());
        return find(connection, start.id()).orElseThrow();
    }

    static void end(Connection connection, String id, RunState state, Instant now) throws SQLException {
        if (state == RunState.RUNNING) {
            throw new IllegalArgumentException("Cannot end run " + id + " as running. Use startRun to run it again.");
        }
        if (Sql.update(connection, "update run set state = ?, ended = ? where id = ?", state, now, id) == 0) {
            throw new LedgerException("Cannot end run " + id + ": it was never started. Start it first.");
        }
    }

    static Optional<RunRecord> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, RunTable::read, "select * from run where id = ?", id);
    }

    static Optional<RunRecord> latest(Connection connection) throws SQLException {
        var sql = "select * from run order by started desc, ordinal desc fetch first 1 row only";
        return Sql.first(connection, RunTable::read, sql);
    }

    static List<RunRecord> unfinished(Connection connection) throws SQLException {
        var sql = "select * from run where ended is null order by started, ordinal";
        return Sql.list(connection, RunTable::read, sql);
    }

    private static RunRecord read(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getString("office"),
                row.getString("pipeline"),
                Sql.instantIfAny(row, "logical_date"),
                Sql.instantIfAny(row, "as_of"),
                RunState.valueOf(row.getString("state")),
                Sql.instant(row, "started"),
                Sql.instantIfAny(row, "ended"));
    }
}
