package org.regionaldoughnut.schedule.engine;

import java.time.Duration;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.Effects;

/** Told of what happens: metrics and alerts. Called on the engine's threads, so it is quick and throws nothing. */
public interface Reports {

    default void tryEnded(String dagId, String taskId, TaskState state, Duration took, Duration waited) {}

    default void tryFailed(Effects.FailedTask failed) {}

    default void runEnded(Effects.EndedRun ended) {}

    default void runLate(DagRun run) {}

    default void nodeLost(String node, int tasks) {}

    /** A run was made so long after it was due. */
    default void runCreated(String dagId, Duration lag) {}
}
