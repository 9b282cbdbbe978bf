package org.regionaldoughnut.schedule.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.regionaldoughnut.ledger.Sql;

/** Copies of an embedded database, as a compressed script. */
public final class DatabaseCopy {
    private DatabaseCopy() {}

    /** Writes all tables as they are at one moment. @throws StoreException where it cannot */
    public static void write(ScheduleStore store, Path file) {
        try (var connection = store.source().getConnection()) {
            Sql.list(
                    connection,
                    row -> row.getString(1),
                    "script to ? compression zip",
                    file.toAbsolutePath().toString());
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot write " + file + ": " + e.getMessage() + ". Name a place that can be written.", e);
        }
    }

    /** Makes a database that is not there yet. @throws StoreException where it cannot */
    public static void read(ScheduleDatabase database, Path file) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            Sql.update(
                    connection,
                    "runscript from ? compression zip",
                    file.toAbsolutePath().toString());
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot restore from " + file + ": " + e.getMessage() + ". Name a file of 'schedule backup'.", e);
        }
    }
}
