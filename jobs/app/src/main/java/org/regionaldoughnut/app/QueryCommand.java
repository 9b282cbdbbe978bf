package org.regionaldoughnut.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.app.query.LakeQuery;
import org.regionaldoughnut.app.query.Printer;
import org.regionaldoughnut.app.query.ReleaseQuery;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        header = "Answers SQL from the latest release, or from the lake.",
        description = {
            "",
            "The release has the tables indicators, doughnut and regions and is read through DuckDB. The lake has",
            "raw.<source>, harmonised.<table>, statistics.<table>, quality.outcomes, quality.metrics and",
            "quarantine.<source> and is read through Spark; write names with a dash as raw.`la-emissions`."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut query \"select region, value from indicators where indicator = 'co2-per-person' order by 2\"",
            "  doughnut query --json \"select ring, count(*) from doughnut group by ring\"",
            "  doughnut query --lake \"select outcome, count(*) from quality.outcomes group by outcome\""
        })
final class QueryCommand extends Verb {
    @CommandLine.ArgGroup(multiplicity = "1")
    Question question;

    /** Given in the command, or in a file. */
    static final class Question {
        @Parameters(paramLabel = "SQL", description = "The question.")
        String sql;

        @Option(names = "--file", paramLabel = "FILE", description = "File with the question.")
        Path file;

        String text() {
            try {
                return file == null ? sql : Files.readString(file);
            } catch (IOException e) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot read the question from " + file + ": " + e.getMessage() + ". Name a text file.");
            }
        }
    }

    @Option(names = "--lake", description = "Reads the lake instead of the latest release.")
    boolean lake;

    @Option(names = "--csv", description = "Comma-separated text with a header.")
    boolean csv;

    @Override
    public Integer call() {
        try (Workplace workplace = workplace()) {
            Answer answer = lake
                    ? new LakeQuery(workplace.lake(), workplace.storage()).run(question.text())
                    : new ReleaseQuery(workplace.storage()).run(question.text());
            if (options().json) {
                Printer.json(answer, out());
            } else if (csv) {
                Printer.csv(answer, out());
            } else {
                Printer.table(answer, out());
            }
            return ExitCode.DONE.code();
        }
    }
}
