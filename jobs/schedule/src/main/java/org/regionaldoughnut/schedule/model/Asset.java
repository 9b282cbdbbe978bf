package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that tasks renew and DAGs wait for.
 *
 * @param consumers DAGs that are scheduled on it
 * @param producers tasks that renew it
 */
public record Asset(
        long id,
        String name,
        String uri,
        String group,
        Instant created,
        Instant updated,
        List<Consumer> consumers,
        List<Producer> producers,
        Optional<LastEvent> lastEvent) {

    public record Consumer(String dagId, Instant created) {}

    public record Producer(String dagId, String taskId, Instant created) {}

    public record LastEvent(long id, Instant at) {}
}
