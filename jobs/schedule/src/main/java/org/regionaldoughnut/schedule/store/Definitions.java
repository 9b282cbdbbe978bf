package org.regionaldoughnut.schedule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Dag;

/** DAGs by version. A version never changes, so it is read once. */
final class Definitions {
    private final Map<UUID, Dag> known = new ConcurrentHashMap<>();

    Dag of(Connection connection, UUID version) throws SQLException {
        var found = known.get(version);
        if (found == null) {
            found = DagJson.dag(Sql.first(
                            connection,
                            row -> row.getString(1),
                            "select definition from dag_version where id = ?",
                            version)
                    .orElseThrow(() -> RefusedException.notFound(
                            "Cannot find version " + version + " of a DAG: it was " + "removed. Use the newest.")));
            known.put(version, found);
        }
        return found;
    }
}
