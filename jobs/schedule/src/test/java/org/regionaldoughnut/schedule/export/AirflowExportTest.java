package org.regionaldoughnut.schedule.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.schedule.TestPython;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.pipeline.Pipelines;
import org.regionaldoughnut.schedule.store.ParsedDag;
import org.regionaldoughnut.schedule.store.TestDags;
import org.regionaldoughnut.schedule.store.TestTask;

class AirflowExportTest {
    private static final Path HOME = Path.of(System.getProperty("project.root"));
    private final AirflowExport export = new AirflowExport(List.of("/opt/doughnut/doughnut", "--office", "my office"));

    @TempDir
    Path folder;

    private static List<Dag> shipped() {
        return new Pipelines(
                        HOME,
                        HOME.resolve("conf/sample"),
                        ZoneId.of("Europe/London"),
                        Set.of("run", "check", "indicators", "publish", "report", "release"))
                .check().dags().stream().map(ParsedDag::dag).toList();
    }

    /** Python reads the file and says what it found: names, not values, as Airflow is not there. */
    private String python(String... words) throws Exception {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void needPython() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no Python is installed");
    }

    @Test
    void whatIsWrittenIsPythonThatMakesTheSameTasksAndOrder() throws Exception {
        needPython();
        var fake = folder.resolve("fake.py");
        Files.writeString(
                fake,
                """
                import sys, types, runpy, datetime
                made = []
                class DAG:
                    def __init__(self, **k): self.k = k; made.append(('dag', k['dag_id'], str(k['schedule'])))
                    def __enter__(self): return self
                    def __exit__(self, *a): return False
                class Operator:
                    def __init__(self, **k): self.k = k; made.append(('task', k['task_id'], k.get('bash_command', '')))
                    def __rshift__(self, o): made.append(('edge', self.k['task_id'], o.k['task_id'])); return o
                class Timetable:
                    def __init__(self, cron, timezone): self.s = type(self).__name__ + ' ' + cron + ' ' + timezone
                    def __str__(self): return self.s
                class CronTriggerTimetable(Timetable): pass
                class CronDataIntervalTimetable(Timetable): pass
                class Asset:
                    def __init__(self, name): self.name = name
                class When:
                    def in_timezone(self, z): return self
                def module(name, **k):
                    m = types.ModuleType(name); m.__dict__.update(k); sys.modules[name] = m
                for n in ['airflow', 'airflow.providers', 'airflow.providers.standard', 'airflow.providers.standard.operators', 'airflow.timetables']: module(n)
                module('airflow.sdk', DAG=DAG, Asset=Asset)
                module('airflow.providers.standard.operators.bash', BashOperator=Operator)
                module('airflow.providers.standard.operators.empty', EmptyOperator=Operator)
                module('airflow.timetables.trigger', CronTriggerTimetable=CronTriggerTimetable)
                module('airflow.timetables.interval', CronDataIntervalTimetable=CronDataIntervalTimetable)
                module('pendulum', parse=lambda t: When())
                for f in sys.argv[1:]: runpy.run_path(f)
                for m in made: print(*m, sep='|')
                """);
        var words = new java.util.ArrayList<>(List.of("/usr/bin/python3", fake.toString()));
        for (var dag : shipped()) {
            var file = folder.resolve(dag.dagId() + ".py");
            Files.writeString(file, export.python(dag));
            words.add(file.toString());
        }
        var said = python(words.toArray(String[]::new));

        assertThat(said.lines().toList())
                .contains(
                        "dag|nightly-refresh|CronTriggerTimetable 30 2 * * * Europe/London",
                        "dag|monthly-report|CronDataIntervalTimetable @monthly Europe/London",
                        "edge|check|refresh",
                        "edge|figures|draft",
                        "edge|draft|pages",
                        "task|check|/opt/doughnut/doughnut --office 'my office' check --json");
    }

    @Test
    void nothingInAPipelineEscapesItsQuotes() throws Exception {
        needPython();
        var nasty = "echo \"\"\" \\ ' \n import os; {{ ds }}";
        var file = folder.resolve("nasty.py");
        Files.writeString(
                file,
                export.python(TestDags.named("nasty", TestTask.of("a", Work.bash(nasty)))
                        .dag()));
        var said = python(
                "/usr/bin/python3",
                "-c",
                "import ast,sys; t=ast.parse(open(sys.argv[1]).read()); print(repr([k.value.value for n in ast.walk(t) "
                        + "if isinstance(n, ast.Call) for k in n.keywords if k.arg=='bash_command'][0]))",
                file.toString());

        assertThat(said.strip()).isEqualTo("'echo \"\"\" \\\\ \\' \\n import os; {{ ds }}'");
    }

