package org.regionaldoughnut.schedule.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A task as it is configured.
 *
 * @param upstream ids of the tasks it waits for
 * @param pool its tries hold {@code poolSlots} slots of it
 * @param priorityWeight of several tasks that wait for a slot, the higher goes first
 * @param executionTimeout after which a try is stopped and has failed
 * @param dependsOnPast starts only where the same task of the run before has succeeded or was skipped
 * @param outlets names of the assets that have a new event when it succeeds
 */
public record TaskDefinition(
        String taskId,
        Optional<String> docs,
        String owner,
        Work work,
        List<String> upstream,
        TriggerRule triggerRule,
        String pool,
        int poolSlots,
        int priorityWeight,
        Retry retry,
        Optional<Duration> executionTimeout,
        boolean dependsOnPast,
        List<String> outlets) {
    public static final String DEFAULT_OWNER = "airflow";

    public TaskDefinition {
        upstream = List.copyOf(upstream);
        outlets = List.copyOf(outlets);
    }

    /** A task with all defaults. */
    public static TaskDefinition of(String taskId, Work work, String... upstream) {
        return new TaskDefinition(
                taskId,
                Optional.empty(),
                DEFAULT_OWNER,
                work,
                List.of(upstream),
                TriggerRule.ALL_SUCCESS,
                Pool.DEFAULT,
                1,
                1,
                Retry.NONE,
                Optional.empty(),
                false,
                List.of());
    }
}
