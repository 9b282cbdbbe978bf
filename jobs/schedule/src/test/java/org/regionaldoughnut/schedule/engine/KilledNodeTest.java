package org.regionaldoughnut.schedule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.schedule.store.TestTask.of;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.store.TestDags;
import org.regionaldoughnut.schedule.store.TriggerRequest;
import org.regionaldoughnut.schedule.task.TaskRunner;

/** Two nodes in two processes share an embedded database; the one that serves it is killed in the middle of a run. */
class KilledNodeTest {
    @TempDir
    Path folder;

    /** A node of its own process, until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var store = open(folder);
        node(store, folder);
        System.out.println("ready");
        Thread.sleep(Duration.ofMinutes(5).toMillis());
    }

    private static ScheduleStore open(Path folder) {
        return ScheduleDatabase.embedded(folder, 20).open(Clock.systemUTC());
    }

    private static Engine node(ScheduleStore store, Path folder) {
        var held = "echo $$ > begun; while [ ! -e go ]; do sleep 0.1; done; echo done >> ended";
        var source = new EngineContractTest.Changing(TestDags.named(
                "chain",
                of("before", Work.bash("true")),
                of("held", Work.bash(held), "before"),
                of("after", Work.bash("true"), "held")));
        var steps = new ScriptedSteps();
        var engine = new Engine(
                store,
                false,
                source,
                new TaskRunner(steps, Work.Place.SESSION, folder, Map.of(), Map.of()),
                steps,
                new TaskLogs(folder.resolve("logs"), store.clock(), 1 << 20),
                EngineSettings.defaults()
                        .withTimes(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(2)),
                new Reports() {});
        engine.start();
        return engine;
    }

    private static void await(String what, BooleanSupplier met) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static DagRun trigger(ScheduleStore store) {
        return store.runs().trigger(TriggerRequest.now("chain", TriggeredBy.CLI));
    }

    private static void awaitSuccess(ScheduleStore store, DagRun run) throws InterruptedException {
        await(
                run.runId() + " ends",
                () -> store.runs().require("chain", run.runId()).state().isFinished());
        assertThat(store.runs().require("chain", run.runId()).state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void theOtherNodeGoesOnWithTheDatabaseAndTheTaskAndStopsTheProcessThatWasLeftBehind() throws Exception {
        var go = folder.resolve("go");
        var begun = folder.resolve("begun");
        var first = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledNodeTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("first.log").toFile())
                .start();
        try {
            await("the first node is ready", () -> read(folder.resolve("first.log"))
                    .contains("ready"));
            try (var store = open(folder)) {
                Files.createFile(go);
                awaitSuccess(store, trigger(store));
                Files.delete(go);
                Files.delete(begun);

                var killed = trigger(store);
                await("the task is in its middle", () -> !read(begun).isBlank());
                var left = ProcessHandle.of(Long.parseLong(read(begun).strip())).orElseThrow();
                try (var second = node(store, folder)) {
                    assertThat(second.running()).isEmpty();
                    Files.delete(begun);
                    first.destroyForcibly().waitFor();

                    await("the second node does it anew", () -> !read(begun).isBlank());
                    assertThat(left.info().command())
                            .as("the process left behind")
                            .isEmpty();
                    Files.createFile(go);
                    awaitSuccess(store, killed);
                    awaitSuccess(store, trigger(store));
                }
                assertThat(store.tasks().tries("chain", killed.runId(), "held"))
                        .extracting(t -> t.state().orElseThrow())
                        .containsExactly(TaskState.FAILED, TaskState.SUCCESS);
                assertThat(read(folder.resolve("ended")).lines()).containsExactly("done", "done", "done");
            }
        } finally {
            first.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
