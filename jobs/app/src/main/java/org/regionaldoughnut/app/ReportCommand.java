package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.regionaldoughnut.app.run.Selection;
import org.regionaldoughnut.app.run.StepId;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.report.PageSettings;
import org.regionaldoughnut.report.Pages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pages for people: of the newest draft, of some regions into a folder, or delivered to those who wait for them. */
@Command(
        name = "report",
        header = "Writes the pages and PDFs of the newest draft and, where no approval is required, releases it.",
        description = {
            "",
            "With --to, writes pages of the latest release into a folder and leaves the release as it is.",
            "With --deliver, brings the latest release to the recipients of conf/<office>/reports: nothing is sent"
                    + " twice."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut report",
            "  doughnut report UKC UKD --to north",
            "  doughnut report --to pages-fr --language fr",
            "  doughnut report --deliver"
        })
final class ReportCommand extends Verb {
    @Parameters(paramLabel = "REGION", description = "Codes of regions (default: all). Needs --to.")
    List<String> regions = new ArrayList<>();

    @Option(names = "--to", paramLabel = "DIR", description = "Folder that gets html/ and pdf/.")
    Path to;

    @Option(names = "--language", paramLabel = "TAG", description = "Language of the pages, such as fr. Needs --to.")
    String language;

    @Option(names = "--deliver", description = "Delivers the latest release.")
    boolean deliver;

    @CommandLine.Mixin
    StepOptions steps = new StepOptions();

    @Override
    public Integer call() {
        if (deliver) {
            return deliver();
        }
        if (to != null) {
            return write();
        }
        if (!regions.isEmpty() || language != null) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot write pages of some regions or in another language into a release: it is one whole."
                            + " Name a folder for them with --to.");
        }
        return new Steps(this, steps).run(new Selection(StepId.REPORT, Set.of()));
    }

    private int write() {
        try (Workplace workplace = workplace()) {
            Releases.Release release = latest(workplace);
            PageSettings settings = PageSettings.of(workplace.office());
            Locale locale = language == null ? settings.locale() : Locale.forLanguageTag(language);
            Path folder = to.toAbsolutePath().normalize();
            int pages = Pages.write(
                    release.folder(),
                    workplace.office().catalogueInFrameworks(),
                    settings.with(Set.copyOf(regions)).in(folder, locale),
                    (done, of) -> {});
            if (options().json) {
                ObjectNode result = JsonLine.object();
                result.put("state", "done");
                result.put("release", release.id().toString());
                result.put("folder", folder.toString());
                result.put("pages", pages);
                out().println(JsonLine.of(result));
            } else {
                out().println(pages + " pages of " + release.id() + ": " + folder.resolve("html/index.html"));
            }
            return ExitCode.DONE.code();
        }
    }

    private int deliver() {
        try (Workplace workplace = workplace()) {
            Releases.Release release = latest(workplace);
            DeliveryLines lines = DeliveryLines.of(this, workplace, release);
            if (options().json) {
                ObjectNode result = JsonLine.object();
                result.put("state", lines.anyProblem() ? "failed" : "done");
                result.put("release", release.id().toString());
                lines.into(result);
                out().println(JsonLine.of(result));
            } else if (lines.outcomes().isEmpty()) {
                out().println("Nobody waits for " + release.id() + ": no file under reports/ names a recipient.");
            } else {
                lines.print(this);
            }
            return (lines.anyProblem() ? ExitCode.SOURCE_UNAVAILABLE : ExitCode.DONE).code();
        }
    }

    private static Releases.Release latest(Workplace workplace) {
        return new Releases(workplace.storage())
                .latest()
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFLICT, "Cannot find a release: none is published. Run 'doughnut run' first."));
    }
}
