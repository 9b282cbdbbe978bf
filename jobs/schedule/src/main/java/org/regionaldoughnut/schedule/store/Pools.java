package org.regionaldoughnut.schedule.store;

import static org.regionaldoughnut.ledger.Sql.textIfAny;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Sql;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.PoolUse;

/** Pools and the slots in use. */
public final class Pools {
    private static final String USE = "select p.*, "
            + slots("'queued'") + " as queued, " + slots("'running', 'restarting'") + " as running, "
            + slots("'scheduled'") + " as scheduled from pool p";
    private static final Fields FIELDS = new Fields(
            USE, "pool p", Map.of("name", "p.name", "pool", "p.name", "id", "p.name", "slots", "p.slots"), "p.name");

    private final Database database;
    private final Changes changes;

    Pools(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    private static String slots(String states) {
        return "(select coalesce(sum(t.pool_slots), 0) from task_instance t where t.pool = p.name and t.state in ("
                + states + "))";
    }

    /** Fields: name, slots. */
    public Listing<PoolUse> list(Criteria criteria) {
        return database.read(c -> FIELDS.list(c, Pools::read, criteria));
    }

    public Optional<PoolUse> find(String name) {
        return list(Criteria.all().with("name", name)).items().stream().findFirst();
    }

    /** @throws RefusedException where there is none of that name */
    public PoolUse require(String name) {
        return find(name)
                .orElseThrow(() -> RefusedException.notFound("Cannot find the pool '" + name
                        + "': there is none of that name. List the pools to see their names."));
    }

    /** @throws RefusedException where the name is taken */
    public void create(Pool pool) {
        if (find(pool.name()).isPresent()) {
            throw RefusedException.conflict(
                    "Cannot create the pool '" + pool.name() + "': it exists. Change it, or choose another name.");
        }
        database.change(c -> Sql.update(
                c,
                "insert into pool values (?, ?, ?, ?)",
                pool.name(),
                pool.slots(),
                pool.description(),
                pool.includeDeferred()));
        changes.announce();
    }

    /** @throws RefusedException where there is none of that name */
    public void update(Pool pool) {
        var changed = database.write(c -> Sql.update(
                c,
                "update pool set slots = ?, description = ?, include_deferred = ? where name = ?",
                pool.slots(),
                pool.description(),
                pool.includeDeferred(),
                pool.name()));
        if (changed == 0) {
            require(pool.name());
        }
        changes.announce();
    }

    /** @throws RefusedException for the default pool, or where there is none of that name */
    public void delete(String name) {
        if (name.equals(Pool.DEFAULT)) {
            throw RefusedException.invalid("Cannot delete " + Pool.DEFAULT + ": tasks without a pool use it. Set its "
                    + "slots to 0 to hold them.");
        }
        if (database.write(c -> Sql.update(c, "delete from pool where name = ?", name)) == 0) {
            require(name);
        }
    }

    private static PoolUse read(ResultSet row) throws SQLException {
        return new PoolUse(
                new Pool(
                        row.getString("name"),
                        row.getInt("slots"),
                        textIfAny(row, "description"),
                        row.getBoolean("include_deferred")),
                row.getInt("queued"),
                row.getInt("running"),
                row.getInt("scheduled"));
    }
}
