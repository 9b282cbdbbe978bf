package org.regionaldoughnut.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells a pool which of its connections lead nowhere any more. The process that served an embedded database may have been
 * killed; the driver says so in codes of its own, and a pool that is asked often would hand such a connection out again
 * and again, because it looks only at those that have rested.
 */
public final class GoneDatabase implements SQLExceptionOverride {
    /** Of H2: object closed, connection broken, database called at shutdown, database closed. */
    private static final Set<Integer> GONE = Set.of(90007, 90067, 90098, 90121);

    @java.lang.Override
    public Override adjudicate(SQLException error) {
        return GONE.contains(error.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
