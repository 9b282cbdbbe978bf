package org.regionaldoughnut.ledger;

/** What is known about a batch: received, and then accepted or stopped by its quality rules. */
public enum BatchState {
    RECEIVED,
    ACCEPTED,
    STOPPED
}
