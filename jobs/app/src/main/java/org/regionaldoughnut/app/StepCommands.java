package org.regionaldoughnut.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.regionaldoughnut.app.run.Selection;
import org.regionaldoughnut.app.run.StepId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One verb for each room. Each does what is due in its room and nothing after it. */
final class StepCommands {
    private StepCommands() {}

    private abstract static class Room extends Verb {
        @CommandLine.Mixin
        StepOptions steps = new StepOptions();

        abstract Selection selection();

        @Override
        public Integer call() {
            return new Steps(this, steps).run(selection());
        }
    }

    @Command(
            name = "ingest",
            header = "Parses what was received and keeps it: raw.<source>, quarantine.<source>.",
            footer = {"", "Examples:", "  doughnut ingest", "  doughnut ingest la-emissions hmrc-rts-t1"})
    static final class Ingest extends Room {
        @Parameters(paramLabel = "SOURCE", description = "Sources (default: all).")
        List<String> sources = new ArrayList<>();

        @Override
        Selection selection() {
            return new Selection(StepId.INGEST, Set.copyOf(sources));
        }
    }

    @Command(
            name = "validate",
            header = "Gates received batches by the rules of their contracts: quality.*, quarantine.*.",
            footer = {
                "",
                "Examples:",
                "  doughnut validate",
                "  doughnut validate la-emissions",
                "  doughnut validate trade"
            })
    static final class Validate extends Room {
        @Parameters(
                paramLabel = "SOURCE",
                description = "Sources or contracts (default: all). The contract of a source is judged in one pass.")
        List<String> sources = new ArrayList<>();

        @Override
        Selection selection() {
            return new Selection(StepId.VALIDATE, Set.copyOf(sources));
        }
    }

    @Command(
            name = "harmonise",
            header = "Puts accepted batches into the office's codes, regions and units: harmonised.*.",
            footer = {"", "Examples:", "  doughnut harmonise", "  doughnut harmonise regions trade"})
    static final class Harmonise extends Room {
        @Parameters(paramLabel = "TABLE", description = "Tables (default: all and the control totals).")
        List<String> tables = new ArrayList<>();

        @Override
        Selection selection() {
            return new Selection(StepId.HARMONISE, Set.copyOf(tables));
        }
    }

    @Command(
            name = "indicators",
            header = "Computes the catalogue: statistics.indicators, statistics.doughnut.",
            subcommands = {
                CatalogueCommands.ListAll.class,
                CatalogueCommands.Show.class,
                CatalogueCommands.Explain.class,
                CatalogueCommands.Assets.class
            },
            footer = {
                "",
                "Examples:",
                "  doughnut indicators",
                "  doughnut indicators --as-of 2021-03-31",
                "  doughnut indicators co2-per-person unemployment"
            })
    static final class Indicators extends Room {
        @Parameters(
                paramLabel = "ID",
                description = {
                    "Indicators to compute anew, with those they are made of (default: what is due).",
                    "The others stay as they are, and what was due stays due."
                })
        List<String> ids = new ArrayList<>();

        @Override
        Selection selection() {
            return new Selection(StepId.INDICATORS, Set.copyOf(ids));
        }
    }

    @Command(
            name = "publish",
            header = "Builds the draft of a release: Parquet, CSV and their description.",
            footer = {"", "Examples:", "  doughnut publish"})
    static final class Publish extends Room {
        @Override
        Selection selection() {
            return new Selection(StepId.PUBLISH, Set.of());
        }
    }
}
