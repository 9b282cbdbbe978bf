package org.regionaldoughnut.app.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.ReleaseRecord;
import org.regionaldoughnut.ledger.ReleaseState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.publish.Draft;
import org.regionaldoughnut.publish.DraftRequest;
import org.regionaldoughnut.publish.Drafts;
import org.regionaldoughnut.publish.ReleaseId;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.report.PageSettings;
import org.regionaldoughnut.report.Pages;

/** Has the draft of a release built and its pages written, and where no approval is required, releases it. */
final class ReleaseRoom {
    private final RunContext today;

    ReleaseRoom(RunContext today) {
        this.today = today;
    }

    StepEnd publish() {
        List<DraftRequest.Input> inputs = today.office().sources().values().stream()
                .flatMap(source -> today.ledger().batches(source.id()).stream()
                        .filter(batch -> batch.state() == BatchState.ACCEPTED)
                        .map(batch -> new DraftRequest.Input(source.id(), batch.batch())))
                .toList();
        Draft draft = new Drafts(today.lake(), today.storage(), today.clock())
                .build(new DraftRequest(today.office(), today.run(), inputs));
        today.ledger()
                .recordRelease(new ReleaseRecord(
                        draft.id().toString(),
                        today.office().id(),
                        ReleaseState.DRAFT,
                        draft.folder().toString(),
                        draft.contentHash(),
                        today.run(),
                        today.clock().instant(),
                        Optional.empty()));
        return StepEnd.succeeded(draft.rows(), draft.rows(), 0);
    }

    /** Renders the newest draft and, where no approval is required, makes it the release. */
    StepEnd report(Set<String> regions) {
        ReleaseRecord draft = today.ledger()
                .latestRelease(ReleaseState.DRAFT)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot write the pages: there is no draft. Build one with 'doughnut publish'."));
        PageSettings settings = PageSettings.of(today.office()).with(regions);
        int pages = Pages.write(Path.of(draft.folder()), today.office().catalogue(), settings, (done, of) -> {});
        if (!today.office().approvalRequired()) {
            Releases.Release release = new Releases(today.storage())
                    .promote(ReleaseId.parse(draft.id()).orElseThrow());
            today.ledger()
                    .recordRelease(new ReleaseRecord(
                            draft.id(),
                            today.office().id(),
                            ReleaseState.PUBLISHED,
                            release.folder().toString(),
                            draft.contentHash(),
                            draft.runId(),
                            draft.created(),
                            Optional.of(today.clock().instant())));
        }
        return StepEnd.succeeded(pages, pages, 0);
    }
}
