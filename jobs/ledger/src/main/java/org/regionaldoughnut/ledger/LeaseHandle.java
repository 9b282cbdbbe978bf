package org.regionaldoughnut.ledger;

/** A lease while it is held: kept alive by a daemon thread until it is closed. */
public interface LeaseHandle extends AutoCloseable {
    /** The lease as it was acquired. */
    Lease lease();

    /**
     * Returns when the lease is still ours in the database: to be called before what must not be done by two.
     *
     * @throws LedgerException when another process has taken it over
     */
    void verify();

    /** Gives the lease back; a second call does nothing. */
    @Override
    void close();
}
