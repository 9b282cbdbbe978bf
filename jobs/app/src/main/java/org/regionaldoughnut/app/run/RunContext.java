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
 * @param continued whether there may be rows of this run's id already, since it was killed or is called again
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
        boolean continued,
        Fingerprints fingerprints) {}
