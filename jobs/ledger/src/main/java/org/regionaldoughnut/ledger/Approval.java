package org.regionaldoughnut.ledger;

import java.time.Instant;

/**
 * Someone's word that a draft may be published as it is.
 *
 * @param by who approved
 * @param at when, UTC
 * @param note what they said about it; may be empty
 * @param hash identity of the bytes that were approved: of others nothing was said
 */
public record Approval(String by, Instant at, String note, String hash) {
    public Approval {
        Checks.filled(by, "approver");
        at = Checks.kept(at, "approved");
        java.util.Objects.requireNonNull(note, "note");
        Checks.filled(hash, "approved hash");
    }
}
