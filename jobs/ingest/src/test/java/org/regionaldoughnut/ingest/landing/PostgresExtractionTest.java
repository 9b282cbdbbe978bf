package org.regionaldoughnut.ingest.landing;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Runs on the server named by DOUGHNUT_TEST_POSTGRES (a JDBC URL). */
class PostgresExtractionTest extends ExtractionTest {
    @Override
    String url() {
        return System.getProperty("DOUGHNUT_TEST_POSTGRES", System.getenv().getOrDefault("DOUGHNUT_TEST_POSTGRES", ""));
    }

    @Override
    @BeforeEach
    void fill() throws SQLException {
        if (url().isEmpty()) {
            var missing = "Cannot test on PostgreSQL: no server is named. Set DOUGHNUT_TEST_POSTGRES to a JDBC URL.";
            if (System.getProperty("services", "optional").equals("required")) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        super.fill();
    }

    @Override
    @AfterEach
    void close() throws SQLException {
        if (!url().isEmpty()) {
            super.close();
        }
    }
}
