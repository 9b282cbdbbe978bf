package org.regionaldoughnut.schedule.store;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A schema of its own on the server named by DOUGHNUT_TEST_POSTGRES; without one the test is skipped or fails. */
public final class TestPostgres {
    private final String schema = "schedule_" + UUID.randomUUID().toString().replace("-", "");
    private boolean created;

    public ScheduleDatabase database() {
        return new ScheduleDatabase(url() + (url().contains("?") ? "&" : "?") + "currentSchema=" + schema, "", "", 30);
    }

    public void create() {
        if (url().isEmpty()) {
            var missing = "Cannot test on PostgreSQL: no server is named. Set DOUGHNUT_TEST_POSTGRES to a JDBC URL.";
            if (System.getProperty("services", "optional").equals("required")) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        execute("create schema " + schema);
        created = true;
    }

    public void drop() {
        if (created) {
            execute("drop schema " + schema + " cascade");
        }
    }

    private static String url() {
        return System.getProperty("DOUGHNUT_TEST_POSTGRES", System.getenv().getOrDefault("DOUGHNUT_TEST_POSTGRES", ""));
    }

    private static void execute(String sql) {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare " + url() + ": " + e.getMessage() + ".", e);
        }
    }
}
