package org.regionaldoughnut.ledger;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Runs on the server named by DOUGHNUT_TEST_POSTGRES (a JDBC URL), each test in a schema of its own. */
class PostgresLedgerTest extends DatabaseContractTest {
    private final String schema = "ledger_" + UUID.randomUUID().toString().replace("-", "");

    @Override
    LedgerSettings settings() {
        return LedgerSettings.at(url() + (url().contains("?") ? "&" : "?") + "currentSchema=" + schema, "", "");
    }

    @Override
    @BeforeEach
    void openOne() {
        if (url().isEmpty()) {
            var missing = "Cannot test on PostgreSQL: no server is named. Set DOUGHNUT_TEST_POSTGRES to a JDBC URL.";
            if (System.getProperty("services", "optional").equals("required")) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        execute("create schema " + schema);
        super.openOne();
    }

    @Override
    @AfterEach
    void closeAll() {
        super.closeAll();
        if (!url().isEmpty()) {
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
