package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.harmonise.AcceptedBatch;
import org.regionaldoughnut.harmonise.Controls;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.harmonise.HarmoniseResult;
import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.indicators.Indicators;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.ingest.IngestResult;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.ReleaseRecord;
import org.regionaldoughnut.ledger.ReleaseState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Control;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.publish.Draft;
import org.regionaldoughnut.publish.DraftRequest;
import org.regionaldoughnut.publish.Drafts;
import org.regionaldoughnut.publish.ReleaseId;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.report.Pages;
import org.regionaldoughnut.validate.BatchRows;
import org.regionaldoughnut.validate.Gate;
import org.regionaldoughnut.validate.GateResult;
import org.regionaldoughnut.validate.Metric;
import org.regionaldoughnut.validate.Metrics;
import org.regionaldoughnut.validate.Outcome;
import org.regionaldoughnut.validate.Outcomes;

/** Does the steps: calls each room with what the ledger and the office say, and records what it gives. */
final class Rooms {
    private static final Table OUTCOMES = new Table("quality", "outcomes");
    private static final Table METRICS = new Table("quality", "metrics");

    /** Every rule is asked of every batch of a pass: more batches would ask each row too many questions. */
    private static final int BATCHES_A_PASS = 16;

    private final Office office;
    private final Ledger ledger;
    private final Lake lake;
    private final Path storage;
    private final Clock clock;
    private final Arrivals arrivals;
    private final Instant asOf;
    private final String run;
    private final boolean recovering;
    private final Fingerprints fingerprints;
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Metric> metrics = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastJudgement = new AtomicLong();

    /** @param recovering whether an earlier run was killed, so that tables may hold what the ledger does not know */
    Rooms(
            Office office,
            Ledger ledger,
            Lake lake,
            Path storage,
            Clock clock,
            Arrivals arrivals,
            Instant asOf,
            String run,
            boolean recovering,
            Fingerprints fingerprints) {
        this.office = office;
        this.ledger = ledger;
        this.lake = lake;
        this.storage = storage;
        this.clock = clock;
        this.arrivals = arrivals;
        this.asOf = asOf;
        this.run = run;
        this.recovering = recovering;
        this.fingerprints = fingerprints;
    }

