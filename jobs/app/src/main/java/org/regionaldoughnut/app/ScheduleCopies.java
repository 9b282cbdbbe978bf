package org.regionaldoughnut.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.schedule.store.DatabaseCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies of the scheduler's database. */
final class ScheduleCopies {
    private ScheduleCopies() {}

    private static void refusePostgres(SchedulePlace place, String tool) {
        if (place.database().isPostgres()) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot copy " + place.database().place() + ": PostgreSQL has its own tools for it. Use " + tool
                            + ".");
        }
    }

    @Command(
            name = "backup",
            header = "Writes the scheduler's database to a file; the scheduler may run meanwhile.",
            description = {"", "For PostgreSQL use pg_dump."},
            footer = {"", "Examples:", "  doughnut schedule backup schedule-2024-03-31.zip"})
    static final class Backup extends ScheduleVerb {
        @Parameters(paramLabel = "FILE", description = "The file to write.")
        Path file;

        @Override
        public Integer call() {
            refusePostgres(place(), "pg_dump");
            return withStore((store, place) -> {
                DatabaseCopy.write(store, file);
                return say("Written: " + file + ".", JsonLine.object().put("file", file.toString()));
            });
        }
    }

    @Command(
            name = "restore",
            header = "Makes the scheduler's database anew from such a file.",
            description = {"", "There must be none: stop the scheduler and move the old one away first."},
            footer = {"", "Examples:", "  doughnut schedule restore schedule-2024-03-31.zip"})
    static final class Restore extends ScheduleVerb {
        @Parameters(paramLabel = "FILE", description = "The file to read.")
        Path file;

        @Override
        public Integer call() {
            try (var place = place()) {
                refusePostgres(place, "pg_restore");
                var there = place.folder().resolve("schedule.mv.db");
                if (Files.exists(there)) {
                    throw new DoughnutException(
                            ExitCode.CONFLICT,
                            "Cannot restore: " + there + " exists. Stop the scheduler and move it away first.");
                }
                if (!Files.isReadable(file)) {
                    throw new DoughnutException(
                            ExitCode.USAGE, "Cannot restore from " + file + ": it cannot be read. Name another file.");
                }
                DatabaseCopy.read(place.database(), file);
                return say("Restored from " + file + ".", JsonLine.object().put("file", file.toString()));
            }
        }
    }
}
