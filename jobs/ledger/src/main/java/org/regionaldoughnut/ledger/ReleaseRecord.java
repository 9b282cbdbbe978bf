package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One release. Times are UTC, to the microsecond.
 *
 * @param folder where it lies
 * @param contentHash of its tables' values
 * @param runId the run that built it
 * @param published empty until it is published
 * @param embargo not to be published before
 * @param approval empty until it is approved, and again when the approval is void
 * @param amends the release it is a new version of
 */
public record ReleaseRecord(
        String id,
        String office,
        ReleaseState state,
        String folder,
        String contentHash,
        String runId,
        Instant created,
        Optional<Instant> published,
        Optional<Instant> embargo,
        Optional<Approval> approval,
        Optional<String> amends) {
    public ReleaseRecord {
        Checks.filled(id, "release id");
        Checks.filled(office, "office");
        requireNonNull(state, "state");
        Checks.filled(folder, "folder");
        requireNonNull(contentHash, "contentHash");
        Checks.filled(runId, "run id");
        created = Checks.kept(created, "created");
        published = Checks.kept(published, "published");
        embargo = Checks.kept(embargo, "embargo");
        requireNonNull(approval, "approval");
        requireNonNull(amends, "amends");
    }

    /** A draft that nobody has approved. */
    public static ReleaseRecord draft(
            String id,
            String office,
            String folder,
            String contentHash,
            String runId,
            Instant created,
            Optional<Instant> embargo,
            Optional<String> amends) {
        return new ReleaseRecord(
                id,
                office,
                ReleaseState.DRAFT,
                folder,
                contentHash,
                runId,
                created,
                Optional.empty(),
                embargo,
                Optional.empty(),
                amends);
    }

    /** The same release, further on its way. */
    public ReleaseRecord in(ReleaseState next) {
        return new ReleaseRecord(
                id, office, next, folder, contentHash, runId, created, published, embargo, approval, amends);
    }

    /** Approved; whether it may be published at once depends on the embargo. */
    public ReleaseRecord approved(Approval word, Optional<Instant> until) {
        ReleaseState next =
                until.filter(word.at()::isBefore).isPresent() ? ReleaseState.EMBARGOED : ReleaseState.APPROVED;
        return new ReleaseRecord(
                id, office, next, folder, contentHash, runId, created, published, until, Optional.of(word), amends);
    }

    /** Back to a draft: what was approved is not there any more. */
    public ReleaseRecord withoutApproval() {
        return new ReleaseRecord(
                id,
                office,
                ReleaseState.DRAFT,
                folder,
                contentHash,
                runId,
                created,
                published,
                embargo,
                Optional.empty(),
                amends);
    }

    /** Before the readers, in another folder. */
    public ReleaseRecord published(String where, Instant when) {
        return new ReleaseRecord(
                id,
                office,
                ReleaseState.PUBLISHED,
                where,
                contentHash,
                runId,
                created,
                Optional.of(when),
                embargo,
                approval,
                amends);
    }

    /** Whether it has been before the readers. */
    public boolean isPublic() {
        return state == ReleaseState.PUBLISHED || state == ReleaseState.AMENDED;
    }
}
