package org.regionaldoughnut.schedule.engine;

import java.util.UUID;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;

class H2EngineTest extends EngineContractTest {
    private final String name = UUID.randomUUID().toString();

    @Override
    ScheduleDatabase database() {
        return new ScheduleDatabase("jdbc:h2:mem:" + name, "sa", "", 30);
    }
}
