package org.regionaldoughnut.report.delivery;

import java.util.Optional;
import org.regionaldoughnut.ledger.Ledger;

/** Remembers what was delivered, so that nothing is delivered twice. What it was told survives a kill. */
public interface DeliveryMemory {

    Optional<String> recall(String key);

    void remember(String key, String word);

    /** In the ledger's remembered words. */
    static DeliveryMemory in(Ledger ledger) {
        return new DeliveryMemory() {
            @Override
            public Optional<String> recall(String key) {
                return ledger.meta(key);
            }

            @Override
            public void remember(String key, String word) {
                ledger.putMeta(key, word);
            }
        };
    }
}
