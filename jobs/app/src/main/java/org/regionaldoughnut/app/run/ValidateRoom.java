package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.validate.BatchRows;
import org.regionaldoughnut.validate.Gate;
import org.regionaldoughnut.validate.GateResult;
import org.regionaldoughnut.validate.Metric;
import org.regionaldoughnut.validate.Metrics;
import org.regionaldoughnut.validate.Outcome;
import org.regionaldoughnut.validate.Outcomes;

/** Has received batches judged, and keeps what was found. */
final class ValidateRoom {
    static final Table OUTCOMES = new Table("quality", "outcomes");
    private static final Table METRICS = new Table("quality", "metrics");

    /** Every rule is asked of every batch of a pass: more batches would ask each row too many questions. */
    private static final int BATCHES_A_PASS = 16;

    private final RunContext today;
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Metric> metrics = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastJudgement = new AtomicLong();

    ValidateRoom(RunContext today) {
        this.today = today;
    }

    /** Judges the batches that are new, or all of the contract where its rules or the program have changed. */
    StepEnd validate(String contract, boolean all, long step) {
        lastJudgement.accumulateAndGet(step, Math::max);
        List<BatchRows> batches = new ArrayList<>();
        for (Source source : today.office().sourcesOf(contract)) {
            for (BatchRecord batch : today.ledger().batches(source.id())) {
                boolean stillStopped = batch.state() == BatchState.STOPPED && isNewest(source, batch.batch());
                if (all || batch.state() == BatchState.RECEIVED || stillStopped) {
                    Dataset<Row> rows = today.lake()
                            .read(Table.raw(source.id()))
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
        try (GateResult result = new Gate(today.lake().spark(), today.clock())
                .check(contract, today.office().contracts().get(contract).rules(), batches)) {
            outcomes.addAll(result.outcomes());
            metrics.addAll(result.metrics());
            long removed = quarantine(result, batches, step);
            for (BatchRows batch : batches) {
                boolean accepted = result.accepted(batch.source(), batch.batch());
                today.ledger()
                        .setBatchState(
                                batch.source(), batch.batch(), accepted ? BatchState.ACCEPTED : BatchState.STOPPED);
                if (!accepted && isNewest(today.office().sources().get(batch.source()), batch.batch())) {
                    stopped.add(said(batch, result.outcomes()));
                }
            }
            return removed;
        }
    }

    private long cells(List<BatchRows> batches) {
        long cells = 0;
        for (BatchRows batch : batches) {
            BatchRecord known =
                    today.ledger().batch(batch.source(), batch.batch()).orElseThrow();
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
            boolean exists = today.lake().exists(table);
            if (!exists && !failing.containsKey(source)) {
                return;
            }
            Dataset<Row> rows = result.failing()
                    .where(col("source").equalTo(source))
                    .drop("source")
                    .withColumn("run", lit(today.run()));
            String mine = "stage = 'rule' and rule <> '" + Facts.REGION_RULE + "' and batch in ('"
                    + String.join("', '", own) + "')";
            today.lake().replace(table, rows, mine, Write.of(StepId.VALIDATE, source, step));
        });
        return removed;
    }

    /** One commit for all outcomes of the run; a run that is done again after a kill replaces its own. */
    void recordQuality() {
        if (outcomes.isEmpty()) {
            return;
        }
        String mine = "run = '" + today.run() + "'";
        Write write = Write.of(StepId.VALIDATE, "quality", lastJudgement.get());
        today.lake()
                .replace(
                        OUTCOMES,
                        Outcomes.rows(
                                        today.lake().spark(),
                                        today.run(),
                                        today.office().id(),
                                        List.copyOf(outcomes))
                                .coalesce(1),
                        mine,
                        write);
        if (!metrics.isEmpty()) {
            today.lake()
                    .replace(
                            METRICS,
                            Metrics.rows(today.lake().spark(), today.run(), List.copyOf(metrics))
                                    .coalesce(1),
                            mine,
                            write);
        }
        outcomes.clear();
        metrics.clear();
    }

    /** Whether the batch is what lies at the source now; older ones are history. */
    private boolean isNewest(Source source, String batch) {
        return today.arrivals().receipts(source.id()).stream()
                .anyMatch(receipt -> receipt.batch().equals(batch));
    }
}
