package org.regionaldoughnut.schedule.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.quartz.Scheduler;

/** Makes Quartz's tables by the script that Quartz ships for the database. */
final class V2__quartz extends BaseJavaMigration {
    private static final String SCRIPTS = "/org/quartz/impl/jdbcjobstore/tables_";

    private final boolean postgres;

    V2__quartz(boolean postgres) {
        this.postgres = postgres;
    }

    @Override
    public void migrate(Context context) throws Exception {
        for (var statement : script().split(";")) {
            // the script begins by dropping what may be there, and may commit: neither is ours to do
            var sql = statement.strip();
            if (sql.toLowerCase(java.util.Locale.ROOT).startsWith("drop")
                    || sql.equalsIgnoreCase("commit")
                    || sql.isEmpty()) {
                continue;
            }
            try (var jdbc = context.getConnection().createStatement()) {
                jdbc.execute(sql);
            }
        }
    }

    private String script() throws IOException {
        var name = SCRIPTS + (postgres ? "postgres" : "h2") + ".sql";
        try (var stream = Scheduler.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("Quartz ships no " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
