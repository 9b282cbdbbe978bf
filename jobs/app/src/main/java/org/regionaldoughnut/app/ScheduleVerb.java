package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.model.AuditEntry;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every command of the scheduler has: the office's options, the streams, the store. */
abstract class ScheduleVerb implements Callable<Integer> {
    @CommandLine.ParentCommand
    ScheduleCommand schedule;

    @CommandLine.Mixin
    OfficeOptions own = new OfficeOptions();

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @CommandLine.Spec
    CommandSpec spec;

    OfficeOptions options() {
        return own.or(schedule.options());
    }

    boolean json() {
        return options().json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    SchedulePlace place() {
        return SchedulePlace.of(options(), schedule.doughnut);
    }

    /** Some work on the store, which is closed afterwards. */
    interface Work {
        int on(ScheduleStore store, SchedulePlace place);
    }

    int withStore(Work work) {
        var place = place();
        try (var store = place.open()) {
            return work.on(store, place);
        }
    }

    /** Leaves a trace of what was changed. */
    void audit(ScheduleStore store, String event, String dagId, Optional<String> runId, String extra) {
        store.audit()
                .add(AuditEntry.of(event, Optional.of(System.getProperty("user.name", "cli")))
                        .of(dagId, runId, Optional.empty())
                        .with(extra));
    }

    void show(ObjectNode result) {
        if (json()) {
            out().println(JsonLine.of(result));
        }
    }

    int say(String text, ObjectNode result) {
        if (json()) {
            out().println(JsonLine.of(result));
        } else {
            out().println(text);
        }
        return ExitCode.DONE.code();
    }

    static Instant time(String option, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .atStartOfDay(java.time.ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot read " + option + " '" + text
                            + "': it is not a time such as 2021-03-31 or 2021-03-31T02:30:00Z. Write it so.");
        }
    }

    static String shown(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("-");
    }
}
