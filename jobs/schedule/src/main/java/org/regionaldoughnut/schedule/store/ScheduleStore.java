package org.regionaldoughnut.schedule.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.regionaldoughnut.ledger.Sql;

/**
 * The scheduler's memory, by subject. Safe for use by several threads; what a method has written when it returns
 * survives a kill. Every method throws {@link StoreException} when the database cannot be reached, and
 * {@link RefusedException} when it will not do what it is asked.
 */
public final class ScheduleStore implements AutoCloseable {
    private final Database database;
    private final DataSource source;
    private final Runnable close;
    private final Changes changes;
    private final Definitions definitions = new Definitions();

    ScheduleStore(DataSource source, Runnable close, Clock clock) {
        this.source = source;
        this.close = close;
        this.database = new Database(source, clock);
        this.changes = new Changes(database);
    }

    public Dags dags() {
        return new Dags(database, definitions, changes);
    }

    public Runs runs() {
        return new Runs(database, definitions, changes);
    }

    public Tasks tasks() {
        return new Tasks(database, definitions, changes);
    }

    public Pools pools() {
        return new Pools(database, changes);
    }

    public Backfills backfills() {
        return new Backfills(database, definitions, changes);
    }

    public Assets assets() {
        return new Assets(database, changes);
    }

    public Accounts accounts() {
        return new Accounts(database);
    }

    public Audit audit() {
        return new Audit(database);
    }

    public Nodes nodes() {
        return new Nodes(database);
    }

    /** For the engine: moves runs and tasks on. */
    public Flow flow() {
        return new Flow(database, definitions);
    }

    /** For the engine: brings DAGs up to what is configured. */
    public DagSync sync() {
        return new DagSync(database, changes);
    }

    /** Says why something does not start. */
    public Explanation explanation() {
        return new Explanation(this);
    }

    public Clock clock() {
        return database.clock();
    }

    /** Told after each change made through this store that the engine should act on. */
    public void onChange(Runnable listener) {
        changes.listen(listener);
    }

    /** Grows when another process has changed something. */
    public long changeCount() {
        return changes.count();
    }

    /** A remembered word, such as the key that signs tokens. */
    public Optional<String> setting(String name) {
        return database.read(
                c -> Sql.first(c, row -> row.getString(1), "select content from setting where name = ?", name));
    }

    /** Remembers a word unless one is there. @return the one that is remembered now */
    public String settingOr(String name, String content) {
        return database.write(c -> {
            var known = Sql.first(c, row -> row.getString(1), "select content from setting where name = ?", name);
            if (known.isEmpty()) {
                Sql.update(c, "insert into setting values (?, ?)", name, content);
            }
            return known.orElse(content);
        });
    }

    /** Removes what ended before that time: runs with their tasks, audit entries, nodes. @return how many runs */
    public int cleanUp(Instant before) {
        return database.write(c -> {
            Sql.update(c, "delete from audit_entry where occurred < ?", before);
            Sql.update(c, "delete from asset_event where occurred < ?", before);
            Sql.update(c, "delete from node where ended < ?", before);
            return Sql.update(c, "delete from dag_run where ended < ?", before);
        });
    }

    /** Whether the database answers. */
    public boolean isHealthy() {
        try {
            return database.read(c -> c.isValid(2));
        } catch (StoreException e) {
            return false;
        }
    }

    /** For Quartz, which keeps its tables beside ours. */
    public DataSource source() {
        return source;
    }

    @Override
    public void close() {
        close.run();
    }
}
