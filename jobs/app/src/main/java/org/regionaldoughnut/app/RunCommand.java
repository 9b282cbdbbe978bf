package org.regionaldoughnut.app;

import org.regionaldoughnut.app.run.Selection;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "run",
        header = "Runs every step that is due, from the received files to the release.",
        description = {
            "",
            "A step is due where its input, its configuration or its program has changed since it last succeeded.",
            "A second run without new input does nothing and says so."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut run",
            "  doughnut --office uk --set data=../shared/data run --json",
            "  doughnut run --as-of 2021-03-31"
        })
final class RunCommand extends Verb {
    @CommandLine.Mixin
    StepOptions steps = new StepOptions();

    @Override
    public Integer call() {
        return new Steps(this, steps).run(Selection.everything());
    }
}
