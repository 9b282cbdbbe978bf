package org.regionaldoughnut.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table of releases. */
final class ReleaseTable {
    private ReleaseTable() {}

    static void record(Handle handle, ReleaseRecord release) {
        var update = handle.createUpdate("update release set office = :office, state = :state, folder = :folder, "
                + "content_hash = :contentHash, run_id = :runId, created = :created, published = :published "
                + "where id = :id");
        if (bind(update, release).execute() > 0) {
            return;
        }
        var insert = handle.createUpdate(
                "insert into release (id, office, state, folder, content_hash, run_id, created, published) "
                        + "values (:id, :office, :state, :folder, :contentHash, :runId, :created, :published)");
        bind(insert, release).execute();
    }

    private static Update bind(Update update, ReleaseRecord release) {
        update.bind("id", release.id())
                .bind("office", release.office())
                .bind("state", release.state())
                .bind("folder", release.folder())
                .bind("contentHash", release.contentHash())
                .bind("runId", release.runId())
                .bind("created", release.created());
        return Rows.bind(update, "published", release.published());
    }

    static Optional<ReleaseRecord> find(Handle handle, String id) {
        return handle.createQuery("select * from release where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** By publication, and among those not published by creation. */
    static Optional<ReleaseRecord> latest(Handle handle, ReleaseState state) {
        return handle.createQuery("select * from release where state = :state "
                        + "order by coalesce(published, created) desc, ordinal desc fetch first 1 row only")
                .bind("state", state)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static ReleaseRecord read(ResultSet row) throws SQLException {
        return new ReleaseRecord(
                row.getString("id"),
                row.getString("office"),
                ReleaseState.valueOf(row.getString("state")),
                row.getString("folder"),
                row.getString("content_hash"),
                row.getString("run_id"),
                Rows.instant(row, "created"),
                Rows.instantIfAny(row, "published"));
    }
}
