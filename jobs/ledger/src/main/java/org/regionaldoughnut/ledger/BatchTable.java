package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table of batches. */
final class BatchTable {
    private BatchTable() {}

    static boolean record(Handle handle, BatchRecord batch) {
        var update = handle.createUpdate("update batch set file = :file, bytes = :bytes, modified = :modified, "
                + "published = :published, lines = :lines, cells = :cells, quarantined = :quarantined, "
                + "state = :state, mapping_hash = :mappingHash where source = :source and batch = :batch");
        if (bind(update, batch).execute() > 0) {
            return false;
        }
        var insert = handle.createUpdate(
                        "insert into batch (source, batch, file, bytes, modified, received, published, "
                                + "lines, cells, quarantined, state, mapping_hash) values (:source, :batch, :file, :bytes, "
                                + ":modified, :received, :published, :lines, :cells, :quarantined, :state, :mappingHash)")
                .bind("received", batch.received());
        bind(insert, batch).execute();
        return true;
    }

    private static Update bind(Update update, BatchRecord batch) {
        update.bind("source", batch.source())
                .bind("batch", batch.batch())
                .bind("file", batch.file())
                .bind("bytes", batch.bytes())
                .bind("lines", batch.lines())
                .bind("cells", batch.cells())
                .bind("quarantined", batch.quarantined())
                .bind("state", batch.state())
                .bind("mappingHash", batch.mappingHash());
        Rows.bind(update, "modified", batch.modified());
        return Rows.bind(update, "published", batch.published());
    }

    static void setState(Handle handle, String source, String batch, BatchState state) {
        var changed = handle.createUpdate("update batch set state = :state where source = :source and batch = :batch")
                .bind("source", source)
                .bind("batch", batch)
                .bind("state", state)
                .execute();
        if (changed == 0) {
            throw new LedgerException(
                    "Cannot judge batch " + batch + " of " + source + ": it was never recorded. Record it first.");
        }
    }

    static List<BatchRecord> ofSource(Handle handle, String source) {
        return handle.createQuery("select * from batch where source = :source order by received, ordinal")
                .bind("source", source)
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<BatchRecord> find(Handle handle, String source, String batch) {
        return handle.createQuery("select * from batch where source = :source and batch = :batch")
                .bind("source", source)
                .bind("batch", batch)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static BatchRecord read(ResultSet row) throws SQLException {
        return new BatchRecord(
                row.getString("source"),
                row.getString("batch"),
                row.getString("file"),
                row.getLong("bytes"),
                Rows.instantIfAny(row, "modified"),
                Rows.instant(row, "received"),
                Rows.instantIfAny(row, "published"),
                row.getLong("lines"),
                row.getLong("cells"),
                row.getLong("quarantined"),
                BatchState.valueOf(row.getString("state")),
                row.getString("mapping_hash"));
    }
}
