package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.regionaldoughnut.app.run.AcceptedBatches;
import org.regionaldoughnut.harmonise.AcceptedBatch;
import org.regionaldoughnut.harmonise.Comparison;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        header = "Lists what changed in a source between two editions: new, revised, unchanged, withdrawn.",
        description = {
            "",
            "An edition is told by its number (1 is the first), by the beginning of its batch, or by a date or time:",
            "then it is what was known at the end of that day. Without editions, the last two are compared. Figures",
            "are compared in the office's codes and units, so that renamed columns and respelled regions are no change."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut --office uk diff la-emissions",
            "  doughnut --office uk diff ons-sdg-8-3-1 1 2 --list 20",
            "  doughnut --office uk diff ons-sdg-8-3-1 2020-12-31 2023-12-31 --json"
        })
final class DiffCommand extends Verb {
    private static final int SHORTEST_BATCH = 4;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The source.")
    String source;

    @Parameters(index = "1", arity = "0..1", paramLabel = "V1", description = "The earlier edition.")
    String earlier;

    @Parameters(index = "2", arity = "0..1", paramLabel = "V2", description = "The later edition.")
    String later;

    @Option(
            names = "--list",
            paramLabel = "N",
            description = "So many of the largest revisions are listed (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    int list;

    @Override
    public Integer call() {
        try (Workplace workplace = workplace()) {
            Source of = workplace.office().sources().get(source);
            if (of == null) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot compare editions of '" + source + "': the office "
                                + workplace.office().id()
                                + " has no such source."
                                + NearMiss.hint(
                                        source, workplace.office().sources().keySet())
                                + " See 'doughnut source list'.");
            }
            List<AcceptedBatch> editions = AcceptedBatches.of(of, workplace.ledger());
            if (editions.isEmpty()) {
                throw new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot compare editions of '" + source
                                + "': none has been accepted yet. Run 'doughnut harmonise' first.");
            }
            Instant from = moment(workplace, editions, earlier, Math.max(1, editions.size() - 1));
            Instant to = moment(workplace, editions, later, editions.size());
            Comparison.Difference difference = new Comparison(workplace.lake())
                    .between(workplace.office().contracts().get(of.contract()), source, from, to, list);
            if (options().json) {
                out().println(JsonLine.of(object(from, to, difference)));
            } else {
                show(from, to, difference);
            }
            return ExitCode.DONE.code();
        }
    }

    private Instant moment(Workplace workplace, List<AcceptedBatch> editions, String given, int otherwise) {
        if (given == null) {
            return editions.get(otherwise - 1).vintage();
        }
        if (given.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(given);
            if (number >= 1 && number <= editions.size()) {
                return editions.get(number - 1).vintage();
            }
            throw unknown(given, editions);
        }
        try {
            return given.length() <= 10 && given.contains("-")
                    ? workplace.office().endOf(LocalDate.parse(given)).minusNanos(1000)
                    : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            return editions.stream()
                    .filter(edition -> given.length() >= SHORTEST_BATCH
                            && edition.batch().startsWith(given.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .map(AcceptedBatch::vintage)
                    .orElseThrow(() -> unknown(given, editions));
        }
    }

    private DoughnutException unknown(String given, List<AcceptedBatch> editions) {
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < editions.size(); i++) {
            known.append(i == 0 ? "" : ", ")
                    .append(i + 1)
                    .append(" (")
                    .append(
                            editions.get(i).batch(),
                            0,
                            Math.min(8, editions.get(i).batch().length()))
                    .append(", ")
                    .append(editions.get(i).vintage())
                    .append(")");
        }
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot tell the edition '" + given + "' of " + source
                        + ": it is neither a number, a date, nor the beginning of a batch. Editions are: " + known
                        + ".");
    }

    private void show(Instant from, Instant to, Comparison.Difference d) {
        PrintWriter out = out();
        out.println(
                source + ": " + from + " (" + d.before() + " figures) against " + to + " (" + d.after() + " figures)");
        line(out, "new", d.added(), d.after(), "of the later");
        line(out, "revised", d.revised(), d.before(), "of the earlier");
        line(out, "restated", d.restated(), d.before(), "of the earlier: same value, other status or limits");
        line(out, "unchanged", d.unchanged(), d.before(), "of the earlier");
        line(out, "withdrawn", d.withdrawn(), d.before(), "of the earlier");
        d.sizes()
                .ifPresent(sizes -> out.printf(
                        Locale.ROOT,
                        "Revisions: mean %+.6g, mean of sizes %.6g, median %.6g%s, largest %.6g%n",
                        sizes.mean(),
                        sizes.meanAbsolute(),
                        sizes.median(),
                        sizes.medianPercent()
                                .map(p -> String.format(Locale.ROOT, " (%.3g %%)", p))
                                .orElse(""),
                        sizes.largest()));
        for (Comparison.Change change : d.largest()) {
            out.println("  " + String.join(" ", change.key().values()) + ": "
                    + change.before().map(Object::toString).orElse("missing") + " -> "
                    + change.after().map(Object::toString).orElse("missing"));
        }
        out.flush();
    }

    private static void line(PrintWriter out, String kind, long n, long of, String ofWhat) {
        out.printf(Locale.ROOT, "%-10s %9d  %5.1f %% %s%n", kind, n, share(n, of), ofWhat);
    }

    private static double share(long n, long of) {
        return of == 0 ? 0 : 100.0 * n / of;
    }

    private ObjectNode object(Instant from, Instant to, Comparison.Difference d) {
        ObjectNode object = JsonLine.object();
        object.put("source", source);
        object.putObject("earlier").put("known_at", from.toString()).put("figures", d.before());
        object.putObject("later").put("known_at", to.toString()).put("figures", d.after());
        count(object, "new", d.added(), d.after());
        count(object, "revised", d.revised(), d.before());
        count(object, "restated", d.restated(), d.before());
        count(object, "unchanged", d.unchanged(), d.before());
        count(object, "withdrawn", d.withdrawn(), d.before());
        d.sizes().ifPresent(sizes -> {
            ObjectNode node = object.putObject("revisions");
            node.put("mean", sizes.mean());
            node.put("mean_absolute", sizes.meanAbsolute());
            node.put("median_absolute", sizes.median());
            node.put("largest_absolute", sizes.largest());
            sizes.medianPercent().ifPresent(p -> node.put("median_absolute_percent", p));
        });
        var largest = object.putArray("largest");
        for (Comparison.Change change : d.largest()) {
            ObjectNode node = largest.addObject();
            change.key().forEach(node::put);
            node.put("before", change.before().orElse(null));
            node.put("after", change.after().orElse(null));
        }
        return object;
    }

    private static void count(ObjectNode object, String kind, long n, long of) {
        object.putObject(kind).put("figures", n).put("percent", share(n, of));
    }
}
