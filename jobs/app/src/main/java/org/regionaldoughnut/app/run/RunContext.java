package org.regionaldoughnut.app.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.office.Office;

/**
 * What every step of one run is given.
 *
 * @param asOf figures as they were known then; {@link Instant#MAX} for the current ones
 * @param recovering whether an earlier run was killed, so that tables may hold what the ledger does not know
 */
record RunContext(
        Office office,
        Ledger ledger,
        Lake lake,
        Path storage,
        Clock clock,
        Arrivals arrivals,
        Instant asOf,
        String run,
        boolean recovering,
        Fingerprints fingerprints) {}
