package org.regionaldoughnut.app;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.regionaldoughnut.app.catalogue.AssetsMap;
import org.regionaldoughnut.app.catalogue.Definition;
import org.regionaldoughnut.app.catalogue.ExplanationText;
import org.regionaldoughnut.app.catalogue.Listing;
import org.regionaldoughnut.app.catalogue.Outline;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.app.query.Printer;
import org.regionaldoughnut.app.query.ReleaseQuery;
import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.indicators.Explainer;
import org.regionaldoughnut.indicators.Explanation;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Office;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the catalogue holds, and how its figures came about. Nothing is changed. */
final class CatalogueCommands {
    private CatalogueCommands() {}

    @Command(
            name = "list",
            header = "Lists the indicators of the catalogue and the sources that feed them in this office.",
            description = {
                "",
                "A star behind a slot marks a headline, which counts in the ring. Where the office has no source, the",
                "column source says which series is wanted."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut indicators list",
                "  doughnut indicators list --framework doughnut --ring ecological",
                "  doughnut indicators list --framework eight-capitals --dimension natural --level micro",
                "  doughnut --office uk --set data=../shared/data indicators list --missing --json"
            })
    static final class ListAll extends Verb {
        @Option(names = "--framework", paramLabel = "ID", description = "Only those with a slot in the framework.")
        String framework;

        @Option(names = "--ring", paramLabel = "ID", description = "Only those with a slot in the ring.")
        String ring;

        @Option(names = "--dimension", paramLabel = "ID", description = "Only those with a slot in the dimension.")
        String dimension;

        @Option(names = "--level", paramLabel = "LEVEL", description = "Only those of the level: micro, meso, macro.")
        String level;

        @Option(names = "--missing", description = "Only those the office has no source for.")
        boolean missing;

        @Option(names = "--csv", description = "Comma-separated text with a header.")
        boolean csv;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                Answer answer = new Listing(workplace.office())
                        .rows(new Listing.Filter(
                                Optional.ofNullable(framework),
                                Optional.ofNullable(ring),
                                Optional.ofNullable(dimension),
                                Optional.ofNullable(level),
                                missing));
                if (options().json) {
                    Printer.json(answer, out());
                } else if (csv) {
                    Printer.csv(answer, out());
                } else {
                    Printer.table(answer, out());
                    out().println(answer.rows().size() + " indicators");
                }
                return ExitCode.DONE.code();
            }
        }
    }

    @Command(
            name = "show",
            header = "Shows how an indicator is defined: formula, sources, floors and ceilings, references.",
            footer = {
                "",
                "Examples:",
                "  doughnut indicators show co2-per-person",
                "  doughnut indicators show circular-material-use-rate --json"
            })
    static final class Show extends Verb {
        @Parameters(paramLabel = "ID", description = "Indicator.")
        String id;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                Office office = workplace.office();
                var definition = new Definition(office).of(Listing.indicator(office, id, "show the indicator"));
                if (options().json) {
                    out().println(JsonLine.of(definition));
                } else {
                    new Outline(out()).print(definition);
                }
                return ExitCode.DONE.code();
            }
        }
    }

    @Command(
            name = "explain",
            header = "Explains a figure: the formula with its numbers, and the received rows behind each term.",
            description = {
                "",
                "Terms are read anew from the lake. Where a term is summed over regions, the regions are listed, and",
                "the received rows with the greatest figures: file, line, cell, text, batch."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut indicators explain co2-per-person --region UKC --period 2019",
                "  doughnut indicators explain import-partner-concentration --region UKN --rows 20",
                "  doughnut indicators explain co2-per-person --region UKC --as-of 2021-03-31",
                "  doughnut indicators explain gender-pay-gap --region UKI --json"
            })
    static final class Explain extends Verb {
        @Parameters(paramLabel = "ID", description = "Indicator.")
        String id;

        @Option(names = "--region", paramLabel = "CODE", required = true, description = "Region, by its code.")
        String region;

        @Option(
                names = "--period",
                paramLabel = "PERIOD",
                description = "Period or year (default: the newest that has a figure).")
        String period;

        @Option(
                names = "--breakdown",
                paramLabel = "DIM=CODE",
                description = "Breakdown (default: _T, the figure itself).")
        String breakdown = "_T";

        @Option(
                names = "--rows",
                paramLabel = "N",
                description = "How many regions and received rows are shown for each term (default: 5).")
        int rows = 5;

        @Option(
                names = "--as-of",
                paramLabel = "DATE",
                description = "The figure as it was known at the end of that day in the office's time zone.")
        LocalDate asOf;

        @Override
        public Integer call() {
            if (rows < 0) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--rows is " + rows + ", below 0");
            }
            try (Workplace workplace = workplace()) {
                Office office = workplace.office();
                Indicator indicator = Listing.indicator(office, id, "explain the indicator");
                Lake lake = workplace.lake();
                Instant then = Optional.ofNullable(asOf).map(office::endOf).orElse(Instant.MAX);
                Explanation explanation = new Explainer(lake, office, Regions.tree(lake), then)
                        .explain(indicator, region, Optional.ofNullable(period), breakdown, rows);
                ExplanationText text = new ExplanationText(office, explanation, rows);
                if (options().json) {
                    out().println(JsonLine.of(text.tree()));
                } else {
                    text.print(out());
                }
                return ExitCode.DONE.code();
            }
        }
    }

    @Command(
            name = "assets",
            header = "Maps the eight capitals of a region: what is there, what is missing, beside peers and its past.",
            description = {
                "",
                "Reads the latest release. Peers are the regions of the same level. The past is the newest figure at least",
                "five years older, else the oldest. The same rows are in the view assets of 'doughnut query'."
            },
            footer = {
                "",
                "Examples:",
                "  doughnut indicators assets --region UKC",
                "  doughnut indicators assets --region UKC --there",
                "  doughnut query \"select capital, count(*) from assets where region = 'UKC' and there group by 1\""
            })
    static final class Assets extends Verb {
        @Option(names = "--region", paramLabel = "CODE", required = true, description = "Region, by its code.")
        String region;

        @Option(names = "--year", paramLabel = "YEAR", description = "Year of the map (default: the newest).")
        Integer year;

        @Option(names = "--there", description = "Only what is there; what is missing is counted.")
        boolean there;

        @Option(names = "--csv", description = "Comma-separated text with a header.")
        boolean csv;

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                AssetsMap map = AssetsMap.of(
                        new ReleaseQuery(workplace.storage()), workplace.office(), region, Optional.ofNullable(year));
                Answer answer = map.rows(there);
                if (options().json) {
                    Printer.json(answer, out());
                } else if (csv) {
                    Printer.csv(answer, out());
                } else {
                    Printer.table(answer, out());
                    map.summary().forEach(out()::println);
                }
                return ExitCode.DONE.code();
            }
        }
    }
}
