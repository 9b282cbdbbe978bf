package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.instantIfAny;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.NodeRecord;

/** The processes that schedule. */
public final class Nodes {
    private static final Fields FIELDS = new Fields(
            "select n.* from node n",
            "node n",
            Map.of(
                    "id", "n.number",
                    "node", "n.id",
                    "hostname", "n.host",
                    "job_state", "n.state",
                    "state", "n.state",
                    "start_date", "n.started",
                    "end_date", "n.ended",
                    "latest_heartbeat", "n.heartbeat"),
            "n.number");

    private final Database database;

    Nodes(Database database) {
        this.database = database;
    }

    /** Fields: id, node, hostname, state, start_date, end_date, latest_heartbeat. */
    public Listing<NodeRecord> list(Criteria criteria) {
        return database.read(c -> FIELDS.list(c, Nodes::read, criteria));
    }

    /** Those that have not said good-bye and were not found lost. */
    public List<NodeRecord> running() {
        return list(Criteria.all().with("state", word(NodeRecord.State.RUNNING)))
                .items();
    }

    public Optional<NodeRecord> find(String node) {
        return list(Criteria.all().with("node", node)).items().stream().findFirst();
    }

    public void register(String node, Holder process, String configuration) {
        database.change(c -> Sql.update(
                c,
                "insert into node (id, host, pid, process_started, started, heartbeat, beats, state, configuration) "
                        + "values (?, ?, ?, ?, ?, ?, 1, 'running', ?)",
                node,
                process.host(),
                process.pid(),
                process.started(),
                database.now(),
                database.now(),
                configuration));
    }

    /** A sign of life. @return false where others have given the node up: it must stop what it runs */
    public boolean beat(String node) {
        return database.write(c -> Sql.update(
                        c,
                        "update node set heartbeat = ?, beats = beats + 1 where id = ? and state = 'running'",
                        database.now(),
                        node))
                > 0;
    }

    public void configuration(String node, String hash) {
        database.change(c -> Sql.update(c, "update node set configuration = ? where id = ?", hash, node));
    }

    /** Ends a node's record. @return whether it was running: of several that find it lost, one is told so */
    public boolean end(String node, NodeRecord.State state) {
        return database.write(c -> Sql.update(
                        c,
                        "update node set state = ?, ended = ? where id = ? and state = 'running'",
                        word(state),
                        database.now(),
                        node))
                > 0;
    }

    private static String word(NodeRecord.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static NodeRecord read(ResultSet row) throws SQLException {
        return new NodeRecord(
                row.getString("id"),
                row.getLong("number"),
                row.getString("host"),
                row.getLong("pid"),
                instantIfAny(row, "process_started"),
                instant(row, "started"),
                instant(row, "heartbeat"),
                row.getLong("beats"),
                instantIfAny(row, "ended"),
                NodeRecord.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("configuration"));
    }
}
