package org.regionaldoughnut.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code doughnut}. */
@Command(
        name = "doughnut",
        mixinStandardHelpOptions = true,
        version = "doughnut 0.1.0",
        synopsisSubcommandLabel = "VERB",
        header = "Regional circularity indicators: from published figures to regional doughnuts.",
        description = {
            "",
            "Data walk through the rooms in this order: ingest, validate, harmonise, indicators, publish, report."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut run                                the sample office, end to end",
            "  doughnut --office uk --set data=DIR run     the reference office on its publishers' files",
            "  doughnut plan                               what would run, and why",
            "  doughnut query \"select region, value from indicators where indicator = 'co2-per-person'\"",
            "",
            "Exit codes: 0 done, 1 internal error, 2 usage, 3 configuration or contract, 4 data failed validation,",
            "5 source unavailable (retry), 6 conflict or lock (retry), 7 embargo or approval missing, 99 skipped,",
            "130 and 143 interrupted."
        })
public final class Doughnut {
    private static final List<Class<?>> VERBS = List.of(
            RunCommand.class,
            PlanCommand.class,
            CheckCommand.class,
            StepCommands.Ingest.class,
            StepCommands.Validate.class,
            StepCommands.Harmonise.class,
            StepCommands.Indicators.class,
            StepCommands.Publish.class,
            ReportCommand.class,
            QueryCommand.class,
            QualityCommand.class,
            LineageCommand.class,
            SourceCommand.class,
            DiffCommand.class,
            ScheduleCommand.class,
            ReleaseCommand.class);

    private final Clock clock;
    private final Map<String, String> environment;

    @CommandLine.Mixin
    OfficeOptions options = new OfficeOptions();

    Doughnut(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    Clock clock() {
        return clock;
    }

    Map<String, String> environment() {
        return environment;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = execute(Clock.systemUTC(), System.getenv(), out, err, arguments);
        out.flush();
        err.flush();
        // Spark's shutdown hooks clean up; its non-daemon threads must not keep a finished command alive
        System.exit(code);
    }

    /** Runs one command line; used by tests with a clock and streams of their own. */
    static int execute(
            Clock clock, Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = described(clock, environment, verbs(arguments));
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Doughnut::failed)
                .setParameterExceptionHandler(Doughnut::misused);
        line.setUsageHelpWidth(100);
        if (arguments.length == 0) {
            line.usage(out);
            return ExitCode.USAGE.code();
        }
        return line.execute(arguments);
    }

    /** The command with all its verbs. */
    static CommandLine described(Clock clock, Map<String, String> environment) {
        return described(clock, environment, VERBS);
    }

    private static CommandLine described(Clock clock, Map<String, String> environment, List<Class<?>> verbs) {
        CommandLine line = new CommandLine(new Doughnut(clock, environment));
        verbs.forEach(line::addSubcommand);
        return line;
    }

    /** The verbs among the words, or all: to describe a verb to the parser takes longer than to see that nothing is due. */
    private static List<Class<?>> verbs(String... words) {
        List<String> said = Arrays.asList(words);
        List<Class<?>> asked = VERBS.stream()
                .filter(verb -> said.contains(verb.getAnnotation(Command.class).name()))
                .toList();
        return asked.isEmpty() ? VERBS : asked;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        boolean json = parsed.expandedArgs().contains("--json");
        boolean debug = parsed.expandedArgs().contains("--debug");
        ExitCode code = e instanceof DoughnutException known ? known.exitCode() : ExitCode.INTERNAL_ERROR;
        String message = e instanceof DoughnutException
                ? e.getMessage()
                : "Cannot finish: " + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + ". This is an error of the program. Run again with --debug and report what it prints.";
        line.getErr().println(message);
        if (debug) {
            e.printStackTrace(line.getErr());
        }
        if (json) {
            line.getOut().println(JsonLine.error(code, message));
        }
        return code.code();
    }

    private static int misused(CommandLine.ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        String hint = "";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            hint = NearMiss.hint(first, line.getSubcommands().keySet());
            if (first.startsWith("-")) {
                hint = NearMiss.hint(first, line.getCommandSpec().optionsMap().keySet());
            }
        }
        String message = "Cannot understand the command: " + e.getMessage() + "." + hint + " See '"
                + line.getCommandSpec().qualifiedName() + " --help'.";
        line.getErr().println(message);
        if (Arrays.asList(arguments).contains("--json")) {
            line.getOut().println(JsonLine.error(ExitCode.USAGE, message));
        }
        return ExitCode.USAGE.code();
    }
}
