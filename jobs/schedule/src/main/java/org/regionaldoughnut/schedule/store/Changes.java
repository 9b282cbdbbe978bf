package org.regionaldoughnut.schedule.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.regionaldoughnut.ledger.Sql;

/**
 * Tells the nodes that something was changed from outside the engine: those of this process at once, those of others
 * by a number that they look at every second.
 */
final class Changes {
    private final Database database;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Changes(Database database) {
        this.database = database;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** After the change was committed. */
    void announce() {
        if (listeners.isEmpty()) {
            database.change(c -> Sql.update(c, "update change_count set changes = changes + 1 where id = 1"));
        }
        listeners.forEach(Runnable::run);
    }

    long count() {
        return database.read(c -> Sql.first(c, row -> row.getLong(1), "select changes from change_count where id = 1")
                .orElse(0L));
    }
}
