package org.regionaldoughnut.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.ledger.Approval;
import org.regionaldoughnut.ledger.ReleaseState;

/**
 * Where a release stands.
 *
 * @param approval what was said, if it still holds
 * @param voided whether there was an approval of other bytes than there are now
 * @param damaged files of a published release that are not as they were published
 * @param latest whether {@code latest.json} names it
 */
public record Standing(
        ReleaseId id,
        ReleaseState state,
        Path folder,
        Instant created,
        Optional<Instant> embargo,
        Optional<Approval> approval,
        boolean voided,
        Optional<Instant> published,
        Optional<String> amends,
        String contentHash,
        List<String> damaged,
        boolean latest) {
    public Standing {
        damaged = List.copyOf(damaged);
    }
}
