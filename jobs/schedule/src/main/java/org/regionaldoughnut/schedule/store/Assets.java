package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;
import static org.regionaldoughnut.ledger.Sql.textIfAny;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Asset;
import org.regionaldoughnut.schedule.model.AssetEvent;
import org.regionaldoughnut.schedule.model.QueuedEvent;

/** Assets and their events. */
public final class Assets {
    private static final Fields FIELDS = new Fields(
            "select a.* from asset a",
            "asset a",
            Map.of(
                    "id", "a.id",
                    "name", "a.name",
                    "uri", "a.uri",
                    "group", "a.asset_group",
                    "created_at", "a.created",
                    "updated_at", "a.updated",
                    "dag_ids", "(exists (select 1 from asset_consumer q where q.asset_id = a.id and q.dag_id in ?))"),
            "a.id");
    private static final Fields EVENTS = new Fields(
            "select e.*, a.name, a.uri, a.asset_group from asset_event e join asset a on a.id = e.asset_id",
            "asset_event e",
            Map.ofEntries(
                    Map.entry("id", "e.id"),
                    Map.entry("asset_id", "e.asset_id"),
                    Map.entry("timestamp", "e.occurred"),
                    Map.entry("source_dag_id", "e.source_dag_id"),
                    Map.entry("source_run_id", "e.source_run_id"),
                    Map.entry("source_task_id", "e.source_task_id"),
                    Map.entry("source_map_index", "-1"),
                    Map.entry("name_pattern", "(select n.name from asset n where n.id = e.asset_id)"),
                    Map.entry(
                            "created_run",
                            "exists (select 1 from asset_event_run x where x.event_id = e.id and x.run in ?)")),
            "e.id");

    private final Database database;
    private final Changes changes;

    Assets(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /** Fields: id, name, uri, group, created_at, updated_at; and as a condition only dag_ids (scheduled on it). */
    public Listing<Asset> list(Criteria criteria) {
        return database.read(c -> FIELDS.list(c, row -> asset(c, row), criteria));
    }

    /** @throws RefusedException where there is none of that number */
    public Asset require(long id) {
        return list(Criteria.all().with("id", id)).items().stream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(
                        "Cannot find the asset " + id + ": there is none of that number. List the assets."));
    }

    /**
     * Fields: id, asset_id, timestamp, source_dag_id, source_run_id, source_task_id, source_map_index, name_pattern;
     * and as a condition only created_run (id of a run's row).
     */
    public Listing<AssetEvent> events(Criteria criteria) {
        return database.read(c -> EVENTS.list(c, row -> event(c, row), criteria));
    }

    /** An event from outside. @throws RefusedException where there is no such asset */
    public AssetEvent emit(long assetId, JsonNode extra) {
        require(assetId);
        var id = database.write(c -> new AssetRows(c, database.now(), new Effects())
                .emit(assetId, extra.toString(), Optional.empty(), Optional.empty(), Optional.empty()));
        changes.announce();
        return events(Criteria.all().with("id", id)).items().get(0);
    }

    /** Events that a DAG has not been run for yet, because others are missing. */
    public List<QueuedEvent> queuedOfDag(String dagId) {
        return queued("dag_id = ?", dagId);
    }

    /** Events of an asset that DAGs have not been run for yet. */
    public List<QueuedEvent> queuedOfAsset(long assetId) {
        return queued("asset_id = ?", assetId);
    }

    private List<QueuedEvent> queued(String which, Object value) {
        return database.read(c -> Sql.list(
                c,
                row -> new QueuedEvent(row.getString("dag_id"), row.getLong("asset_id"), instant(row, "created")),
                "select * from asset_queue where " + which + " order by created, asset_id, dag_id",
                value));
    }

    /** Forgets queued events. @return how many there were */
    public int dropQueued(Optional<String> dagId, Optional<Long> assetId) {
        return database.write(c -> Sql.update(
                c,
                "delete from asset_queue where dag_id = coalesce(?, dag_id) and asset_id = coalesce(?, asset_id)",
                dagId,
                assetId));
    }

    private static Asset asset(Connection c, ResultSet row) throws SQLException {
        var id = row.getLong("id");
        return new Asset(
                id,
                row.getString("name"),
                row.getString("uri"),
                row.getString("asset_group"),
                instant(row, "created"),
                instant(row, "updated"),
                Sql.list(
                        c,
                        r -> new Asset.Consumer(r.getString("dag_id"), instant(r, "created")),
                        "select * from asset_consumer where asset_id = ? order by dag_id",
                        id),
                Sql.list(
                        c,
                        r -> new Asset.Producer(r.getString("dag_id"), r.getString("task_id"), instant(r, "created")),
                        "select * from asset_producer where asset_id = ? order by dag_id, task_id",
                        id),
                Sql.first(
                        c,
                        r -> new Asset.LastEvent(r.getLong("id"), instant(r, "occurred")),
                        "select * from asset_event where asset_id = ? order by id desc fetch first 1 row only",
                        id));
    }

    private static AssetEvent event(Connection c, ResultSet row) throws SQLException {
        var id = row.getLong("id");
        return new AssetEvent(
                id,
                row.getLong("asset_id"),
                row.getString("name"),
                row.getString("uri"),
                row.getString("asset_group"),
                instant(row, "occurred"),
                DagJson.tree(row.getString("extra")),
                textIfAny(row, "source_dag_id").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new AssetEvent.Source(
                                row.getString("source_dag_id"),
                                row.getString("source_run_id"),
                                row.getString("source_task_id"))),
                Sql.list(
                        c,
                        Rows::run,
                        Rows.RUNS.select() + " join asset_event_run x on x.run = r.id where x.event_id = ? "
                                + "order by r.id",
                        id));
    }
}
