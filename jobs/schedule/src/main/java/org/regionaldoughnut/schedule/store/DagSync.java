package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;

/** Brings the database up to what is configured. */
public final class DagSync {
    private final Database database;
    private final Changes changes;

    DagSync(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Records new and changed DAGs as new versions, and marks as stale those that are not among them and whose file
     * is not among the broken ones. Runs keep the version they were made from.
     *
     * @param broken files that could not be read, with what is wrong with them
     * @return how many versions are new
     */
    public int sync(Collection<ParsedDag> dags, Map<String, String> broken) {
        var made = 0;
        for (var parsed : dags) {
            made += database.write(c -> put(c, parsed)) ? 1 : 0;
        }
        var names =
                new TreeSet<>(dags.stream().map(parsed -> parsed.dag().dagId()).toList());
        database.change(c -> {
            retire(c, names, broken);
            errors(c, broken);
        });
        changes.announce();
        return made;
    }

    private boolean put(Connection c, ParsedDag parsed) throws SQLException {
        var dag = parsed.dag();
        var now = database.now();
        var definition = DagJson.write(dag);
        var hash = DagJson.hash(definition);
        var known = Sql.first(
                c,
                row -> row.getString("hash"),
                "select v.hash from dag d join dag_version v on v.id = d.version_id where d.dag_id = ? for update",
                dag.dagId());
        if (known.equals(Optional.of(hash))) {
            Sql.update(c, "update dag set last_parsed = ?, stale = false where dag_id = ?", now, dag.dagId());
            return false;
        }
        var version = UUID.randomUUID();
        Sql.update(
                c,
                "insert into dag_version values (?, ?, (select coalesce(max(number), 0) + 1 from dag_version "
                        + "where dag_id = ?), ?, ?, ?, ?)",
                version,
                dag.dagId(),
                dag.dagId(),
                hash,
                definition,
                parsed.source(),
                now);
        var owners = String.join(", ", dag.owners());
        if (known.isEmpty()) {
            Sql.update(
                    c,
                    "insert into dag (dag_id, title, description, file, owners, version_id, schedule_kind, paused, "
                            + "stale, last_parsed) values (?, ?, ?, ?, ?, ?, ?, ?, false, ?)",
                    dag.dagId(),
                    dag.title(),
                    dag.description(),
                    dag.file(),
                    owners,
                    version,
                    kind(dag),
                    dag.pausedUponCreation(),
                    now);
        } else {
            Sql.update(
                    c,
                    "update dag set title = ?, description = ?, file = ?, owners = ?, version_id = ?, "
                            + "schedule_kind = ?, stale = false, last_parsed = ? where dag_id = ?",
                    dag.title(),
                    dag.description(),
                    dag.file(),
                    owners,
                    version,
                    kind(dag),
                    now,
                    dag.dagId());
            DagFlow.remember(c, dag.dagId(), Optional.empty());
        }
        tags(c, dag);
        assets(c, dag);
        return true;
    }

    private static String kind(Dag dag) {
        return dag.schedule().kind().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static void tags(Connection c, Dag dag) throws SQLException {
        Sql.update(c, "delete from dag_tag where dag_id = ?", dag.dagId());
        for (var tag : new TreeSet<>(dag.tags())) {
            Sql.update(c, "insert into dag_tag values (?, ?)", dag.dagId(), tag);
        }
    }

    private void assets(Connection c, Dag dag) throws SQLException {
        Sql.update(c, "delete from asset_producer where dag_id = ?", dag.dagId());
        var consumed = dag.schedule().kind() == Schedule.Kind.ASSETS
                ? new TreeSet<>(dag.schedule().assets())
                : new TreeSet<String>();
        for (var old : Sql.list(
                c,
                row -> Map.entry(row.getLong(1), row.getString(2)),
                "select a.id, a.name from asset_consumer q join asset a on a.id = q.asset_id where q.dag_id = ?",
                dag.dagId())) {
            if (!consumed.remove(old.getValue())) {
                Sql.update(
                        c, "delete from asset_consumer where dag_id = ? and asset_id = ?", dag.dagId(), old.getKey());
                Sql.update(c, "delete from asset_queue where dag_id = ? and asset_id = ?", dag.dagId(), old.getKey());
            }
        }
        for (var name : consumed) {
            Sql.update(c, "insert into asset_consumer values (?, ?, ?)", asset(c, name), dag.dagId(), database.now());
        }
        for (var task : dag.tasks()) {
            for (var name : new TreeSet<>(task.outlets())) {
                Sql.update(
                        c,
                        "insert into asset_producer values (?, ?, ?, ?)",
                        asset(c, name),
                        dag.dagId(),
                        task.taskId(),
                        database.now());
            }
        }
    }

    private long asset(Connection c, String name) throws SQLException {
        var found = Sql.first(c, row -> row.getLong(1), "select id from asset where name = ?", name);
        if (found.isPresent()) {
            return found.get();
        }
        return Sql.insert(
                c,
                "insert into asset (name, uri, asset_group, created, updated) values (?, ?, 'asset', ?, ?)",
                name,
                name.contains("://") ? name : "doughnut://" + name,
                database.now(),
                database.now());
    }

    private static void retire(Connection c, Collection<String> names, Map<String, String> broken) throws SQLException {
        for (var dag : Sql.list(
                c,
                row -> List.of(row.getString(1), row.getString(2)),
                "select dag_id, file from dag where not stale order by dag_id")) {
            if (!names.contains(dag.get(0)) && !broken.containsKey(dag.get(1))) {
                Sql.update(c, "update dag set stale = true where dag_id = ?", dag.get(0));
                DagFlow.remember(c, dag.get(0), Optional.empty());
            }
        }
    }

    private void errors(Connection c, Map<String, String> broken) throws SQLException {
        Sql.update(c, "delete from import_error");
        for (var error : broken.entrySet()) {
            Sql.update(
                    c,
                    "insert into import_error (file, message, occurred) values (?, ?, ?)",
                    error.getKey(),
                    error.getValue(),
                    database.now());
        }
    }
}
