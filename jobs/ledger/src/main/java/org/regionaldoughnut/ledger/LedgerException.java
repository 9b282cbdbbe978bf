package org.regionaldoughnut.ledger;

import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The ledger refuses what it is asked, or could not be opened, read or written: the latter may pass. */
public class LedgerException extends DoughnutException {
    private static final long serialVersionUID = 1L;

    /** What it refuses. */
    public LedgerException(String message) {
        super(ExitCode.CONFLICT, message);
    }

    /** What its database has thrown. */
    public LedgerException(String message, Throwable cause) {
        super(ExitCode.SOURCE_UNAVAILABLE, message, cause);
    }
}
