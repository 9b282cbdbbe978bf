package org.regionaldoughnut.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Remembered words, and the office that the storage serves. */
final class MetaTable {
    private static final String OFFICE = "office";

    private MetaTable() {}

    static Optional<String> get(Connection connection, String key) throws SQLException {
        return Sql.first(connection, row -> row.getString(1), "select content from meta where name = ?", key);
    }

    static void put(Connection connection, String key, String value) throws SQLException {
        if (Sql.update(connection, "update meta set content = ? where name = ?", value, key) == 0) {
            insert(connection, key, value);
        }
    }

    static void claim(Connection connection, String office) throws SQLException {
        var served = get(connection, OFFICE);
        if (served.isEmpty()) {
            insert(connection, OFFICE, office);
        } else if (!served.get().equals(office)) {
            throw new StorageClaimedException(office, served.get());
        }
    }

    private static void insert(Connection connection, String key, String value) throws SQLException {
        Sql.update(connection, "insert into meta (name, content) values (?, ?)", key, value);
    }
}
