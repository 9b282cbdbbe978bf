package org.regionaldoughnut.schedule.store;

import java.util.UUID;

class H2StoreTest extends StoreContractTest {
    private final String name = UUID.randomUUID().toString();

    @Override
    ScheduleDatabase database() {
        return new ScheduleDatabase("jdbc:h2:mem:" + name, "sa", "", 6);
    }
}
