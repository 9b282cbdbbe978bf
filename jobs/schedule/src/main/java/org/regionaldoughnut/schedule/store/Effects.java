package org.regionaldoughnut.schedule.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.schedule.model.TryKey;

/** What a step of the engine has brought about, and the engine has to act on. */
public final class Effects {
    private final Set<String> dags = new LinkedHashSet<>();
    private final Map<Long, Instant> retries = new LinkedHashMap<>();
    private final List<EndedRun> endedRuns = new ArrayList<>();
    private final List<FailedTask> failedTasks = new ArrayList<>();
    private final List<CreatedRun> createdRuns = new ArrayList<>();
    private boolean tasksScheduled;
    private final Map<String, Instant> next = new LinkedHashMap<>();
    private boolean runsDue;

    /** A run has ended. */
    public record EndedRun(String dagId, String runId, boolean success) {}

    /** A try has failed, and whether there will be another. */
    public record FailedTask(TryKey key, boolean retried, Optional<String> note) {}

    /** A scheduled run was made so long after it was due. */
    public record CreatedRun(String dagId, Duration lag) {}

    Effects() {}

    void created(CreatedRun run) {
        createdRuns.add(run);
    }

    void dag(String dagId) {
        dags.add(dagId);
    }

    void ended(EndedRun run) {
        endedRuns.add(run);
    }

    void failed(FailedTask task) {
        failedTasks.add(task);
    }

    void retry(long run, Instant at) {
        retries.merge(run, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    void scheduled() {
        tasksScheduled = true;
    }

    void runsAreDue() {
        runsDue = true;
    }

    void next(String dagId, Instant at) {
        next.put(dagId, at);
    }

    /** DAGs that may have runs to create or to start now. */
    public Set<String> dags() {
        return dags;
    }

    /** Runs to look at again at that time. */
    public Map<Long, Instant> retries() {
        return retries;
    }

    public List<EndedRun> endedRuns() {
        return endedRuns;
    }

    public List<FailedTask> failedTasks() {
        return failedTasks;
    }

    public List<CreatedRun> createdRuns() {
        return createdRuns;
    }

    /** Whether there are tasks that want slots. */
    public boolean tasksScheduled() {
        return tasksScheduled;
    }

    /** Whether other runs are to be looked at. */
    public boolean runsDue() {
        return runsDue;
    }

    /** When DAGs want to be looked at again. */
    public Map<String, Instant> next() {
        return next;
    }
}
