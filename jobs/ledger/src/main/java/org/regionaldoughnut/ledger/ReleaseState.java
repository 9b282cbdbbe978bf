package org.regionaldoughnut.ledger;

/** How far a release has come. */
public enum ReleaseState {
    DRAFT,
    APPROVED,
    PUBLISHED
}
