package org.regionaldoughnut.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.app.query.Format;
import org.regionaldoughnut.app.query.LakeQuery;
import org.regionaldoughnut.app.query.Prompt;
import org.regionaldoughnut.app.query.Question;
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
            "The release has the tables indicators, doughnut, regions, indicators_breakdown, doughnut_sensitivity and",
            "trends, and is read through DuckDB. The lake has raw.<source>, harmonised.<table>, statistics.<table>,",
            "quality.outcomes, quality.metrics and quarantine.<source> and is read through Spark; write names with a",
            "dash as raw.`la-emissions`. Without SQL, questions are read one after another; .help tells more."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut query \"select region, value from indicators where indicator = 'co2-per-person' order by 2\"",
            "  doughnut query --format csv \"select * from regions\" > regions.csv",
            "  doughnut query --format parquet --output north.parquet \"select * from indicators where region ="
                    + " 'UKC'\"",
            "  doughnut query --lake \"select outcome, count(*) from quality.outcomes group by outcome\"",
            "  doughnut query                              a prompt"
        })
final class QueryCommand extends Verb {
    @CommandLine.ArgGroup
    Asked asked;

    /** Given in the command, or in a file. */
    static final class Asked {
        @Parameters(paramLabel = "SQL", description = "The question (default: read from standard input).")
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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json or parquet (default: table; --json is --format json).")
    Format format;

    @Option(names = "--csv", description = "The same as --format csv.")
    boolean csv;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the answer to a file.")
    Path output;

    @Override
    public Integer call() {
        Format chosen = format != null ? format : options().json ? Format.JSON : csv ? Format.CSV : Format.TABLE;
        if (chosen == Format.PARQUET && (output == null || asked == null)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot write Parquet: it needs a question and a file. Write doughnut query --format parquet"
                            + " --output FILE \"SQL\".");
        }
        try (Workplace workplace = workplace()) {
            Question question =
                    lake ? new LakeQuery(workplace.lake(), workplace.storage()) : new ReleaseQuery(workplace.storage());
            if (asked == null) {
                new Prompt(question, input(), out(), err(), System.console() != null, chosen).run();
            } else if (chosen == Format.PARQUET) {
                question.toParquet(asked.text(), writable());
            } else if (output != null) {
                written(chosen, question.run(asked.text()));
            } else {
                chosen.print(question.run(asked.text()), out());
            }
            return ExitCode.DONE.code();
        }
    }

    private static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private Path writable() {
        Path folder = output.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(output)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot write " + output + ": " + (Files.isDirectory(output) ? "it is" : folder + " is not")
                            + " a folder. Name a file in a folder that is there.");
        }
        return output;
    }

    private void written(Format chosen, Answer answer) {
        try (PrintWriter file = new PrintWriter(writable().toFile(), StandardCharsets.UTF_8)) {
            chosen.print(answer, file);
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot write " + output + ": " + e.getMessage() + ". Name a file that can be written.");
        }
    }
}
