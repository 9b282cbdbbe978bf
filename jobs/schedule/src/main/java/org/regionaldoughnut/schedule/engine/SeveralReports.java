package org.regionaldoughnut.schedule.engine;

import java.time.Duration;
import java.util.List;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.Effects;

/** Tells several. */
public record SeveralReports(List<Reports> all) implements Reports {
    @Override
    public void tryEnded(String dagId, String taskId, TaskState state, Duration took, Duration waited) {
        all.forEach(one -> one.tryEnded(dagId, taskId, state, took, waited));
    }

    @Override
    public void tryFailed(Effects.FailedTask failed) {
        all.forEach(one -> one.tryFailed(failed));
    }

    @Override
    public void runEnded(Effects.EndedRun ended) {
        all.forEach(one -> one.runEnded(ended));
    }

    @Override
    public void runLate(DagRun run) {
        all.forEach(one -> one.runLate(run));
    }

    @Override
    public void nodeLost(String node, int tasks) {
        all.forEach(one -> one.nodeLost(node, tasks));
    }

    @Override
    public void runCreated(String dagId, Duration lag) {
        all.forEach(one -> one.runCreated(dagId, lag));
    }
}