    StepEnd ingest(String id, long step) {
        DoughnutException absent = arrivals.failures().get(id);
        if (absent != null) {
            throw absent;
        }
        Source source = office.sources().get(id);
        String mapping = Hash.of(List.of(source.hash(), fingerprints.of(StepId.INGEST)));
        List<Receipt> unread = arrivals.unread(id, mapping);
        if (unread.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        Set<String> known = new java.util.HashSet<>();
        arrivals.known(id).forEach(batch -> known.add(batch.batch()));
        boolean reread = recovering && lake.exists(Table.raw(id))
                || unread.stream().anyMatch(receipt -> known.contains(receipt.batch()));
        IngestResult result = new Ingest(lake)
                .read(
                        source,
                        office.contracts().get(source.contract()),
                        unread,
                        reread,
                        run,
                        Write.of(StepId.INGEST, id, step));
        for (IngestResult.BatchCount batch : result.batches()) {
            ledger.recordBatch(new BatchRecord(
                    id,
                    batch.batch(),
                    batch.file(),
                    batch.bytes(),
                    Optional.empty(),
                    clock.instant(),
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
                    ? LocalDate.parse(published).atStartOfDay(office.timeZone()).toInstant()
                    : OffsetDateTime.parse(published).toInstant();
        } catch (DateTimeParseException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot read the publication date '" + published
                            + "': it is neither a date nor an instant. Write 2020-10-15 or 2020-10-15T09:30:00Z.");
        }
    }

    /** Judges the batches that are new, or all of the contract where its rules or the program have changed. */
    StepEnd validate(String contract, boolean all, long step) {
        lastJudgement.accumulateAndGet(step, Math::max);
        List<BatchRows> batches = new ArrayList<>();
        for (Source source : office.sourcesOf(contract)) {
            for (BatchRecord batch : ledger.batches(source.id())) {
                boolean stillStopped = batch.state() == BatchState.STOPPED && isNewest(source, batch.batch());
                if (all || batch.state() == BatchState.RECEIVED || stillStopped) {
                    Dataset<Row> rows = lake.read(Table.raw(source.id()))
                            .orElseThrow()
                            .where(col("batch").equalTo(batch.batch()));
                    batches.add(new BatchRows(source.id(), batch.batch(), source.rules(), rows));
                }
            }
        }
        if (batches.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        List<String> stopped = new ArrayList<>();
        long quarantined = 0;
        for (int from = 0; from < batches.size(); from += BATCHES_A_PASS) {
            quarantined += judge(
                    contract, batches.subList(from, Math.min(from + BATCHES_A_PASS, batches.size())), stopped, step);
        }
        if (!stopped.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot accept what was received for " + contract + ": "
                            + String.join("; ", stopped)
                            + ". See the rows with: doughnut query --lake \"select * from quality.outcomes where outcome <> 'passed'\".");
        }
        long cells = cells(batches);
        return StepEnd.succeeded(cells, cells - quarantined, quarantined);
    }

    /** One pass of the gate; refused batches that lie at their source now are told in {@code stopped}. */
    private long judge(String contract, List<BatchRows> batches, List<String> stopped, long step) {
        try (GateResult result = new Gate(lake.spark(), clock)
                .check(contract, office.contracts().get(contract).rules(), batches)) {
            outcomes.addAll(result.outcomes());
            metrics.addAll(result.metrics());
            long removed = quarantine(result, batches, step);
            for (BatchRows batch : batches) {
                boolean accepted = result.accepted(batch.source(), batch.batch());
                ledger.setBatchState(
                        batch.source(), batch.batch(), accepted ? BatchState.ACCEPTED : BatchState.STOPPED);
                if (!accepted && isNewest(office.sources().get(batch.source()), batch.batch())) {
                    stopped.add(said(batch, result.outcomes()));
                }
            }
            return removed;
        }
    }

    private long cells(List<BatchRows> batches) {
        long cells = 0;
        for (BatchRows batch : batches) {
            BatchRecord known = ledger.batch(batch.source(), batch.batch()).orElseThrow();
            cells += known.cells() - known.quarantined();
        }
        return cells;
    }

    private static String said(BatchRows batch, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o.source().equals(batch.source()) && o.batch().equals(batch.batch()))
                .filter(o -> o.state() != Outcome.State.PASSED)
                .filter(o -> o.rule().severity() == QualityRule.Severity.ERROR)
                .map(o -> batch.source() + " breaks '" + o.rule().rule() + "' (" + o.message() + ")")
                .findFirst()
                .orElse(batch.source());
    }

    /** Rows named by rules, in the quarantine of their source; a batch judged again replaces what was said of it. */
    private long quarantine(GateResult result, List<BatchRows> batches, long step) {
        Map<String, List<String>> bySource = new TreeMap<>();
        batches.forEach(b ->
                bySource.computeIfAbsent(b.source(), s -> new ArrayList<>()).add(b.batch()));
        Map<String, Long> failing = new TreeMap<>();
        if (result.anyFailing()) {
            result.failing()
                    .groupBy("source")
                    .count()
                    .collectAsList()
                    .forEach(row -> failing.put(row.getString(0), row.getLong(1)));
        }
        long removed = !result.anyFailing()
                ? 0
                : result.failing()
                        .where(col("action").equalTo("removed"))
                        .select("source", "batch", "line", "cell")
                        .distinct()
                        .count();
        bySource.forEach((source, own) -> {
            Table table = Table.quarantine(source);
            boolean exists = lake.exists(table);
            if (!exists && !failing.containsKey(source)) {
                return;
            }
            Dataset<Row> rows = result.failing()
                    .where(col("source").equalTo(source))
                    .drop("source")
                    .withColumn("run", lit(run));
            String mine = "stage = 'rule' and rule <> '" + Facts.REGION_RULE + "' and batch in ('"
                    + String.join("', '", own) + "')";
            lake.replace(table, rows, mine, Write.of(StepId.VALIDATE, source, step));
        });
        return removed;
    }

    /** One commit for all outcomes of the run; a run that is done again after a kill replaces its own. */
    void recordQuality() {
        if (outcomes.isEmpty()) {
            return;
        }
        String mine = "run = '" + run + "'";
        Write write = Write.of(StepId.VALIDATE, "quality", lastJudgement.get());
        lake.replace(
                OUTCOMES,
                Outcomes.rows(lake.spark(), run, office.id(), List.copyOf(outcomes))
                        .coalesce(1),
                mine,
                write);
        if (!metrics.isEmpty()) {
            lake.replace(
                    METRICS,
                    Metrics.rows(lake.spark(), run, List.copyOf(metrics)).coalesce(1),
                    mine,
                    write);
        }
        outcomes.clear();
        metrics.clear();
    }

    /** Whether the batch is what lies at the source now; older ones are history. */
    private boolean isNewest(Source source, String batch) {
        return arrivals.receipts(source.id()).stream()
                .anyMatch(receipt -> receipt.batch().equals(batch));
    }

    StepEnd harmonise(String table, long step) {
        Write write = Write.of(StepId.HARMONISE, table, step);
        HarmoniseResult result;
        if (table.equals(Planner.REGIONS)) {
            result = new Regions(lake, office.regions().frame()).harmonise(accepted(table), write);
        } else {
            result = new Facts(lake, office, Regions.tree(lake))
                    .harmonise(office.contracts().get(table), accepted(table), run, write);
        }
        return StepEnd.succeeded(result.rowsIn(), result.rowsOut(), result.quarantined())
                .committedTo("harmonised." + table, result.deltaVersion());
    }

    private List<AcceptedBatch> accepted(String contract) {
        List<AcceptedBatch> accepted = new ArrayList<>();
        for (Source source : office.sourcesOf(contract)) {
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
                    accepted.add(new AcceptedBatch(source.id(), batch.batch(), part, vintage));
                }
            }
        }
        return accepted;
    }

    StepEnd controls(long step) {
        List<Control> controls = office.controls();
        if (controls.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        List<Row> rows = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Controls.Finding finding : new Controls(lake).check(controls)) {
            Control control = finding.control();
            rows.add(ControlRows.row(run, office.id(), finding, clock.instant()));
            if (!finding.holds() && control.severity() == QualityRule.Severity.ERROR) {
                failed.add(finding.message());
            }
        }
        lake.replace(
                OUTCOMES,
                lake.spark().createDataFrame(rows, Outcomes.schema()).coalesce(1),
                "run = '" + run + "' and contract = '" + ControlRows.CONTRACT + "'",
                Write.of(StepId.HARMONISE, Planner.CONTROLS, step));
        if (!failed.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot go on with the harmonised figures: " + String.join(" ", failed)
                            + " Compare the source with its publisher's totals.");
        }
        return StepEnd.succeeded(controls.size(), controls.size(), 0);
    }

    StepEnd indicators(long step) {
        Indicators.Result result = new Indicators(lake, office, Regions.tree(lake), asOf)
                .compute(run, Write.of(StepId.INDICATORS, Planner.ALL, step));
        return StepEnd.succeeded(result.terms(), result.values() + result.places(), 0)
                .committedTo("statistics.indicators", result.deltaVersion());
    }

    StepEnd publish() {
        List<DraftRequest.Input> inputs = office.sources().values().stream()
                .flatMap(source -> ledger.batches(source.id()).stream()
                        .filter(batch -> batch.state() == BatchState.ACCEPTED)
                        .map(batch -> new DraftRequest.Input(source.id(), batch.batch())))
                .toList();
        Draft draft = new Drafts(lake, storage, clock).build(new DraftRequest(office, run, inputs));
        ledger.recordRelease(new ReleaseRecord(
                draft.id().toString(),
                office.id(),
                ReleaseState.DRAFT,
                draft.folder().toString(),
                draft.contentHash(),
                run,
                clock.instant(),
                Optional.empty()));
        return StepEnd.succeeded(draft.rows(), draft.rows(), 0);
    }

    /** Renders the newest draft and, where no approval is required, makes it the release. */
    StepEnd report(Set<String> regions) {
        ReleaseRecord draft = ledger.latestRelease(ReleaseState.DRAFT)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot write the pages: there is no draft. Build one with 'doughnut publish'."));
        Locale locale = Locale.forLanguageTag(office.setting("report.language").orElse("en"));
        int pages = Pages.write(Path.of(draft.folder()), office.catalogue(), locale, regions, (done, of) -> {});
        if (!office.approvalRequired()) {
            Releases.Release release =
                    new Releases(storage).promote(ReleaseId.parse(draft.id()).orElseThrow());
            ledger.recordRelease(new ReleaseRecord(
                    draft.id(),
                    office.id(),
                    ReleaseState.PUBLISHED,
                    release.folder().toString(),
                    draft.contentHash(),
                    draft.runId(),
                    draft.created(),
                    Optional.of(clock.instant())));
        }
        return StepEnd.succeeded(pages, pages, 0);
    }
}
