package org.regionaldoughnut.ledger;

/** How far a release has come. */
public enum ReleaseState {
    /** Built, and free to change. */
    DRAFT,
    /** Approved as it is; may be published now. */
    APPROVED,
    /** Approved as it is; may be published when its embargo has ended. */
    EMBARGOED,
    /** Before the readers, and unchangeable. */
    PUBLISHED,
    /** Published, and replaced by a newer version. */
    AMENDED,
    /** Never published: a newer draft took its place. */
    DISCARDED
}
