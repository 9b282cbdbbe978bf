package org.regionaldoughnut.app.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.ReleaseRecord;
import org.regionaldoughnut.ledger.ReleaseState;
import org.regionaldoughnut.ledger.RunRecord;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.ledger.StepRecord;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.publish.Dissemination;
import org.regionaldoughnut.publish.Draft;
import org.regionaldoughnut.publish.DraftRequest;
import org.regionaldoughnut.publish.Drafts;
import org.regionaldoughnut.publish.ReleaseId;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.report.PageSettings;
import org.regionaldoughnut.report.Pages;

/** Has the draft of a release built and its pages written, and lets it go as far as it may by itself. */
final class ReleaseRoom {
    private final RunContext today;
    private final Dissemination dissemination;

    ReleaseRoom(RunContext today) {
        this.today = today;
        this.dissemination = new Dissemination(today.office(), today.storage(), today.ledger(), today.clock());
    }

    StepEnd publish() {
        Draft draft = draft(Optional.empty(), Optional.empty());
        return StepEnd.succeeded(draft.rows(), draft.rows(), 0);
    }

    /** Builds and records a draft of the figures there are. */
    Draft draft(Optional<DraftRequest.Amendment> amends, Optional<Instant> embargo) {
        Office office = today.office();
        List<DraftRequest.Input> inputs = office.sources().values().stream()
                .flatMap(source -> today.ledger().batches(source.id()).stream()
                        .filter(batch -> batch.state() == BatchState.ACCEPTED)
                        .map(batch -> new DraftRequest.Input(source.id(), batch.batch())))
                .toList();
        Draft draft = new Drafts(today.lake(), today.storage(), today.clock())
                .build(new DraftRequest(
                        office,
                        today.run(),
                        inputs,
                        knownAt(),
                        program(),
                        amends,
                        embargo,
                        dissemination.kept(),
                        waivers(inputs)));
        dissemination.drafted(draft, today.run());
        return draft;
    }

    /** Those that let one of the batches pass, as they hold now. */
    private List<DraftRequest.Waiver> waivers(List<DraftRequest.Input> inputs) {
        return new Waivers(today.ledger())
                .holding(today.clock().instant(), today.office().timeZone()).stream()
                        .filter(waiver -> inputs.contains(new DraftRequest.Input(waiver.source(), waiver.batch())))
                        .map(waiver -> new DraftRequest.Waiver(
                                waiver.source(),
                                waiver.batch(),
                                waiver.rule(),
                                waiver.reason(),
                                waiver.by(),
                                waiver.granted(),
                                waiver.until()))
                        .toList();
    }

    /** The day the figures were computed as of, whatever this run was asked for: it may not have computed them. */
    private Optional<LocalDate> knownAt() {
        return today.ledger()
                .latestStep(StepId.INDICATORS, Planner.ALL)
                .map(StepRecord::runId)
                .flatMap(today.ledger()::run)
                .flatMap(RunRecord::asOf)
                .map(end -> end.minusNanos(1).atZone(today.office().timeZone()).toLocalDate());
    }

    /** The program whose figures these are, room by room. */
    private Map<String, String> program() {
        Map<String, String> program = new HashMap<>();
        for (String step :
                List.of(StepId.INGEST, StepId.VALIDATE, StepId.HARMONISE, StepId.INDICATORS, StepId.PUBLISH)) {
            program.put(step, today.fingerprints().of(step));
        }
        return program;
    }

    /** Loads what pages are made with while others compute the figures. */
    void prepare() {
        try {
            Pages.prepare(PageSettings.of(today.office()));
        } catch (RuntimeException e) {
            // writing the pages meets the same, and says so
        }
    }

    /** Renders the newest draft and, where nobody has to approve it and no embargo holds it, makes it the release. */
    StepEnd report(Set<String> regions) {
        ReleaseRecord draft = today.ledger()
                .latestRelease(ReleaseState.DRAFT)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot write the pages: there is no draft. Build one with 'doughnut publish'."));
        ReleaseId id = ReleaseId.parse(draft.id()).orElseThrow();
        boolean moved = Files.isDirectory(new Releases(today.storage()).releaseFolder(id));
        int pages = moved ? 0 : pages(Path.of(draft.folder()), regions);
        if (draft.amends().isEmpty()) {
            dissemination.finished(id);
        }
        return StepEnd.succeeded(pages, pages, 0);
    }

    /** @param regions regions to write pages of; empty for all */
    int pages(Path draft, Set<String> regions) {
        PageSettings settings = PageSettings.of(today.office()).with(regions);
        return Pages.write(draft, today.office().catalogueInFrameworks(), settings, (done, of) -> {});
    }
}
