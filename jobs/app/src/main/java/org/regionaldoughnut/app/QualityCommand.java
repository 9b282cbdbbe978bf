package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.app.run.QualityBook;
import org.regionaldoughnut.app.run.UpToDate;
import org.regionaldoughnut.app.run.Waiver;
import org.regionaldoughnut.app.run.Waivers;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.LeaseHandle;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.report.quality.BadRow;
import org.regionaldoughnut.report.quality.Finding;
import org.regionaldoughnut.report.quality.SourceQuality;
import org.regionaldoughnut.validate.Profile;
import org.regionaldoughnut.validate.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was judged, and who decides. */
@Command(
        name = "quality",
        synopsisSubcommandLabel = "ACTION",
        header = "Shows what rules found, profiles sources, suggests rules, and records waivers.",
        footer = {
            "",
            "Examples:",
            "  doughnut quality show                        the newest judgement of every source",
            "  doughnut quality show social --failed --rows 5",
            "  doughnut quality profile la-emissions",
            "  doughnut quality suggest la-emissions        rules to paste into the source's file",
            "  doughnut quality waive key-is-unique 3f9ac2 --reason \"Both lines are right, see letter of 3 May\" \\",
            "      --by \"A. Clerk\" --until 2027-03-31",
            "  doughnut quality pages                       the same for readers: quality/index.html"
        },
        subcommands = {
            QualityCommand.Show.class,
            QualityCommand.ProfileSource.class,
            QualityCommand.Suggest.class,
            QualityCommand.Waive.class,
            QualityCommand.Pages.class
        })
