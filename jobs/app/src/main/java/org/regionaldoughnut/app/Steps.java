package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.app.run.ContentHashes;
import org.regionaldoughnut.app.run.Pipeline;
import org.regionaldoughnut.app.run.PlannedStep;
import org.regionaldoughnut.app.run.RunResult;
import org.regionaldoughnut.app.run.Selection;
import org.regionaldoughnut.app.run.StepId;
import org.regionaldoughnut.app.run.StepOutcome;
import org.regionaldoughnut.app.run.UpToDate;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** Does a selection of steps for a verb and shows how it went. */
final class Steps {
    private final Verb verb;
    private final StepOptions steps;

    Steps(Verb verb, StepOptions steps) {
        this.verb = verb;
        this.steps = steps;
    }

    int run(Selection selection) {
        boolean json = verb.options().json;
        ContentHashes hashes = new ContentHashes();
        Optional<String> key = selection.isEverything() && !steps.dryRun ? Optional.of(key(hashes)) : Optional.empty();
        Optional<RunResult> same = key.flatMap(k -> UpToDate.result(verb.likelyStorage(), k, hashes));
        if (same.isPresent()) {
            return ended(same.get(), DeliveryLines.NONE, json);
        }
        try (Workplace workplace = verb.workplace()) {
            Pipeline pipeline = workplace.pipeline(steps.asOf());
            if (steps.dryRun) {
                show(pipeline.plan(selection), json);
                return ExitCode.DONE.code();
            }
            ConsoleProgress progress = new ConsoleProgress(verb.err());
            RunResult result = pipeline.run(
                    selection, steps.runId(), steps.logicalDate(verb.doughnut().environment()), key, progress);
            progress.close();
            boolean mayPublish = selection.isEverything() || selection.room().equals(StepId.REPORT);
            boolean well = result.exitCode() == ExitCode.DONE;
            DeliveryLines lines = mayPublish && well ? DeliveryLines.onRelease(verb, workplace) : DeliveryLines.NONE;
            return ended(result, lines, json);
        }
    }

    private int ended(RunResult result, DeliveryLines lines, boolean json) {
        show(result, lines, json);
        if (result.state().equals(StepOutcome.UP_TO_DATE) && steps.skipCode && !lines.failed()) {
            return ExitCode.SKIPPED.code();
        }
        return lines.after(result.exitCode().code());
    }

    private String key(ContentHashes hashes) {
        OfficeOptions options = verb.options();
        List<String> words = new ArrayList<>(List.of(options.officeOrSample(), String.valueOf(steps.asOf)));
        words.addAll(options.set);
        words.add(Path.of("").toAbsolutePath().toString());
        List<Path> folders = new ArrayList<>();
        for (Path folder : List.of(
                Workplace.home().resolve("conf"),
                Path.of(options.officeOrSample()).toAbsolutePath())) {
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            }
        }
        return UpToDate.key(
                folders,
                Workplace.home().resolve("schemas"),
                words,
                verb.doughnut().environment(),
                hashes);
    }

    void show(List<PlannedStep> plan, boolean json) {
        if (json) {
            ArrayNode array = JsonLine.object().putArray("steps");
            for (PlannedStep step : plan) {
                array.addObject()
                        .put("name", step.id().toString())
                        .put("due", step.due())
                        .put("reason", step.reason());
            }
            verb.out().println(JsonLine.of(array));
            return;
        }
        int width =
                plan.stream().mapToInt(s -> s.id().toString().length()).max().orElse(0);
        for (PlannedStep step : plan) {
            verb.out().printf("%-" + width + "s  %-4s  %s%n", step.id(), step.due() ? "run" : "-", step.reason());
        }
    }

    private void show(RunResult result, DeliveryLines lines, boolean json) {
        PrintWriter err = verb.err();
        for (Throwable failure : result.failures()) {
            err.println(
                    failure instanceof DoughnutException
                            ? failure.getMessage()
                            : "Cannot finish a step: " + failure
                                    + ". This is an error of the program. Run again with --debug and report it.");
            if (verb.options().debug) {
                failure.printStackTrace(err);
            }
        }
        if (json) {
            ObjectNode object = object(result);
            if (!lines.outcomes().isEmpty()) {
                lines.into(object);
            }
            verb.out().println(JsonLine.of(object));
            return;
        }
        PrintWriter out = verb.out();
        if (result.state().equals(StepOutcome.UP_TO_DATE)) {
            out.println("Nothing to do: all " + result.steps().size()
                    + " steps are up to date with the files received, the configuration and the program.");
        } else {
            table(result.steps(), out);
        }
        result.release().ifPresent(folder -> out.println("Release: " + folder));
        result.waiting().ifPresent(draft -> out.println("Draft: " + draft));
        lines.print(verb);
    }

    private static void table(List<StepOutcome> steps, PrintWriter out) {
        int width = steps.stream().mapToInt(s -> s.name().length()).max().orElse(4);
        String form = "%-" + width + "s  %-10s  %10s  %10s  %11s  %7s  %s%n";
        out.printf(form, "step", "state", "in", "out", "quarantined", "seconds", "reason");
        long in = 0;
        long out1 = 0;
        long quarantined = 0;
        long setAside = 0;
        for (StepOutcome step : steps) {
            out.printf(
                    form,
                    step.name(),
                    step.state(),
                    step.rowsIn(),
                    step.rowsOut(),
                    step.quarantined(),
                    step.seconds(),
                    step.reason().lines().findFirst().orElse(""));
            if (step.name().startsWith("ingest/")) {
                in += step.rowsIn();
                out1 += step.rowsOut();
                quarantined += step.quarantined();
            } else if (step.name().startsWith("validate/")) {
                setAside += step.quarantined();
            }
        }
        out.printf("Cells in %d = kept %d + quarantined %d%n", in, out1, quarantined);
        if (setAside > 0) {
            out.printf("Set aside by rules: %d. See 'doughnut quality show --failed --rows 5'.%n", setAside);
        }
    }

    private static ObjectNode object(RunResult result) {
        ObjectNode object = JsonLine.object();
        object.put("office", result.office());
        object.put("run_id", result.runId().orElse(null));
        object.put("state", result.state());
        object.put("release", result.release().map(Object::toString).orElse(null));
        result.waiting().ifPresent(draft -> object.put("draft", draft));
        object.putPOJO("steps", result.steps());
        if (!result.failures().isEmpty()) {
            object.put("exit_code", result.exitCode().code());
            object.put(
                    "message",
                    Optional.ofNullable(result.failures().get(0).getMessage()).orElse(""));
        }
        return object;
    }
}
