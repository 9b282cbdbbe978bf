package org.regionaldoughnut.ledger;

/** The ledger could not be opened, read or written, or refuses what it is asked. */
public class LedgerException extends RuntimeException {
    public LedgerException(String message) {
        super(message);
    }

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
