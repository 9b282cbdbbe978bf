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
 */
public record ReleaseRecord(
        String id,
        String office,
        ReleaseState state,
        String folder,
        String contentHash,
        String runId,
        Instant created,
        Optional<Instant> published) {
    public ReleaseRecord {
        Checks.filled(id, "release id");
        Checks.filled(office, "office");
        requireNonNull(state, "state");
        Checks.filled(folder, "folder");
        requireNonNull(contentHash, "contentHash");
        Checks.filled(runId, "run id");
        created = Checks.kept(created, "created");
        published = Checks.kept(published, "published");
    }
}
