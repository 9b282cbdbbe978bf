package org.regionaldoughnut.app.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.ingest.IngestResult;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Source;

/** Hands new files to the room of ingest and records their batches. */
final class IngestRoom {
    private final RunContext today;

    IngestRoom(RunContext today) {
        this.today = today;
    }

    StepEnd ingest(String id, long step) {
        DoughnutException absent = today.arrivals().failures().get(id);
        if (absent != null) {
            throw absent;
        }
        Source source = today.office().sources().get(id);
        String mapping = Hash.of(List.of(source.hash(), today.fingerprints().of(StepId.INGEST)));
        List<Receipt> unread = today.arrivals().unread(id, mapping);
        if (unread.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        Set<String> known = new java.util.HashSet<>();
        today.arrivals().known(id).forEach(batch -> known.add(batch.batch()));
        boolean reread = today.recovering() && today.lake().exists(Table.raw(id))
                || unread.stream().anyMatch(receipt -> known.contains(receipt.batch()));
        IngestResult result = new Ingest(today.lake())
                .read(
                        source,
                        today.office().contracts().get(source.contract()),
                        unread,
                        reread,
                        today.run(),
                        Write.of(StepId.INGEST, id, step));
        for (IngestResult.BatchCount batch : result.batches()) {
            today.ledger()
                    .recordBatch(new BatchRecord(
                            id,
                            batch.batch(),
                            batch.file(),
                            batch.bytes(),
                            Optional.empty(),
                            today.clock().instant(),
                            source.published().map(this::instant),
                            0,
                            batch.cellsIn(),
                            batch.quarantined(),
                            BatchState.RECEIVED,
                            mapping));
        }
        return StepEnd.succeeded(result.cellsIn(), result.kept(), result.quarantined())
                .committedTo("raw." + id, result.deltaVersion());
    }

    private Instant instant(String published) {
        try {
            return published.length() <= 10
                    ? LocalDate.parse(published)
                            .atStartOfDay(today.office().timeZone())
                            .toInstant()
                    : OffsetDateTime.parse(published).toInstant();
        } catch (DateTimeParseException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot read the publication date '" + published
                            + "': it is neither a date nor an instant. Write 2020-10-15 or 2020-10-15T09:30:00Z.");
        }
    }
}
