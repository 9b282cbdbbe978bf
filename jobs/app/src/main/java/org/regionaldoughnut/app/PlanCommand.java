package org.regionaldoughnut.app;

import org.regionaldoughnut.app.run.Selection;
import org.regionaldoughnut.model.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "plan",
        header = "Says for every step whether it will run and why, or that it is up to date.",
        footer = {"", "Examples:", "  doughnut plan", "  doughnut plan --json"})
final class PlanCommand extends Verb {
    @CommandLine.Mixin
    StepOptions steps = new StepOptions();

    @Override
    public Integer call() {
        try (Workplace workplace = workplace()) {
            new Steps(this, steps).show(workplace.pipeline(steps.asOf()).plan(Selection.everything()), options().json);
            return ExitCode.DONE.code();
        }
    }
}
