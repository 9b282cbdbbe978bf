package org.regionaldoughnut.harmonise;

import java.time.Instant;
import java.util.Objects;

/**
 * A batch that passed the gate.
 *
 * @param part which of a source's files it is an edition of; editions of one part follow each other
 * @param vintage when its figures became known
 * @param reading identity of the mapping it was read under
 */
public record AcceptedBatch(String source, String batch, String part, Instant vintage, String reading) {
    public AcceptedBatch {
        Objects.requireNonNull(source);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(part);
        Objects.requireNonNull(vintage);
        Objects.requireNonNull(reading);
    }
}
