package org.regionaldoughnut.schedule.store;

import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The database could not be opened, read or written: for now, it may come back. */
public final class StoreException extends DoughnutException {
    StoreException(String message, Throwable cause) {
        super(ExitCode.SOURCE_UNAVAILABLE, message, cause);
    }
}
