package org.regionaldoughnut.validate;

import java.time.Instant;
import java.util.Objects;

/**
 * A figure measured on one batch.
 *
 * @param entity Dataset, Column or Multicolumn
 * @param instance the column or columns; for a compliance the rule
 * @param name of the metric, with the rule's own condition where it has one
 */
public record Metric(
        String source,
        String contract,
        String batch,
        String entity,
        String instance,
        String name,
        double value,
        Instant evaluated) {
    public Metric {
        Objects.requireNonNull(source);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(entity);
        Objects.requireNonNull(instance);
        Objects.requireNonNull(name);
        Objects.requireNonNull(evaluated);
    }
}
