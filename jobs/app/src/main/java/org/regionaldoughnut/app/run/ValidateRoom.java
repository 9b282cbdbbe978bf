package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.app.lineage.Assertion;
import org.regionaldoughnut.harmonise.Facts;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.BatchState;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.validate.BatchRows;
import org.regionaldoughnut.validate.Codelists;
import org.regionaldoughnut.validate.Gate;
import org.regionaldoughnut.validate.GateResult;
import org.regionaldoughnut.validate.History;
import org.regionaldoughnut.validate.KeptState;
import org.regionaldoughnut.validate.Metric;
import org.regionaldoughnut.validate.Outcome;
import org.regionaldoughnut.validate.References;
import org.regionaldoughnut.validate.RuleCheck;

/** Has received batches judged, and keeps what was found. */
final class ValidateRoom {
    private final RunContext today;
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Metric> metrics = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<KeptState> states = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Judged> judged = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastJudgement = new AtomicLong();

    /** What became of a batch. */
    private record Judged(String source, String batch, BatchState state) {}

    ValidateRoom(RunContext today) {
        this.today = today;
    }

    /** Judges the batches that are new, or all of the contract where its rules or the program have changed. */
    StepEnd validate(String contract, boolean all, long step) {
        lastJudgement.accumulateAndGet(step, Math::max);
        List<BatchRows> batches = new ArrayList<>();
        Map<String, Dataset<Row>> raw = new TreeMap<>();
        Waivers waivers = new Waivers(today.ledger());
        for (Source source : today.office().sourcesOf(contract)) {
            for (BatchRecord batch : today.ledger().batches(source.id())) {
                boolean stillStopped = batch.state() == BatchState.STOPPED && isNewest(source, batch.batch());
                if (all || batch.state() == BatchState.RECEIVED || stillStopped) {
                    Dataset<Row> rows = raw.computeIfAbsent(
                                    source.id(),
                                    id -> figures(
                                            today.lake().read(Table.raw(id)).orElseThrow()))
                            .where(col("batch").equalTo(batch.batch()));
                    if (source.format().action().isPresent() && rows.isEmpty() && batch.cells() > batch.quarantined()) {
                        // it deletes and states nothing
                        today.ledger().setBatchState(source.id(), batch.batch(), BatchState.ACCEPTED);
                        continue;
                    }
                    batches.add(new BatchRows(
                            source.id(),
                            batch.batch(),
                            KnownFlags.with(today.office(), source),
                            Optional.of(batch.received()),
                            waivers.of(
                                    source.id(),
                                    batch.batch(),
                                    today.clock().instant(),
                                    today.office().timeZone()),
                            rows));
                }
            }
        }
        if (batches.isEmpty()) {
            return StepEnd.succeeded(0, 0, 0);
        }
        List<String> stopped = new ArrayList<>();
        long quarantined = judge(contract, batches, stopped, step);
        if (!stopped.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot accept what was received for " + contract + ": "
                            + String.join("; ", stopped)
                            + ". See the rules and rows with: doughnut quality show --failed --rows 5.");
        }
        long cells = cells(batches);
        return StepEnd.succeeded(cells, cells - quarantined, quarantined);
    }

    /** Rows that delete state no figure: rules do not judge them. */
    private static Dataset<Row> figures(Dataset<Row> raw) {
        return List.of(raw.columns()).contains("action")
                ? raw.where(coalesce(col("action").notEqual(lit("delete")), lit(true)))
                : raw;
    }

    /** One pass of the gate; refused batches that lie at their source now are told in {@code stopped}. */
    private long judge(String contract, List<BatchRows> batches, List<String> stopped, long step) {
        Contract rules = today.office().contracts().get(contract);
        try (GateResult result =
                new Gate(today.lake().spark(), today.clock(), references(rules, batches)).check(rules, batches)) {
            outcomes.addAll(result.outcomes());
            metrics.addAll(result.metrics());
            states.addAll(result.states());
            long removed = quarantine(result, batches, step);
            for (BatchRows batch : batches) {
                boolean accepted = result.accepted(batch.source(), batch.batch());
                judged.add(
                        new Judged(batch.source(), batch.batch(), accepted ? BatchState.ACCEPTED : BatchState.STOPPED));
                if (!accepted && isNewest(today.office().sources().get(batch.source()), batch.batch())) {
                    stopped.add(said(batch, result.outcomes()));
                }
            }
            return removed;
        }
    }

    private References references(Contract contract, List<BatchRows> batches) {
        List<QualityRule> rules = new ArrayList<>(contract.rules());
        batches.forEach(batch -> rules.addAll(batch.rules()));
        Codelists codelists = Codelists.in(today.office().codelistFile("units").getParent());
        History history = RuleCheck.needHistory(rules)
                ? new QualityTables(today)
                        .historyOf(batches.stream().map(BatchRows::source).toList())
                : History.none();
        return new References(codelists, Map.of(), Optional.empty(), history);
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
                .filter(Outcome::refuses)
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

    /**
     * One commit for all outcomes of the run, and then the states of the batches they are of: batches whose outcomes are
     * lost with a killed run are judged again. A run that is done again replaces its own.
     */
    void recordQuality() {
        if (!outcomes.isEmpty()) {
            new QualityTables(today)
                    .add(
                            new QualityTables.Found(List.copyOf(outcomes), List.copyOf(metrics), List.copyOf(states)),
                            today.run(),
                            today.office().id(),
                            this::isStopped,
                            today.clock().instant(),
                            Write.of(StepId.VALIDATE, "quality", lastJudgement.get()));
        }
        judged.forEach(one -> today.ledger().setBatchState(one.source(), one.batch(), one.state()));
        judged.clear();
        outcomes.clear();
        metrics.clear();
        states.clear();
    }

    private boolean isStopped(String source, String batch) {
        return judged.stream()
                .filter(one -> one.source().equals(source) && one.batch().equals(batch))
                .map(Judged::state)
                .findFirst()
                .or(() -> today.ledger().batch(source, batch).map(BatchRecord::state))
                .filter(BatchState.STOPPED::equals)
                .isPresent();
    }

    /** What rules said of the raw tables of a contract in this run, before it is recorded. */
    List<Assertion> assertions(String contract) {
        return outcomes.stream()
                .filter(outcome -> outcome.contract().equals(contract))
                .map(outcome -> new Assertion(
                        "raw." + outcome.source(), outcome.rule().id(), outcome.state() == Outcome.State.PASSED))
                .toList();
    }

    /** Whether the batch is what lies at the source now; older ones are history. */
    private boolean isNewest(Source source, String batch) {
        return today.arrivals().receipts(source.id()).stream()
                .anyMatch(receipt -> receipt.batch().equals(batch));
    }
}
