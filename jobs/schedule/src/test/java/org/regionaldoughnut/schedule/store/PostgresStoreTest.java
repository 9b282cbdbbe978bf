package org.regionaldoughnut.schedule.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Runs on the server named by DOUGHNUT_TEST_POSTGRES (a JDBC URL), each test in a schema of its own. */
class PostgresStoreTest extends StoreContractTest {
    private final TestPostgres postgres = new TestPostgres();

    @Override
    ScheduleDatabase database() {
        return postgres.database();
    }

    @Override
    @BeforeEach
    void openOne() {
        postgres.create();
        super.openOne();
    }

    @Override
    @AfterEach
    void closeAll() {
        super.closeAll();
        postgres.drop();
    }
}
