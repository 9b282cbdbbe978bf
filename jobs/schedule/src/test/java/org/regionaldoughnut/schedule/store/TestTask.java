package org.regionaldoughnut.schedule.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TriggerRule;
import org.regionaldoughnut.schedule.model.Work;

/** A task for tests, with all defaults but what is said. */
public final class TestTask {
    private final String id;
    private final Work work;
    private final List<String> upstream;
    private TriggerRule rule = TriggerRule.ALL_SUCCESS;
    private String pool = Pool.DEFAULT;
    private int slots = 1;
    private Retry retry = Retry.NONE;
    private Optional<Duration> timeout = Optional.empty();
    private boolean dependsOnPast;
    private List<String> outlets = List.of();

    private TestTask(String id, Work work, List<String> upstream) {
        this.id = id;
        this.work = work;
        this.upstream = upstream;
    }

    public static TestTask of(String id, Work work, String... upstream) {
        return new TestTask(id, work, List.of(upstream));
    }

    public TestTask with(TriggerRule changed) {
        rule = changed;
        return this;
    }

    public TestTask with(Retry changed) {
        retry = changed;
        return this;
    }

    public TestTask inPool(String name, int many) {
        pool = name;
        slots = many;
        return this;
    }

    public TestTask dependingOnPast() {
        dependsOnPast = true;
        return this;
    }

    public TestTask withOutlets(String... assets) {
        outlets = List.of(assets);
        return this;
    }

    public TestTask withTimeout(Duration limit) {
        timeout = Optional.of(limit);
        return this;
    }

    public TaskDefinition definition() {
        return new TaskDefinition(
                id,
                Optional.empty(),
                TaskDefinition.DEFAULT_OWNER,
                work,
                upstream,
                rule,
                pool,
                slots,
                1,
                retry,
                timeout,
                dependsOnPast,
                outlets);
    }
}
