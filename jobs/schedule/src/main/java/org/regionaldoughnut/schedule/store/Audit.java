package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.instantIfAny;
import static org.regionaldoughnut.ledger.Sql.textIfAny;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.AuditEntry;

/** Who changed what. Entries are only ever added, until clean-up takes the oldest. */
public final class Audit {
    private static final Fields FIELDS = new Fields(
            "select * from audit_entry e",
            "audit_entry e",
            Map.of(
                    "event_log_id", "e.id",
                    "id", "e.id",
                    "when", "e.occurred",
                    "event", "e.event",
                    "owner", "e.user_name",
                    "dag_id", "e.dag_id",
                    "run_id", "e.run_id",
                    "task_id", "e.task_id",
                    "try_number", "e.try_number",
                    "logical_date", "e.logical_date"),
            "e.id");

    private final Database database;

    Audit(Database database) {
        this.database = database;
    }

    public void add(AuditEntry entry) {
        database.change(c -> Sql.update(
                c,
                "insert into audit_entry (occurred, event, user_name, dag_id, run_id, task_id, try_number, "
                        + "logical_date, extra) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                database.now(),
                entry.event(),
                entry.userName(),
                entry.dagId(),
                entry.runId(),
                entry.taskId(),
                entry.tryNumber(),
                entry.logicalDate(),
                entry.extra()));
    }

    /** Fields: event_log_id, when, event, owner, dag_id, run_id, task_id, try_number, logical_date. */
    public Listing<AuditEntry> list(Criteria criteria) {
        return database.read((Connection c) -> FIELDS.list(c, Audit::read, criteria));
    }

    public Optional<AuditEntry> find(long id) {
        return list(Criteria.all().with("id", id)).items().stream().findFirst();
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                instant(row, "occurred"),
                row.getString("event"),
                textIfAny(row, "user_name"),
                textIfAny(row, "dag_id"),
                textIfAny(row, "run_id"),
                textIfAny(row, "task_id"),
                Rows.longIfAny(row, "try_number").map(Long::intValue),
                instantIfAny(row, "logical_date"),
                textIfAny(row, "extra"));
    }
}