final class QualityCommand extends Verb {
    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "name an action: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    @Command(
            name = "show",
            header = "The newest judgement of every source, or of one, or what one run judged.",
            footer = {"", "Examples:", "  doughnut quality show", "  doughnut quality show social --failed --rows 5"})
    static final class Show extends Verb {
        @Parameters(
                arity = "0..1",
                paramLabel = "SOURCE|RUN",
                description = "A source or the id of a run (default: all).")
        String which;

        @Option(names = "--failed", description = "Only rules that do not hold.")
        boolean failed;

        @Option(names = "--rows", paramLabel = "N", description = "The first N rows that break each rule.")
        int rows;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                List<SourceQuality> sources = chosen(workplace);
                if (options().json) {
                    ArrayNode all = JsonLine.object().putArray("findings");
                    sources.forEach(source -> findings(source).forEach(finding -> all.add(object(finding))));
                    out().println(JsonLine.of(all));
                } else {
                    sources.forEach(this::print);
                }
                return ExitCode.DONE.code();
            }
        }

        private List<SourceQuality> chosen(Workplace workplace) {
            QualityBook book = new QualityBook(workplace.lake(), workplace.office());
            List<SourceQuality> newest = book.newest(rows);
            if (which == null) {
                return newest;
            }
            List<SourceQuality> named =
                    newest.stream().filter(s -> s.id().equals(which)).toList();
            if (!named.isEmpty()) {
                return named;
            }
            List<SourceQuality> ofRun = book.ofRun(which, rows);
            if (ofRun.isEmpty()) {
                List<String> known = newest.stream().map(SourceQuality::id).toList();
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot show '" + which + "': it is neither a source nor a run that judged anything."
                                + NearMiss.hint(which, known) + " Sources: " + String.join(", ", known) + ".");
            }
            return ofRun;
        }

        private List<Finding> findings(SourceQuality source) {
            return source.findings().stream()
                    .filter(finding -> !failed || !finding.passed())
                    .toList();
        }

        private void print(SourceQuality source) {
            List<Finding> findings = findings(source);
            if (failed && findings.isEmpty()) {
                return;
            }
            out().println(plain(source.id() + ": " + source.state() + ". "
                    + source.findings().size() + " rules, " + source.broken() + " broken, " + source.failingRows()
                    + " rows named; judged " + source.judged()));
            for (Finding finding : findings) {
                out().println(plain("  " + finding.verdict() + ": " + finding.rule() + " [" + finding.severity() + "] "
                        + finding.text()));
                if (!finding.message().isEmpty()) {
                    out().println(plain("      " + finding.message()));
                }
                if (!finding.passed()) {
                    out().println(plain("      Why: " + finding.why() + " Owner: " + finding.owner() + ". Batch: "
                            + finding.batch()));
                }
                finding.waiver().ifPresent(words -> out().println(plain("      " + words)));
                for (BadRow row : finding.rows()) {
                    out().println(plain("      " + row.file() + " line " + row.line() + " cell " + row.cell() + " '"
                            + row.received() + "': " + row.message() + " (" + row.fate() + ")"));
                }
            }
        }

        private ObjectNode object(Finding finding) {
            ObjectNode object = JsonLine.object()
                    .put("run", finding.run())
                    .put("source", finding.source())
                    .put("batch", finding.batch())
                    .put("rule", finding.rule())
                    .put("text", finding.text())
                    .put("severity", finding.severity())
                    .put("dimension", finding.dimension())
                    .put("outcome", finding.outcome())
                    .put("stops", finding.stops())
                    .put("observed", finding.observed().orElse(null))
                    .put("expected", finding.expected())
                    .put("message", finding.message())
                    .put("failing_rows", finding.failingRows())
                    .put("why", finding.why())
                    .put("owner", finding.owner())
                    .put("waiver", finding.waiver().orElse(null))
                    .put("evaluated", finding.evaluated());
            ArrayNode bad = object.putArray("rows");
            finding.rows().forEach(row -> bad.addObject()
                    .put("file", row.file())
                    .put("line", row.line())
                    .put("cell", row.cell())
                    .put("received", row.received())
                    .put("action", row.action())
                    .put("message", row.message()));
            return object;
        }

        /** What a publisher sent may hold codes that a terminal obeys. */
        private static String plain(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }
    }

    /** A question about the rows received from one source. */
    abstract static class OfSource extends Verb {
        @Parameters(paramLabel = "SOURCE", description = "A source whose files were ingested.")
        String id;

        Dataset<Row> rows(Workplace workplace) {
            Source source = source(workplace.office(), id);
            Dataset<Row> raw = workplace
                    .lake()
                    .read(Table.raw(source.id()))
                    .orElseThrow(() -> new DoughnutException(
                            ExitCode.USAGE,
                            "Cannot look at '" + id + "': nothing of it was ingested yet. Run 'doughnut ingest " + id
                                    + "' first."));
            List<String> columns = workplace.office().contracts().get(source.contract()).columnNames().stream()
                    .filter(List.of(raw.columns())::contains)
                    .toList();
            return raw.selectExpr(columns.stream().map(c -> "`" + c + "`").toArray(String[]::new));
        }
    }

    private static Source source(Office office, String id) {
        Source source = office.sources().get(id);
        if (source == null) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot find the source '" + id + "': the office " + office.id() + " has none of that name."
                            + NearMiss.hint(id, office.sources().keySet()));
        }
        return source;
    }

    @Command(
            name = "profile",
            header = "Completeness, distinct values, extremes and commonest values of each column received.",
            footer = {"", "Examples:", "  doughnut quality profile social", "  doughnut quality profile social --json"})
    static final class ProfileSource extends OfSource {
        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                List<Profile> profiles = Profile.of(rows(workplace));
                if (options().json) {
                    ArrayNode all = JsonLine.object().putArray("columns");
                    profiles.forEach(p -> all.add(object(p)));
                    out().println(JsonLine.of(all));
                    return ExitCode.DONE.code();
                }
                String form = "%-18s %-10s %9s %9s %14s %14s %14s  %s%n";
                out().printf(form, "column", "type", "complete", "distinct", "min", "max", "mean", "commonest");
                for (Profile p : profiles) {
                    out().printf(
                                    form,
                                    p.column(),
                                    p.type(),
                                    String.format(java.util.Locale.ROOT, "%.1f%%", 100 * p.completeness()),
                                    p.distinct(),
                                    text(p.min()),
                                    text(p.max()),
                                    text(p.mean()),
                                    Show.plain(String.join(", ", p.commonest())));
                }
                return ExitCode.DONE.code();
            }
        }

        private static ObjectNode object(Profile p) {
            ObjectNode object = JsonLine.object()
                    .put("column", p.column())
                    .put("type", p.type())
                    .put("completeness", p.completeness())
                    .put("distinct", p.distinct());
            p.min().ifPresent(v -> object.put("min", v));
            p.max().ifPresent(v -> object.put("max", v));
            p.mean().ifPresent(v -> object.put("mean", v));
            p.deviation().ifPresent(v -> object.put("standard_deviation", v));
            ArrayNode commonest = object.putArray("commonest");
            p.commonest().forEach(commonest::add);
            return object;
        }

        private static String text(java.util.OptionalDouble value) {
            return value.isPresent() ? String.format(java.util.Locale.ROOT, "%.6g", value.getAsDouble()) : "";
        }
    }

    @Command(
            name = "suggest",
            header = "Rules in DQDL that the rows received would meet, to paste into the file of the source.",
            footer = {
                "",
                "Examples:",
                "  doughnut quality suggest social",
                "  doughnut quality suggest social --contract"
            })
    static final class Suggest extends OfSource {
        @Option(names = "--contract", description = "In the form of a contract (ODCS) instead of a source's.")
        boolean contract;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                List<Suggestion> suggestions = Suggestion.of(rows(workplace));
                if (options().json) {
                    ArrayNode all = JsonLine.object().putArray("rules");
                    suggestions.forEach(s -> all.addObject()
                            .put("column", s.column())
                            .put("rule", s.rule())
                            .put("dimension", s.dimension())
                            .put("why", s.why()));
                    out().println(JsonLine.of(all));
                    return ExitCode.DONE.code();
                }
                err().println("Judge before you paste: the rules hold for what was received so far, wanted or not."
                        + " Say in 'why' what a failure would mean.");
                suggestions.forEach(s -> out().print(contract ? ofContract(s) : ofSource(s)));
                return ExitCode.DONE.code();
            }
        }

        private static String ofSource(Suggestion s) {
            return "  - rule: " + quoted(s.rule()) + "\n    severity: warning\n    dimension: " + s.dimension()
                    + "\n    why: " + quoted(s.why()) + "\n";
        }

        private static String ofContract(Suggestion s) {
            return "      - id: " + s.column().replace('_', '-') + "-" + s.dimension() + "\n        type: custom\n"
                    + "        engine: dqdl\n        implementation: " + quoted(s.rule())
                    + "\n        severity: warning\n        dimension: " + s.dimension() + "\n        description: "
                    + quoted(s.why()) + "\n";
        }

        private static String quoted(String text) {
            return "'" + Show.plain(text).replace("'", "''") + "'";
        }
    }

    @Command(
            name = "waive",
            header = "Records that a batch may go on although it breaks a rule, until a day.",
            description = {
                "",
                "The batch is judged again at the next run. The waiver is shown with the outcome and",
                "on the quality pages, and holds up to the end of its last day in the office's time zone."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut quality waive social-1 3f9ac2 --reason \"The thirteenth table is late\" --by \"A. Clerk\" \\",
                "      --until 2027-03-31"
            })
    static final class Waive extends Verb {
        @Parameters(index = "0", paramLabel = "RULE", description = "Id of the rule.")
        String rule;

        @Parameters(index = "1", paramLabel = "BATCH", description = "The batch, or its first six characters or more.")
        String batch;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why, for readers of the release.")
        String reason;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides.")
        String by;

        @Option(names = "--until", required = true, paramLabel = "DATE", description = "Last day it holds.")
        String until;

        @Override
        public Integer call() {
            LocalDate last = lastDay();
            if (reason.isBlank() || by.isBlank()) {
                throw usage("--reason or --by is empty. Say why and who, readers will see it.");
            }
            try (Workplace workplace = workplace()) {
                Office office = workplace.office();
                Waiver waiver = null;
                try (LeaseHandle lease = workplace.ledger().acquireLease("doughnut quality waive")) {
                    BatchRecord found = found(workplace);
                    known(office, office.sources().get(found.source()));
                    waiver = new Waiver(
                            rule,
                            found.source(),
                            found.batch(),
                            reason.strip(),
                            by.strip(),
                            doughnut().clock().instant().toString(),
                            last.toString());
                    if (!waiver.holds(doughnut().clock().instant(), office.timeZone())) {
                        throw usage("--until " + until + " is over already. Name a day to come.");
                    }
                    lease.verify();
                    new Waivers(workplace.ledger()).add(waiver);
                    UpToDate.forget(workplace.storage());
                }
                if (options().json) {
                    out().println(JsonLine.of(waiver));
                } else {
                    out().println("Rule " + rule + " is " + waiver.words() + ". It holds for batch " + waiver.batch()
                            + " of " + waiver.source() + ", which the next run judges again.");
                }
                return ExitCode.DONE.code();
            }
        }

        private LocalDate lastDay() {
            try {
                return LocalDate.parse(until);
            } catch (DateTimeParseException e) {
                throw usage("--until '" + until + "' is not a date such as 2027-03-31. Write it so.");
            }
        }

        private BatchRecord found(Workplace workplace) {
            List<BatchRecord> all = new ArrayList<>();
            workplace.office().sources().keySet().forEach(id -> workplace.ledger().batches(id).stream()
                    .filter(record -> batch.length() >= 6 && record.batch().startsWith(batch))
                    .forEach(all::add));
            List<BatchRecord> withRule = all.stream()
                    .filter(record -> ids(
                                    workplace.office(),
                                    workplace.office().sources().get(record.source()))
                            .contains(rule))
                    .toList();
            List<BatchRecord> found = withRule.isEmpty() ? all : withRule;
            if (found.size() != 1) {
                throw usage(
                        "the batch '" + batch + "' stands for " + found.size()
                                + " batches. Give at least six characters of one, as 'doughnut quality show --failed' says them.");
            }
            return found.get(0);
        }

        private static TreeSet<String> ids(Office office, Source source) {
            TreeSet<String> ids = new TreeSet<>();
            Stream.concat(office.contracts().get(source.contract()).rules().stream(), source.rules().stream())
                    .map(QualityRule::id)
                    .forEach(ids::add);
            return ids;
        }

        private void known(Office office, Source source) {
            TreeSet<String> ids = ids(office, source);
            if (!ids.contains(rule)) {
                throw usage("the source " + source.id() + " has no rule '" + rule + "'." + NearMiss.hint(rule, ids)
                        + " Its rules: " + String.join(", ", ids) + ".");
            }
        }

        private static DoughnutException usage(String why) {
            return new DoughnutException(ExitCode.USAGE, "Cannot record the waiver: " + why);
        }
    }

    @Command(
            name = "pages",
            header = "Writes the quality pages: an index, and a page for each source.",
            footer = {"", "Examples:", "  doughnut quality pages"})
    static final class Pages extends Verb {
        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                Path folder = new QualityBook(workplace.lake(), workplace.office())
                        .write(workplace.storage(), Optional.empty());
                if (options().json) {
                    out().println(JsonLine.of(JsonLine.object().put("folder", folder.toString())));
                } else {
                    out().println("Quality pages: " + folder.resolve("index.html"));
                }
                return ExitCode.DONE.code();
            }
        }
    }
}
