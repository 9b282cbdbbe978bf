package org.regionaldoughnut.publish;

import java.util.List;
import java.util.Objects;
import org.regionaldoughnut.office.Office;

/**
 * What a draft is to be built of.
 *
 * @param run the run that computed the statistics
 * @param inputs the accepted batches behind them, in the order they are to be named
 */
public record DraftRequest(Office office, String run, List<Input> inputs) {
    public DraftRequest {
        Objects.requireNonNull(office);
        Objects.requireNonNull(run);
        inputs = List.copyOf(inputs);
        for (Input input : inputs) {
            if (!office.sources().containsKey(input.source())) {
                throw new IllegalArgumentException("the office " + office.id() + " has no source " + input.source());
            }
        }
    }

    /** One batch of one source of the office. */
    public record Input(String source, String batch) {
        public Input {
            Objects.requireNonNull(source);
            Objects.requireNonNull(batch);
        }
    }
}
