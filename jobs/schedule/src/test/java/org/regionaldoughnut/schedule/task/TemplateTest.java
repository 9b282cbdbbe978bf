package org.regionaldoughnut.schedule.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.DagVersion;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.RunState;
import org.regionaldoughnut.schedule.model.RunType;
import org.regionaldoughnut.schedule.model.TaskInstance;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggeredBy;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.store.Flow;
import org.regionaldoughnut.schedule.store.TestDags;
import org.regionaldoughnut.schedule.store.TestTask;

class TemplateTest {
    private static final DagVersion VERSION = new DagVersion(UUID.randomUUID(), "dag", 1, "hash", Instant.EPOCH);

    @TempDir
    Path folder;

    private static DagRun run(String conf) {
        try {
            return new DagRun(
                    1,
                    "dag",
                    "manual__1",
                    RunType.MANUAL,
                    RunState.RUNNING,
                    Optional.of(Instant.parse("2024-03-01T02:30:00Z")),
                    Optional.of(new DataInterval(
                            Instant.parse("2024-03-01T02:30:00Z"), Instant.parse("2024-04-01T02:30:00Z"))),
                    Instant.parse("2024-04-01T02:30:00Z"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new ObjectMapper().readTree(conf),
                    Optional.empty(),
                    TriggeredBy.CLI,
                    Optional.empty(),
                    VERSION,
                    Optional.empty());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Flow.Begun begun(Work work, String conf) {
        var dag = TestDags.named("dag", TestTask.of("task", work)).dag();
        var run = run(conf);
        var task = new TaskInstance(
                UUID.randomUUID(),
                1,
                "dag",
                run.runId(),
                "task",
                Optional.of(TaskState.RUNNING),
                1,
                0,
                "BashOperator",
                "default_pool",
                1,
                1,
                run.logicalDate(),
                run.runAfter(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("node"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                VERSION);
        return new Flow.Begun(dag, run, task, "node", Instant.EPOCH);
    }

    private static String fill(String text) {
        var begun = begun(Work.empty(), "{\"region\": \"UKC\", \"deep\": {\"year\": 2019}}");
        return new Template(text).fill(new Values(begun.dag(), begun.run(), "task", 1, Map.of("inbox", "/srv/in")));
    }

    @ParameterizedTest
    @CsvSource({
        "{{ ds }}, 2024-03-01",
        "{{ds_nodash}}, 20240301",
        "{{ ts }}, 2024-03-01T02:30:00+00:00",
        "{{ data_interval_end | ds }}, 2024-04-01",
        "{{ logical_date | ts_nodash }}, 20240301T023000",
        "a {{ run_id }} b, a manual__1 b",
        "{{ dag_run.conf.region }}, UKC",
        "{{ dag_run.conf.deep.year }}, 2019",
        "{{ var.value.inbox }}, /srv/in",
        "no template, no template",
    })
    void namesAreFilledIn(String text, String expected) {
        assertThat(fill(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ dss }}",
                "{{ dag_run.conf.nothing }}",
                "{{ ds | upper }}",
                "{{ 1 + 1 }}",
                "{{ ''.class }}",
                "{{ run_id | ds }}",
                "{{ var.value.none }}"
            })
    void whatIsUnknownIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> fill(text));
    }

    @Test
    void aMistakeIsFoundBeforeAnythingRuns() {
        assertThat(new Template("{{ dss }} {{ params.regoin }} {{ ds | day }}")
                        .problems(JsonNodeFactory.instance.objectNode().put("region", "UKC")))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("'ds'"));
    }

    @Test
    void aValueThatLooksLikeATemplateStaysText() {
        var begun = begun(Work.empty(), "{\"x\": \"{{ var.value.secret }}\"}");
        assertThat(new Template("{{ dag_run.conf.x }}")
                        .fill(new Values(begun.dag(), begun.run(), "task", 1, Map.of("secret", "s"))))
                .isEqualTo("{{ var.value.secret }}");
    }

    @Test
    void whoStartsARunCannotPutCommandsIntoTheShell() throws Exception {
        var evil = folder.resolve("evil");
        var work = Work.bash("echo \"{{ dag_run.conf.x }}\"");
        var begun = begun(work, "{\"x\": \"$(touch " + evil + ")\\\"; touch " + evil + " #\"}");
        var runner = new TaskRunner(new NoSteps(), Work.Place.SESSION, folder, System.getenv(), Map.of());
        var logs = new TaskLogs(folder.resolve("logs"), Clock.systemUTC(), 1 << 20);
        try (var log = logs.open(begun.task().key())) {
            var outcome = runner.run(begun, runner.prepare(begun), log);
            assertThat(outcome.state()).isEqualTo(TaskState.SUCCESS);
            assertThat(outcome.value().orElseThrow().asText()).startsWith("$(touch ");
        }
        assertThat(Files.exists(evil)).isFalse();
    }

    @Test
    void aStepMayBeForkedOrSubmitted() throws Exception {
        var logs = new TaskLogs(folder.resolve("logs"), Clock.systemUTC(), 1 << 20);
        for (var place : List.of(Work.Place.FORK, Work.Place.SPARK_SUBMIT)) {
            var begun = begun(new Work(Work.Kind.STEP, "run", List.of("{{ ds }}"), Optional.of(place), Map.of()), "{}");
            var runner = new TaskRunner(new NoSteps(), Work.Place.SESSION, folder, System.getenv(), Map.of());
            try (var log = logs.open(begun.task().key())) {
                var outcome = runner.run(begun, runner.prepare(begun), log);
                assertThat(outcome.value().orElseThrow().asText()).isEqualTo(place.name() + " run 2024-03-01 --json");
            }
        }
    }
}
