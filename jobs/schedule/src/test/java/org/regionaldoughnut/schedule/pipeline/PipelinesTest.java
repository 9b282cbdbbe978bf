package org.regionaldoughnut.schedule.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.schedule.model.Schedule;
import org.regionaldoughnut.schedule.model.TaskDefinition;
import org.regionaldoughnut.schedule.model.TriggerRule;
import org.regionaldoughnut.schedule.model.Work;

class PipelinesTest {
    private static final Path HOME = Path.of(System.getProperty("project.root"));
    private static final Set<String> VERBS =
            Set.of("run", "check", "ingest", "validate", "harmonise", "indicators", "publish", "report", "release");

    @TempDir
    Path office;

    private Pipelines.Result read(String name, String... lines) throws IOException {
        Files.createDirectories(office.resolve("pipelines"));
        Files.write(office.resolve("pipelines/" + name + ".yaml"), List.of(lines));
        return new Pipelines(HOME, office, ZoneId.of("Europe/London"), VERBS).check();
    }

    private List<Problem> problems(String... lines) throws IOException {
        return read("test", lines).problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "uk"})
    void theShippedPipelinesHaveNoProblem(String name) {
        var result = new Pipelines(HOME, HOME.resolve("conf").resolve(name), ZoneId.of("Europe/London"), VERBS).check();

        assertThat(result.problems()).isEmpty();
        assertThat(result.dags())
                .extracting(parsed -> parsed.dag().dagId())
                .contains("nightly-refresh", "monthly-report", "embargoed-release");
    }

    @Test
    void aPipelineIsReadWithItsDefaults() throws IOException {
        var result = read(
                "test",
                "dag_id: test",
                "schedule: {cron: '@daily', timetable: data_interval}",
                "start_date: 2024-07-01",
                "catchup: true",
                "default_args: {retries: 3, retry_delay: 90s, retry_exponential_backoff: true, owner: ada}",
                "tasks:",
                "  last: {bash_command: 'echo {{ ds }}', dependencies: [first], trigger_rule: all_done, retries: 0}",
                "  first: {step: run, arguments: ['--as-of', '{{ ds }}'], outlets: [release], run_in: fork}");

        assertThat(result.problems()).isEmpty();
        var dag = result.dags().get(0).dag();
        assertThat(dag.schedule()).isEqualTo(Schedule.cron("@daily", true));
        assertThat(dag.startDate()).isEqualTo("2024-06-30T23:00:00Z");
        assertThat(dag.tasks()).extracting(TaskDefinition::taskId).containsExactly("first", "last");
        var first = dag.task("first");
        assertThat(first.retry().retries()).isEqualTo(3);
        assertThat(first.retry().delay()).isEqualTo(Duration.ofSeconds(90));
        assertThat(first.retry().backoff()).isEqualTo(2);
        assertThat(first.owner()).isEqualTo("ada");
        assertThat(first.work().place()).contains(Work.Place.FORK);
        assertThat(dag.task("last").triggerRule()).isEqualTo(TriggerRule.ALL_DONE);
        assertThat(dag.task("last").retry().retries()).isZero();
    }

    @Test
    void aCircleIsRefusedWithItsLine() throws IOException {
        var found = problems(
                "dag_id: test",
                "tasks:",
                "  a: {step: run, dependencies: [c]}",
                "  b: {step: run, dependencies: [a]}",
                "  c: {step: run, dependencies: [b]}");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).line()).isEqualTo(3);
        assertThat(found.get(0).message()).contains("a waits for c waits for b waits for a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tasks: {a: {step: run, dependencies: [bb]}, b: {step: run}} | depends on 'bb', and there is no such task",
                "tasks: {a: {step: runn}} | 'runn' is no step. Did you mean",
                "schedule: '61 * * * *' | the minute '61' is wrong",
                "schedule: '0 0 31 2 *' | never comes",
                "schedule: '@dayly' | the preset '@dayly'",
                "schedul: '@daily' | unknown key 'schedul'",
                "timezone: Europe/Londen | unknown time zone",
                "catchup: true | a start_date is needed",
                "tasks: {a: {step: run, trigger_rule: all_sucess}} | trigger_rule",
                "tasks: {a: {bash_command: 'echo {{ dss }}'}} | unknown name 'dss'",
                "tasks: {a: {step: run, bash_command: ls}} | both a step and a bash_command",
                "tasks: {a: {operator: BashOperator, step: run}} | a BashOperator needs a bash_command",
                "start_date: 2024-13-01 | is no date"
            })
    void aMistakeIsRefusedWithItsLine(String line, String expected) throws IOException {
        var lines = line.startsWith("tasks")
                ? new String[] {"dag_id: test", line}
                : new String[] {"dag_id: test", line, "tasks: {a: {step: run}}"};
        var found = problems(lines);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).line()).isEqualTo(2);
        assertThat(found.get(0).message()).contains(expected);
    }

    @Test
    void aBrokenFileDoesNotHideTheOthers() throws IOException {
        read("good", "dag_id: good", "tasks: {a: {step: run}}");
        var result = read("bad", "dag_id: other", "tasks: {a: {step: run}}");

        assertThat(result.dags()).extracting(parsed -> parsed.dag().dagId()).containsExactly("good");
        assertThat(result.problems()).singleElement().satisfies(p -> assertThat(p.message())
                .contains("differs from the file's name bad"));
    }
}
