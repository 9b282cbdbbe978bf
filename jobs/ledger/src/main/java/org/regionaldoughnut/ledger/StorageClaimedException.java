package org.regionaldoughnut.ledger;

/** The storage serves another office. */
public final class StorageClaimedException extends LedgerException {
    StorageClaimedException(String asked, String served) {
        super("Cannot use this storage for office %s: it serves office %s. Give --storage a folder of its own."
                .formatted(asked, served));
    }
}
