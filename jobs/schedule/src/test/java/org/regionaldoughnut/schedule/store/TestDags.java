package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;

/** DAGs for tests, changed one thing at a time. */
public record TestDags(
        String id,
        Schedule schedule,
        boolean catchup,
        int maxActiveRuns,
        int maxActiveTasks,
        Optional<Duration> runTimeout,
        Optional<Duration> deadline,
        Instant start,
        List<TaskDefinition> tasks) {
    public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    public static TestDags named(String id, TestTask... tasks) {
        return new TestDags(
                id,
                Schedule.none(),
                false,
                16,
                16,
                Optional.empty(),
                Optional.empty(),
                START,
                Stream.of(tasks).map(TestTask::definition).toList());
    }

    public TestDags on(Schedule when) {
        return new TestDags(id, when, catchup, maxActiveRuns, maxActiveTasks, runTimeout, deadline, start, tasks);
    }

    public TestDags from(Instant at) {
        return new TestDags(id, schedule, catchup, maxActiveRuns, maxActiveTasks, runTimeout, deadline, at, tasks);
    }

    public TestDags catchingUp() {
        return new TestDags(id, schedule, true, maxActiveRuns, maxActiveTasks, runTimeout, deadline, start, tasks);
    }

    public TestDags runs(int most) {
        return new TestDags(id, schedule, catchup, most, maxActiveTasks, runTimeout, deadline, start, tasks);
    }

    public TestDags tasksAtATime(int most) {
        return new TestDags(id, schedule, catchup, maxActiveRuns, most, runTimeout, deadline, start, tasks);
    }

    public TestDags within(Duration limit) {
        return new TestDags(
                id, schedule, catchup, maxActiveRuns, maxActiveTasks, Optional.of(limit), deadline, start, tasks);
    }

    public TestDags due(Duration after) {
        return new TestDags(
                id, schedule, catchup, maxActiveRuns, maxActiveTasks, runTimeout, Optional.of(after), start, tasks);
    }

    public Dag dag() {
        return new Dag(
                id,
                "The " + id,
                Optional.empty(),
                Optional.empty(),
                "conf/test/pipelines/" + id + ".yaml",
                List.of("test"),
                schedule,
                ZoneId.of("UTC"),
                start,
                Optional.empty(),
                catchup,
                maxActiveRuns,
                maxActiveTasks,
                runTimeout,
                deadline,
                false,
                JsonNodeFactory.instance.objectNode(),
                tasks);
    }

    public ParsedDag parsed() {
        return new ParsedDag(dag(), "dag_id: " + id);
    }
}
