package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.regionaldoughnut.app.run.ReleaseWork;
import org.regionaldoughnut.model.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases beside each other, and a release beside itself computed again. */
final class ReleaseComparison {
    private static final int SHOWN = 20;

    private ReleaseComparison() {}

    @Command(
            name = "diff",
            header = "Says what changed from one release to another, by how much and why.",
            description = {
                "",
                "Reasons: new data, revised data, new method (the indicator's definition), new boundary, disclosure",
                "control, new program."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut release diff uk-2026-06-01-1 latest",
                "  doughnut release diff uk-2026-06-01-1 uk-2026-06-01-1-v2 --most 100000 --json"
            })
    static final class Diff extends ReleaseCommand.Action {
        @Parameters(index = "0", paramLabel = "A", description = "The earlier release or draft, or latest.")
        String from;

        @Parameters(index = "1", paramLabel = "B", description = "The later one.")
        String to;

        @Option(
                names = "--most",
                paramLabel = "N",
                description = "How many changes of each table are named one by one, the largest first (default: 20).")
        int most = SHOWN;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            ObjectNode report = work.diff(from, to, most);
            if (options().json) {
                out().println(JsonLine.of(report));
            } else {
                print(report, out());
            }
        }
    }

    @Command(
            name = "reproduce",
            header = "Computes a release again from its received cells under its own configuration.",
            description = {
                "",
                "Nothing of the office is changed. The identities of the tables are compared; with the same program",
                "they are equal. Where they are not, the differences are listed and the exit code is 4."
            },
            footer = {"", "Examples:", "  doughnut release reproduce latest"})
    static final class Reproduce extends ReleaseCommand.Action {
        @Parameters(paramLabel = "ID", description = "The release, or latest.")
        String id;

        @Option(
                names = "--most",
                paramLabel = "N",
                description = "How many differences of each table are named one by one (default: 20).")
        int most = SHOWN;

        private boolean same;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            ConsoleProgress progress = new ConsoleProgress(err());
            ObjectNode report = work.reproduce(id, most, progress);
            progress.close();
            same = report.path("same").asBoolean();
            if (options().json) {
                out().println(JsonLine.of(report));
                return;
            }
            for (JsonNode table : report.path("tables")) {
                out().printf(
                                "%-22s %-9s %s%n",
                                table.path("name").asText(),
                                table.path("same").asBoolean() ? "same" : "different",
                                table.path("again").asText());
            }
            for (JsonNode room : report.path("rooms_of_another_program")) {
                out().println("Another program than then: " + room.asText());
            }
            if (report.has("differences")) {
                print(report.path("differences"), out());
            }
        }

        @Override
        int ended() {
            return (same ? ExitCode.DONE : ExitCode.DATA_REFUSED).code();
        }
    }

    private static void print(JsonNode report, PrintWriter out) {
        out.println("From " + report.path("from").asText() + " to "
                + report.path("to").asText());
        report.path("causes").fields().forEachRemaining(cause -> {
            if (!cause.getValue().isEmpty()) {
                out.println("  " + cause.getKey() + ": " + cause.getValue());
            }
        });
        report.path("tables").fields().forEachRemaining(table -> {
            List<String> counts = new ArrayList<>();
            table.getValue()
                    .fields()
                    .forEachRemaining(kind -> counts.add(kind.getValue().asLong() + " " + kind.getKey()));
            out.println(table.getKey() + ": " + String.join(", ", counts));
        });
        String form = "%-40s %7s %7s %7s %10s %10s  %s%n";
        if (!report.path("by_indicator").isEmpty()) {
            out.printf(form, "indicator", "added", "removed", "revised", "mean %", "largest %", "why");
        }
        for (JsonNode row : report.path("by_indicator")) {
            out.printf(
                    form,
                    row.path("indicator").asText(),
                    row.path("added").asLong() + row.path("came_in").asLong(),
                    row.path("removed").asLong()
                            + row.path("gone_missing").asLong()
                            + row.path("suppressed").asLong(),
                    row.path("revised").asLong(),
                    percent(row.path("mean_absolute_change_percent")),
                    percent(row.path("largest_absolute_change_percent")),
                    row.path("why").asText(""));
        }
        for (JsonNode change : report.path("changes")) {
            out.printf(
                    "  %s %s %s %s: %s -> %s (%s %%) %s, %s%n",
                    change.path("table").asText(),
                    change.path("indicator").asText(),
                    change.path("region").asText(),
                    change.path("period").asText(),
                    change.path("before").asText(),
                    change.path("after").asText(),
                    percent(change.path("change_percent")),
                    change.path("kind").asText(),
                    change.path("why").asText());
        }
    }

    private static String percent(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "-";
    }
}
