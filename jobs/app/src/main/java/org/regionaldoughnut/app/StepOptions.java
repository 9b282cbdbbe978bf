package org.regionaldoughnut.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import picocli.CommandLine.Option;

/** Options of verbs that do steps. Under Airflow the run is named after what it says in the environment. */
final class StepOptions {
    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run (default: its time).")
    String runId;

    @Option(names = "--logical-date", paramLabel = "TIME", description = "Date the run stands for, ISO 8601.")
    String logicalDate;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "Figures as they were known at the end of that day in the office's time zone.")
    String asOf;

    @Option(names = "--dry-run", description = "Shows what would run, and changes nothing.")
    boolean dryRun;

    @Option(names = "--skip-code", description = "Exit code 99 where there was nothing to do.")
    boolean skipCode;

    Optional<LocalDate> asOf() {
        try {
            return Optional.ofNullable(asOf).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw usage("--as-of", asOf, "a date such as 2021-03-31");
        }
    }

    Optional<Instant> logicalDate(Map<String, String> environment) {
        String text = logicalDate == null ? environment.get("AIRFLOW_CTX_LOGICAL_DATE") : logicalDate;
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw usage("--logical-date", text, "a time such as 2021-03-31T02:30:00Z");
        }
    }

    Optional<String> runId() {
        return Optional.ofNullable(runId);
    }

    private static DoughnutException usage(String option, String given, String wanted) {
        return new DoughnutException(
                ExitCode.USAGE, "Cannot read " + option + " '" + given + "': it is not " + wanted + ". Write it so.");
    }
}
