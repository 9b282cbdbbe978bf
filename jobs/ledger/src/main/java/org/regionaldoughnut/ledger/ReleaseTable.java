package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of releases. */
final class ReleaseTable {
    private ReleaseTable() {}

    static void record(Connection connection, ReleaseRecord release) throws SQLException {
        var replace = "update release set office = ?, state = ?, folder = ?, content_hash = ?, run_id = ?, "
                + "created = ?, published = ?, embargo = ?, approved_by = ?, approved = ?, approval_note = ?, "
                + "approved_hash = ?, amends = ? where id = ?";
        var insert = "insert into release (office, state, folder, content_hash, run_id, created, published, embargo, "
                + "approved_by, approved, approval_note, approved_hash, amends, id) "
                + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        if (write(connection, replace, release) == 0) {
            write(connection, insert, release);
        }
    }

    private static int write(Connection connection, String sql, ReleaseRecord release) throws SQLException {
        return Sql.update(
                connection,
                sql,
                release.office(),
                release.state(),
                release.folder(),
                release.contentHash(),
                release.runId(),
                release.created(),
                release.published(),
                release.embargo(),
                release.approval().map(Approval::by),
                release.approval().map(Approval::at),
                release.approval().map(Approval::note),
                release.approval().map(Approval::hash),
                release.amends(),
                release.id());
    }

    static Optional<ReleaseRecord> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, ReleaseTable::read, "select * from release where id = ?", id);
    }

    static List<ReleaseRecord> all(Connection connection) throws SQLException {
        return Sql.list(connection, ReleaseTable::read, "select * from release order by ordinal");
    }

    /** By publication, and among those not published by creation. */
    static Optional<ReleaseRecord> latest(Connection connection, ReleaseState state) throws SQLException {
        var sql = "select * from release where state = ? "
                + "order by coalesce(published, created) desc, ordinal desc fetch first 1 row only";
        return Sql.first(connection, ReleaseTable::read, sql, state);
    }

    private static ReleaseRecord read(ResultSet row) throws SQLException {
        return new ReleaseRecord(
                row.getString("id"),
                row.getString("office"),
                ReleaseState.valueOf(row.getString("state")),
                row.getString("folder"),
                row.getString("content_hash"),
                row.getString("run_id"),
                Sql.instant(row, "created"),
                Sql.instantIfAny(row, "published"),
                Sql.instantIfAny(row, "embargo"),
                approval(row),
                Sql.textIfAny(row, "amends"));
    }

    private static Optional<Approval> approval(ResultSet row) throws SQLException {
        var by = Sql.textIfAny(row, "approved_by");
        return by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Approval(
                        by.get(),
                        Sql.instant(row, "approved"),
                        row.getString("approval_note"),
                        row.getString("approved_hash")));
    }
}
