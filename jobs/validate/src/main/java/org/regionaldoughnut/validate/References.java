package org.regionaldoughnut.validate;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What rules hold rows against, besides the rows themselves.
 *
 * @param codelists by name
 * @param ranges what the catalogue allows for the value of each indicator
 * @param release the latest release of the table that is judged, with its key and value columns; empty before the first
 * @param history metrics of earlier batches
 */
public record References(
        Codelists codelists, Map<String, Range> ranges, Optional<Dataset<Row>> release, History history) {
    public References {
        Objects.requireNonNull(codelists);
        Objects.requireNonNull(history);
        Objects.requireNonNull(release);
        ranges = Map.copyOf(ranges);
    }

    /** Limits, both included; a missing one does not limit. */
    public record Range(OptionalDouble min, OptionalDouble max) {}

    /** Nothing to hold rows against. */
    public static References none() {
        return of(Codelists.none());
    }

    public static References of(Codelists codelists) {
        return new References(codelists, Map.of(), Optional.empty(), History.none());
    }
}
