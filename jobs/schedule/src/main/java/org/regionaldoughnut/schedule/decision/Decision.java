package org.regionaldoughnut.schedule.decision;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.Work;

/**
 * What happens next in a run.
 *
 * @param changes the new states of tasks, by task id
 * @param end how the run ends, where nothing is left to be done
 * @param again when a task that is up for retry is due, the earliest of several
 */
public record Decision(Map<String, TaskState> changes, Optional<RunState> end, Optional<Instant> again) {

    /**
     * @param tasks the run's tasks
     * @param pastAllows whether the same task in the run before has ended well, asked for tasks that depend on it
     */
    public static Decision of(Dag dag, List<TaskInstance> tasks, Predicate<String> pastAllows, Instant now) {
        var states = new HashMap<String, Optional<TaskState>>();
        var retries = new HashMap<String, Instant>();
        for (var task : tasks) {
            states.put(task.taskId(), task.state());
            task.retryAt().ifPresent(at -> retries.put(task.taskId(), at));
        }
        var changes = new LinkedHashMap<String, TaskState>();
        // a task that ends here may end those after it: tasks stand in order, so one pass is enough
        for (var task : dag.tasks()) {
            var state = states.get(task.taskId());
            if (state != null) {
                change(task, state, states, retries, pastAllows, now).ifPresent(to -> {
                    states.put(task.taskId(), Optional.of(to));
                    changes.put(task.taskId(), to);
                });
            }
        }
        return new Decision(changes, end(dag, states), again(states, retries));
    }

    private static Optional<TaskState> change(
            TaskDefinition task,
            Optional<TaskState> state,
            Map<String, Optional<TaskState>> states,
            Map<String, Instant> retries,
            Predicate<String> pastAllows,
            Instant now) {
        if (state.isPresent() && state.get() == TaskState.UP_FOR_RETRY) {
            var at = retries.getOrDefault(task.taskId(), now);
            return at.isAfter(now) ? Optional.empty() : Optional.of(TaskState.SCHEDULED);
        }
        if (state.isPresent()) {
            return Optional.empty();
        }
        var before = task.upstream().stream()
                .filter(states::containsKey)
                .map(states::get)
                .toList();
        return switch (Rules.judge(task.triggerRule(), Upstream.of(before))) {
            case WAIT -> Optional.empty();
            case SKIP -> Optional.of(TaskState.SKIPPED);
            case UPSTREAM_FAILED -> Optional.of(TaskState.UPSTREAM_FAILED);
            case START -> {
                if (task.dependsOnPast() && !pastAllows.test(task.taskId())) {
                    yield Optional.empty();
                }
                yield Optional.of(task.work().kind() == Work.Kind.EMPTY ? TaskState.SUCCESS : TaskState.SCHEDULED);
            }
        };
    }

    private static Optional<RunState> end(Dag dag, Map<String, Optional<TaskState>> states) {
        if (!states.values().stream()
                .allMatch(state -> state.map(TaskState::isFinished).orElse(false))) {
            return Optional.empty();
        }
        var failed = dag.leaves().stream()
                .map(leaf -> states.getOrDefault(leaf.taskId(), Optional.empty()))
                .flatMap(Optional::stream)
                .anyMatch(state -> state == TaskState.FAILED || state == TaskState.UPSTREAM_FAILED);
        return Optional.of(failed ? RunState.FAILED : RunState.SUCCESS);
    }

    private static Optional<Instant> again(Map<String, Optional<TaskState>> states, Map<String, Instant> retries) {
        return retries.entrySet().stream()
                .filter(entry -> states.get(entry.getKey()).equals(Optional.of(TaskState.UP_FOR_RETRY)))
                .map(Map.Entry::getValue)
                .min(Instant::compareTo);
    }
}
