package org.regionaldoughnut.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a run when it begins.
 *
 * @param id chosen by the caller, unique in the ledger
 * @param logicalDate the date the run stands for, when it was scheduled or asked for
 * @param asOf the moment whose knowledge the run uses, when it is not now
 */
public record RunStart(
        String id, String office, String pipeline, Optional<Instant> logicalDate, Optional<Instant> asOf) {
    public RunStart {
        Checks.filled(id, "run id");
        Checks.filled(office, "office");
        Checks.filled(pipeline, "pipeline");
        logicalDate = Checks.kept(requireNonNull(logicalDate, "logicalDate"), "logicalDate");
        asOf = Checks.kept(requireNonNull(asOf, "asOf"), "asOf");
    }

    /** A run that stands for no date but its own and knows what is known now. */
    public static RunStart of(String id, String office, String pipeline) {
        return new RunStart(id, office, pipeline, Optional.empty(), Optional.empty());
    }
}
