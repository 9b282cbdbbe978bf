package org.regionaldoughnut.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A finished draft: complete, but nobody is pointed to it yet.
 *
 * @param folder {@code <storage>/drafts/<id>}
 * @param contentHash identity of the figures, whatever run computed them and however they are stored
 * @param embargo not to be published before
 * @param amends the release it is a new version of
 */
public record Draft(
        ReleaseId id,
        Path folder,
        List<ReleasedTable> tables,
        String contentHash,
        Optional<Instant> embargo,
        Optional<ReleaseId> amends) {
    public Draft {
        Objects.requireNonNull(id);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(contentHash);
        tables = List.copyOf(tables);
    }

    /** Rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(ReleasedTable::rows).sum();
    }
}
