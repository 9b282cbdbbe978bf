package org.regionaldoughnut.schedule.engine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.TestPostgres;

/** On the server named by DOUGHNUT_TEST_POSTGRES. */
class PostgresEngineTest extends EngineContractTest {
    private final TestPostgres postgres = new TestPostgres();

    @Override
    ScheduleDatabase database() {
        return postgres.database();
    }

    @Override
    @BeforeEach
    void openStore() {
        postgres.create();
        super.openStore();
    }

    @Override
    @AfterEach
    void closeAll() {
        super.closeAll();
        postgres.drop();
    }
}
