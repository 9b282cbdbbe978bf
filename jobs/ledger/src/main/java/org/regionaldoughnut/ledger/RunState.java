package org.regionaldoughnut.ledger;

/** How far a run has come. */
public enum RunState {
    /** Begun and not ended; after a kill it stays so until a later run finds it. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Ended by a signal, or found unfinished by a later run. */
    INTERRUPTED
}
