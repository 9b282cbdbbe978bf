package org.regionaldoughnut.app;

import java.util.concurrent.Callable;
import org.regionaldoughnut.model.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "schedule",
        synopsisSubcommandLabel = "COMMAND",
        header = "Runs the office's pipelines when they are due, in the words of Airflow.",
        description = {
            "",
            "Pipelines are the files conf/<office>/pipelines/*.yaml. 'start' runs one node of the scheduler in the",
            "foreground; the other commands look at it or change something, whether it runs or not."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut schedule start",
            "  doughnut schedule list",
            "  doughnut schedule trigger nightly-refresh",
            "  doughnut schedule explain nightly-refresh"
        },
        subcommands = {
            ScheduleStart.class,
            ScheduleNodes.Stop.class,
            ScheduleNodes.Status.class,
            ScheduleNodes.Doctor.class,
            ScheduleLooks.ListDags.class,
            ScheduleLooks.Next.class,
            ScheduleLooks.Explain.class,
            ScheduleChanges.Trigger.class,
            ScheduleChanges.Clear.class,
            ScheduleChanges.Pause.class,
            ScheduleChanges.Unpause.class,
            ScheduleBackfill.class,
            ScheduleUsers.class,
            ScheduleExport.class,
            ScheduleCopies.Backup.class,
            ScheduleCopies.Restore.class
        })
final class ScheduleCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    Doughnut doughnut;

    @CommandLine.Mixin
    OfficeOptions own = new OfficeOptions();

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    OfficeOptions options() {
        return own.or(doughnut.options);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
