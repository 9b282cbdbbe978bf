package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline as it is configured: tasks, what they wait for, and when runs are due.
 *
 * @param file where it is configured, relative to the folder that holds conf/
 * @param startDate no run is due before it
 * @param endDate no run is due after it
 * @param catchup all runs since the start date are made; else only the latest that is due
 * @param maxActiveRuns runs at a time, backfills not counted
 * @param maxActiveTasks tries at a time over all its runs
 * @param runTimeout a run that takes longer has failed
 * @param deadline a run not done so long after it was due is reported as late
 * @param params defaults of the values a run may be started with: an object
 * @param tasks each after all those it waits for
 */
public record Dag(
        String dagId,
        String title,
        Optional<String> description,
        Optional<String> docs,
        String file,
        List<String> tags,
        Schedule schedule,
        ZoneId zone,
        Instant startDate,
        Optional<Instant> endDate,
        boolean catchup,
        int maxActiveRuns,
        int maxActiveTasks,
        Optional<Duration> runTimeout,
        Optional<Duration> deadline,
        boolean pausedUponCreation,
        JsonNode params,
        List<TaskDefinition> tasks) {
    public static final int MAX_ACTIVE_RUNS = 16;
    public static final int MAX_ACTIVE_TASKS = 16;

    public Dag {
        tags = List.copyOf(tags);
        tasks = List.copyOf(tasks);
    }

    /** @throws NoSuchElementException where there is none of that name */
    public TaskDefinition task(String taskId) {
        return findTask(taskId).orElseThrow(() -> new NoSuchElementException(dagId + " has no task " + taskId));
    }

    public Optional<TaskDefinition> findTask(String taskId) {
        return tasks.stream().filter(task -> task.taskId().equals(taskId)).findFirst();
    }

    /** Ids of the tasks that wait for this one. */
    public List<String> downstream(String taskId) {
        return tasks.stream()
                .filter(task -> task.upstream().contains(taskId))
                .map(TaskDefinition::taskId)
                .toList();
    }

    /** All that comes before a task, itself not included. */
    public Set<String> ancestors(String taskId) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayList<>(task(taskId).upstream());
        while (!open.isEmpty()) {
            var next = open.remove(open.size() - 1);
            if (found.add(next)) {
                open.addAll(task(next).upstream());
            }
        }
        return found;
    }

    /** All that comes after a task, itself not included. */
    public Set<String> descendants(String taskId) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayList<>(downstream(taskId));
        while (!open.isEmpty()) {
            var next = open.remove(open.size() - 1);
            if (found.add(next)) {
                open.addAll(downstream(next));
            }
        }
        return found;
    }

    /** Tasks that nobody waits for: they decide how a run ends. */
    public List<TaskDefinition> leaves() {
        return tasks.stream()
                .filter(task -> downstream(task.taskId()).isEmpty())
                .toList();
    }

    public List<String> owners() {
        return tasks.stream().map(TaskDefinition::owner).distinct().toList();
    }
}
