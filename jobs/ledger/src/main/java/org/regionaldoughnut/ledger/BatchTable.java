package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of batches. */
final class BatchTable {
    private BatchTable() {}

    static boolean record(Connection connection, BatchRecord batch) throws SQLException {
        return !replace(connection, batch) && insert(connection, batch);
    }

    private static boolean replace(Connection connection, BatchRecord batch) throws SQLException {
        var sql = "update batch set file = ?, bytes = ?, modified = ?, published = ?, lines = ?, cells = ?, "
                + "quarantined = ?, state = ?, mapping_hash = ? where source = ? and batch = ?";
        return Sql.update(
                        connection,
                        sql,
                        batch.file(),
                        batch.bytes(),
                        batch.modified(),
                        batch.published(),
                        batch.lines(),
                        batch.cells(),
                        batch.quarantined(),
                        batch.state(),
                        batch.mappingHash(),
                        batch.source(),
                        batch.batch())
                > 0;
    }

    private static boolean insert(Connection connection, BatchRecord batch) throws SQLException {
        var sql = "insert into batch (source, batch, file, bytes, modified, received, published, lines, cells, "
                + "quarantined, state, mapping_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        return Sql.update(
                        connection,
                        sql,
                        batch.source(),
                        batch.batch(),
                        batch.file(),
                        batch.bytes(),
                        batch.modified(),
                        batch.received(),
                        batch.published(),
                        batch.lines(),
                        batch.cells(),
                        batch.quarantined(),
                        batch.state(),
                        batch.mappingHash())
                > 0;
    }

    static void setState(Connection connection, String source, String batch, BatchState state) throws SQLException {
        var sql = "update batch set state = ? where source = ? and batch = ?";
        if (Sql.update(connection, sql, state, source, batch) == 0) {
            throw new LedgerException(
                    "Cannot judge batch " + batch + " of " + source + ": it was never recorded. Record it first.");
        }
    }

    static List<BatchRecord> ofSource(Connection connection, String source) throws SQLException {
        var sql = "select * from batch where source = ? order by received, ordinal";
        return Sql.list(connection, BatchTable::read, sql, source);
    }

    static Optional<BatchRecord> find(Connection connection, String source, String batch) throws SQLException {
        var sql = "select * from batch where source = ? and batch = ?";
        return Sql.first(connection, BatchTable::read, sql, source, batch);
    }

    private static BatchRecord read(ResultSet row) throws SQLException {
        return new BatchRecord(
                row.getString("source"),
                row.getString("batch"),
                row.getString("file"),
                row.getLong("bytes"),
                Sql.instantIfAny(row, "modified"),
                Sql.instant(row, "received"),
                Sql.instantIfAny(row, "published"),
                row.getLong("lines"),
                row.getLong("cells"),
                row.getLong("quarantined"),
                BatchState.valueOf(row.getString("state")),
                row.getString("mapping_hash"));
    }
}
