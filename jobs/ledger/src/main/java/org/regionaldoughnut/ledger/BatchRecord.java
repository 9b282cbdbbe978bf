package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One received file of one source. Times are UTC, to the microsecond.
 *
 * @param batch the hash of the file's bytes; with the source it names the batch
 * @param file where the file was found
 * @param bytes its length
 * @param modified when the file was last changed, when the file system says so
 * @param received when it was first seen
 * @param published when the publisher says it was published
 * @param lines lines of the file, or rows of the sheet
 * @param cells values found: kept and quarantined
 * @param quarantined values that could not be parsed
 * @param mappingHash of the source's mapping when the batch was parsed
 */
public record BatchRecord(
        String source,
        String batch,
        String file,
        long bytes,
        Optional<Instant> modified,
        Instant received,
        Optional<Instant> published,
        long lines,
        long cells,
        long quarantined,
        BatchState state,
        String mappingHash) {
    public BatchRecord {
        Checks.filled(source, "source");
        Checks.filled(batch, "batch");
        Checks.filled(file, "file");
        Checks.atLeastZero(bytes, "bytes");
        modified = Checks.kept(modified, "modified");
        received = Checks.kept(received, "received");
        published = Checks.kept(published, "published");
        Checks.atLeastZero(lines, "lines");
        Checks.atLeastZero(cells, "cells");
        Checks.atLeastZero(quarantined, "quarantined");
        requireNonNull(state, "state");
        requireNonNull(mappingHash, "mappingHash");
    }

    /** The moment this knowledge dates from: its publication when the source declares it, else its receipt. */
    public Instant vintage() {
        return published.orElse(received);
    }
}
