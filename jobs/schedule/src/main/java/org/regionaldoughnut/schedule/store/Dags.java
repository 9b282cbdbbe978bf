package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.instant;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DagRecord;
import org.regionaldoughnut.schedule.model.DagVersion;
import org.regionaldoughnut.schedule.model.ImportError;

/** DAGs, their versions and tags, and files that could not be read. */
public final class Dags {
    private static final String VERSION =
            "v.id as v_id, v.dag_id as v_dag_id, v.number as v_number, v.hash as v_hash, v.created as v_created";
    private static final Fields FIELDS = new Fields(
            "select d.*, " + VERSION + " from dag d join dag_version v on v.id = d.version_id",
            "dag d",
            Map.ofEntries(
                    Map.entry("dag_id", "d.dag_id"),
                    Map.entry("dag_display_name", "d.title"),
                    Map.entry("description", "d.description"),
                    Map.entry("owners", "d.owners"),
                    Map.entry("is_paused", "d.paused"),
                    Map.entry("paused", "d.paused"),
                    Map.entry("is_stale", "d.stale"),
                    Map.entry("fileloc", "d.file"),
                    Map.entry("last_parsed_time", "d.last_parsed"),
                    Map.entry("next_dagrun", "d.next_logical_date"),
                    Map.entry("next_dagrun_run_after", "d.next_run_after"),
                    Map.entry("timetable_type", "d.schedule_kind"),
                    // has any of these tags
                    Map.entry("tags", "exists (select 1 from dag_tag g where g.dag_id = d.dag_id and g.name in ?)"),
                    Map.entry(
                            "asset",
                            "exists (select 1 from asset_consumer a where a.dag_id = d.dag_id and a.asset_id in ?)"),
                    Map.entry("last_run_state", lastRun("state")),
                    Map.entry("last_run_start_date", lastRun("started")),
                    Map.entry("last_run_run_after", lastRun("run_after"))),
            "d.dag_id");
    private static final Fields VERSIONS = new Fields(
            "select " + VERSION + " from dag_version v",
            "dag_version v",
            Map.of(
                    "id", "v.id",
                    "dag_id", "v.dag_id",
                    "version_number", "v.number",
                    "created_at", "v.created"),
            "v.dag_id, v.number");
    private static final Fields TAGS = new Fields(
            "select g.name from (select distinct name from dag_tag) g",
            "(select distinct name from dag_tag) g",
            Map.of("name", "g.name"),
            "g.name");
    private static final Fields ERRORS = new Fields(
            "select e.* from import_error e",
            "import_error e",
            Map.of("id", "e.id", "import_error_id", "e.id", "filename", "e.file", "timestamp", "e.occurred"),
            "e.id");

    private final Database database;
    private final Definitions definitions;
    private final Changes changes;

    Dags(Database database, Definitions definitions, Changes changes) {
        this.database = database;
        this.definitions = definitions;
        this.changes = changes;
    }

    private static String lastRun(String column) {
        return "(select r." + column + " from dag_run r where r.dag_id = d.dag_id order by r.run_after desc, r.id desc "
                + "fetch first 1 row only)";
    }

    /**
     * Fields: dag_id, dag_display_name, description, owners, is_paused, is_stale, fileloc, last_parsed_time,
     * next_dagrun, next_dagrun_run_after, timetable_type, last_run_state, last_run_start_date, last_run_run_after; and
     * as conditions only: tags (any of them), asset (scheduled on any of these ids).
     */
    public Listing<DagRecord> list(Criteria criteria) {
        return database.read(c -> FIELDS.list(c, row -> read(c, row), criteria));
    }

    public Optional<DagRecord> find(String dagId) {
        return list(Criteria.all().with("dag_id", dagId)).items().stream().findFirst();
    }

    /** @throws RefusedException where there is none of that name */
    public DagRecord require(String dagId) {
        return find(dagId).orElseThrow(() -> unknown(dagId));
    }

    private RefusedException unknown(String dagId) {
        var known = database.read(c -> Sql.list(c, row -> row.getString(1), "select dag_id from dag order by dag_id"));
        return RefusedException.notFound("Cannot find the DAG '" + dagId + "': there is none of that name."
                + NearMiss.hint(dagId, known) + " List the DAGs to see their names.");
    }

    /** Fields: dag_id, version_number, created_at, id. */
    public Listing<DagVersion> versions(Criteria criteria) {
        return database.read(c -> VERSIONS.list(c, Rows::version, criteria));
    }

    /** The DAG as it was worded in that version. */
    public Dag definition(UUID version) {
        return database.read(c -> definitions.of(c, version));
    }

    /** The text of the file behind a version; the newest where no number is given. */
    public Optional<String> source(String dagId, Optional<Integer> number) {
        return database.read(c -> Sql.first(
                c,
                row -> row.getString(1),
                "select source from dag_version where dag_id = ? and number = coalesce(?, "
                        + "(select max(number) from dag_version where dag_id = ?))",
                dagId,
                number,
                dagId));
    }

    /** Field: name. */
    public Listing<String> tags(Criteria criteria) {
        return database.read(c -> TAGS.list(c, row -> row.getString(1), criteria));
    }

    /** Fields: import_error_id, filename, timestamp. */
    public Listing<ImportError> importErrors(Criteria criteria) {
        return database.read(c -> ERRORS.list(
                c,
                row -> new ImportError(
                        row.getLong("id"), row.getString("file"), row.getString("message"), instant(row, "occurred")),
                criteria));
    }

    /**
     * A paused DAG creates and starts no runs, and its tasks get no slots; what runs goes on.
     *
     * @throws RefusedException where there is none of that name
     */
    public DagRecord setPaused(String dagId, boolean paused) {
        var changed = database.write(c -> Sql.update(c, "update dag set paused = ? where dag_id = ?", paused, dagId));
        if (changed == 0) {
            throw unknown(dagId);
        }
        changes.announce();
        return require(dagId);
    }

    /**
     * Forgets a DAG with all its runs; it comes back, without them, when it is still configured.
     *
     * @throws RefusedException where there is none of that name, or a run is active
     */
    public void delete(String dagId) {
        require(dagId);
        database.change(c -> {
            Sql.first(c, row -> true, "select 1 from dag where dag_id = ? for update", dagId);
            if (DagFlow.activeRuns(c, dagId) > 0) {
                throw RefusedException.conflict("Cannot delete the DAG '" + dagId
                        + "': it has active runs. Wait for them, or mark them failed.");
            }
            Sql.update(c, "delete from dag_run where dag_id = ?", dagId);
            Sql.update(c, "delete from backfill where dag_id = ?", dagId);
            Sql.update(c, "delete from dag where dag_id = ?", dagId);
            Sql.update(c, "delete from dag_version where dag_id = ?", dagId);
        });
    }

    private DagRecord read(Connection c, ResultSet row) throws SQLException {
        var version = Rows.version(row);
        return new DagRecord(
                definitions.of(c, version.id()),
                row.getBoolean("paused"),
                row.getBoolean("stale"),
                version,
                instant(row, "last_parsed"),
                Rows.next(row));
    }
}
