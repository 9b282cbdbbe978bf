package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** What lies at the sources now, by content, and what is known of it. */
final class Arrivals {
    private final Map<String, List<Receipt>> receipts = new TreeMap<>();
    private final Map<String, DoughnutException> failures = new LinkedHashMap<>();
    private final Map<String, List<BatchRecord>> known = new TreeMap<>();

    /** Hashes every file of the sources; one that is not there is remembered as a failure of its source. */
    Arrivals(Office office, Ledger ledger, long blockBytes) {
        for (Source source : office.sources().values()) {
            known.put(source.id(), ledger.batches(source.id()));
            try {
                receipts.put(source.id(), Receipt.of(source, blockBytes));
            } catch (DoughnutException e) {
                failures.put(source.id(), e);
            }
        }
    }

    private Arrivals() {}

    /** Nothing is looked for: what is there was received before. */
    static Arrivals none() {
        return new Arrivals();
    }

    List<Receipt> receipts(String source) {
        return receipts.getOrDefault(source, List.of());
    }

    Map<String, DoughnutException> failures() {
        return failures;
    }

    List<BatchRecord> known(String source) {
        return known.getOrDefault(source, List.of());
    }

    /** Hashes of all batches ever received and those that are there now: coming back adds nothing. */
    Set<String> batches(String source) {
        Set<String> batches = new java.util.TreeSet<>();
        known(source).forEach(batch -> batches.add(batch.batch()));
        receipts(source).forEach(receipt -> batches.add(receipt.batch()));
        return batches;
    }

    /** Files whose content is not known, or was read under another mapping. */
    List<Receipt> unread(String source, String mappingHash) {
        Set<String> read = new HashSet<>();
        known(source).stream()
                .filter(batch -> batch.mappingHash().equals(mappingHash))
                .forEach(batch -> read.add(batch.batch()));
        List<Receipt> unread = new ArrayList<>();
        for (Receipt receipt : receipts(source)) {
            if (read.add(receipt.batch())) {
                unread.add(receipt);
            }
        }
        return unread;
    }

    long bytes() {
        return receipts.values().stream()
                .flatMap(List::stream)
                .mapToLong(Receipt::bytes)
                .sum();
    }
}
