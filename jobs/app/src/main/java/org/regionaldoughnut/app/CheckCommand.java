package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionaldoughnut.app.run.RuleProblems;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.ConfigurationException;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.schedule.pipeline.Pipelines;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        header = "Checks conf/ and schemas/ of an office and lists every problem with file and line.",
        footer = {"", "Examples:", "  doughnut check", "  doughnut --office uk --set data=../shared/data check --json"})
final class CheckCommand extends Verb {

    @Override
    public Integer call() {
        OfficeOptions options = options();
        OfficeReader reader = new OfficeReader(
                Workplace.home(), doughnut().environment(), Path.of("").toAbsolutePath());
        List<Problem> problems;
        try {
            Office office = reader.read(options.officeOrSample(), options.set);
            problems = new ArrayList<>(RuleProblems.of(office));
            problems.addAll(pipelines(office));
        } catch (ConfigurationException e) {
            problems = e.problems();
        }
        show(problems, reader.notes(), options.json);
        return (problems.isEmpty() ? ExitCode.DONE : ExitCode.CONFIGURATION).code();
    }

    private static List<Problem> pipelines(Office office) {
        return new Pipelines(Workplace.home(), office.folder(), office.timeZone(), ScheduleSteps.known())
                .check()
                .problems();
    }

    private void show(List<Problem> problems, List<String> notes, boolean json) {
        notes.forEach(note -> err().println("Note: " + note));
        if (json) {
            ObjectNode result = JsonLine.object();
            result.put("state", problems.isEmpty() ? "done" : "failed");
            var list = result.putArray("problems");
            problems.forEach(p -> list.addObject()
                    .put("file", p.file().toString())
                    .put("line", p.line())
                    .put("message", p.message()));
            out().println(JsonLine.of(result));
            return;
        }
        problems.forEach(out()::println);
        out().println(
                        switch (problems.size()) {
                            case 0 -> "No problems found.";
                            case 1 -> "1 problem found.";
                            default -> problems.size() + " problems found.";
                        });
    }
}