    @Test
    void airflowTwoIsNotSpoken() {
        assertThat(shipped()).allSatisfy(dag -> assertThat(export.python(dag))
                .contains("from airflow.sdk import DAG")
                .doesNotContain("schedule_interval")
                .doesNotContain("execution_date"));
    }

    @Test
    void dagFactoryGetsTasksByIdWithTheirDependencies() throws Exception {
        var yaml = new DagFactoryExport(List.of("doughnut")).yaml(shipped());
        var tree = new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(yaml);

        assertThat(tree.at("/nightly-refresh/tasks/refresh/operator").asText())
                .isEqualTo("airflow.providers.standard.operators.bash.BashOperator");
        assertThat(tree.at("/nightly-refresh/tasks/refresh/dependencies/0").asText())
                .isEqualTo("check");
        assertThat(tree.at("/monthly-report/schedule/__type__").asText()).endsWith("CronDataIntervalTimetable");
        assertThat(tree.at("/monthly-report/tasks/figures/retry_delay/seconds").asInt())
                .isEqualTo(900);
    }

    /** The files as Airflow's own DAG processor reads them; its tasks call a script that says what it was called with. */
    @Test
    void aRealAirflowReadsAndRunsWhatIsWritten() throws Exception {
        var airflow = TestPython.named("DOUGHNUT_TEST_AIRFLOW", "airflow-requirements.txt");
        var stub = folder.resolve("doughnut");
        Files.writeString(stub, "#!/bin/sh\necho progress >&2\necho \"called with $* in $AIRFLOW_CTX_DAG_ID\"\n");
        assertThat(stub.toFile().setExecutable(true)).isTrue();
        var command = List.of(stub.toString(), "--office", "my office");
        var python = Files.createDirectories(folder.resolve("dags/python"));
        for (var dag : shipped()) {
            Files.writeString(python.resolve(dag.dagId() + ".py"), new AirflowExport(command).python(dag));
        }
        var factory = Files.createDirectories(folder.resolve("dags/factory"));
        Files.writeString(factory.resolve("dags.yaml"), new DagFactoryExport(command).yaml(shipped()));
        Files.writeString(
                factory.resolve("load.py"),
                "# a DAG file of airflow\nimport pathlib\nfrom dagfactory import load_yaml_dags\n"
                        + "load_yaml_dags(globals_dict=globals(), "
                        + "config_filepath=str(pathlib.Path(__file__).parent / 'dags.yaml'))\n");
        var environment = Map.of(
                "AIRFLOW_HOME", folder.resolve("home").toString(),
                "AIRFLOW__CORE__LOAD_EXAMPLES", "False",
                "AIRFLOW__CORE__DAGS_FOLDER", python.toString());

        var said = airflow.run(
                environment,
                List.of(
                        "src/test/python/airflow_dags.py",
                        folder.resolve("dags").toString()));
        for (var part : List.of("python", "factory")) {
            assertThat(said.lines())
                    .contains(
                            "task|" + part + "|nightly-refresh|check||0|600|2.0|10800|",
                            "task|" + part + "|nightly-refresh|refresh|check|2|600|2.0|10800|sample-release",
                            "task|" + part + "|monthly-report|pages|draft|2|900|0.0|10800|sample-release")
                    .anyMatch(
                            line -> line.startsWith("dag|" + part + "|nightly-refresh|CronTriggerTimetable|30 2 * * *"))
                    .anyMatch(line -> line.startsWith("dag|" + part + "|monthly-report|CronDataIntervalTimetable|"));
        }
        airflow.run(environment, List.of("-m", "airflow", "db", "migrate"));
        var ran = airflow.run(
                environment, List.of("-m", "airflow", "dags", "test", "monthly-report", "2026-03-01T00:00:00Z"));
        assertThat(ran)
                .contains("called with --office my office report --run-id manual__", "in monthly-report")
                .containsPattern("DagRun Finished: dag_id=monthly-report.* state=success");
    }
}
