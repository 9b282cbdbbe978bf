package org.regionaldoughnut.ledger;

/** Another process writes to this storage; try again when it has ended. */
public final class LeaseHeldException extends LedgerException {
    private final transient Lease lease;

    LeaseHeldException(Lease lease) {
        super("Cannot write to this storage: %s on %s (process %d) has been writing since %s. Wait for it to end."
                .formatted(lease.holder(), lease.host(), lease.pid(), lease.acquired()));
        this.lease = lease;
    }

    /** Who holds it. */
    public Lease lease() {
        return lease;
    }
}
