package org.regionaldoughnut.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.export.AirflowExport;
import org.regionaldoughnut.schedule.export.DagFactoryExport;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.store.ParsedDag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        header = "Writes the pipelines for another scheduler.",
        footer = {
            "",
            "Examples:",
            "  doughnut schedule export airflow --to dags/",
            "  doughnut schedule export airflow nightly-refresh --command /opt/doughnut/doughnut"
        })
final class ScheduleExport extends ScheduleVerb {
    /** What is written for. */
    enum Target {
        AIRFLOW
    }

    @Parameters(
            index = "0",
            paramLabel = "airflow",
            description = "Airflow 3: a DAG file each, and a YAML for dag-factory.")
    Target target;

    @Parameters(index = "1..*", paramLabel = "DAG", description = "DAGs (default: all).")
    List<String> dagIds = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "dags",
            description = "Folder to write to (default: dags).")
    Path to;

    @Option(
            names = "--command",
            paramLabel = "PATH",
            description = "How Airflow's workers start the product (default: this installation).")
    String command;

    @Override
    public Integer call() {
        try (var place = place()) {
            var words = new ArrayList<String>();
            words.add(command == null ? Workplace.home().resolve("doughnut").toString() : command);
            words.addAll(place.officeWords());
            var dags = dags(place);
            var result = JsonLine.object();
            var files = result.putArray("files");
            Files.createDirectories(to);
            for (var dag : dags) {
                var file = to.resolve(dag.dagId().replaceAll("[^A-Za-z0-9_]", "_") + ".py");
                Files.writeString(file, new AirflowExport(words).python(dag));
                files.add(file.toString());
            }
            var yaml = to.resolve(place.office().id() + ".dag-factory.yaml");
            Files.writeString(yaml, new DagFactoryExport(words).yaml(dags));
            files.add(yaml.toString());
            var text = new StringBuilder("Written:");
            files.forEach(
                    file -> text.append(System.lineSeparator()).append("  ").append(file.asText()));
            return say(text.toString(), result);
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.USAGE, "Cannot write to " + to + ": " + e.getMessage() + ". Name another folder.", e);
        }
    }

    private List<Dag> dags(SchedulePlace place) {
        var read = place.pipelines().check();
        if (!read.problems().isEmpty()) {
            throw new org.regionaldoughnut.office.ConfigurationException(read.problems());
        }
        var all = read.dags().stream().map(ParsedDag::dag).toList();
        var known = all.stream().map(Dag::dagId).toList();
        for (var dagId : dagIds) {
            if (!known.contains(dagId)) {
                throw ScheduleChanges.unknown(dagId, known);
            }
        }
        return all.stream()
                .filter(dag -> dagIds.isEmpty() || dagIds.contains(dag.dagId()))
                .toList();
    }
}
