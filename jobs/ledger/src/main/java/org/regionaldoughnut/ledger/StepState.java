package org.regionaldoughnut.ledger;

/** How far a step has come. */
public enum StepState {
    /** Begun and not ended; after a kill it stays so until a later run finds it. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Not needed: its inputs, its configuration and its code were those of an earlier success. */
    SKIPPED,
    /** Ended by a signal, or found unfinished by a later run. */
    INTERRUPTED
}
