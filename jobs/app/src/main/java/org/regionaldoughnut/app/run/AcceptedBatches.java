package org.regionaldoughnut.app.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.harmonise.AcceptedBatch;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.office.Source;

/** The batches of a source that passed the gate, in order of receipt, each with the vintage of its figures. */
public final class AcceptedBatches {
    private AcceptedBatches() {}

    public static List<AcceptedBatch> of(Source source, Ledger ledger) {
        List<AcceptedBatch> accepted = new ArrayList<>();
        boolean glob = Source.isPattern(source.path());
        Map<String, Instant> latest = new TreeMap<>();
        for (BatchRecord batch : ledger.batches(source.id())) {
            if (batch.state() == BatchState.ACCEPTED) {
                String part = glob ? batch.file() : "";
                Instant before = latest.get(part);
                // a publication date left as it was for a newer file says nothing: then receipt counts
                Instant vintage = before == null || batch.vintage().isAfter(before)
                        ? batch.vintage()
                        : batch.received().isAfter(before) ? batch.received() : before.plusSeconds(1);
                latest.put(part, vintage);
                accepted.add(new AcceptedBatch(source.id(), batch.batch(), part, vintage, batch.mappingHash()));
            }
        }
        return accepted;
    }
}
