package org.regionaldoughnut.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembered words, and the office that the storage serves. */
final class MetaTable {
    private static final String OFFICE = "office";

    private MetaTable() {}

    static Optional<String> get(Handle handle, String key) {
        return handle.createQuery("select content from meta where name = :name")
                .bind("name", key)
                .mapTo(String.class)
                .findOne();
    }

    static void put(Handle handle, String key, String value) {
        var changed = handle.createUpdate("update meta set content = :content where name = :name")
                .bind("name", key)
                .bind("content", value)
                .execute();
        if (changed == 0) {
            insert(handle, key, value);
        }
    }

    static void claim(Handle handle, String office) {
        var served = get(handle, OFFICE);
        if (served.isEmpty()) {
            insert(handle, OFFICE, office);
        } else if (!served.get().equals(office)) {
            throw new StorageClaimedException(office, served.get());
        }
    }

    private static void insert(Handle handle, String key, String value) {
        handle.createUpdate("insert into meta (name, content) values (:name, :content)")
                .bind("name", key)
                .bind("content", value)
                .execute();
    }
}
