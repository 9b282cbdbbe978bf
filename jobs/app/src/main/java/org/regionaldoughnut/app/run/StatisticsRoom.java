package org.regionaldoughnut.app.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.app.lineage.Assertion;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.validate.BatchRows;
import org.regionaldoughnut.validate.Codelists;
import org.regionaldoughnut.validate.Gate;
import org.regionaldoughnut.validate.GateResult;
import org.regionaldoughnut.validate.Outcome;
import org.regionaldoughnut.validate.References;

/**
 * Has the statistics judged before anything is published from them: by the rules of their own contracts, the ranges of
 * the catalogue and the latest release. A rule of severity error that fails ends the run; the latest release stays.
 */
final class StatisticsRoom {
    /** Contracts of what is published from. */
    static final List<String> CONTRACTS = List.of("indicators", "doughnut");

    private static final String LAYER = "statistics";

    private final RunContext today;
    private final List<Assertion> assertions = new ArrayList<>();

    StatisticsRoom(RunContext today) {
        this.today = today;
    }

    /** What was found of one table. */
    private record Judged(
            long rows, List<Outcome> outcomes, List<org.regionaldoughnut.validate.Metric> metrics, String source) {}

    StepEnd validate(long step) {
        List<Callable<Judged>> judgements = new ArrayList<>();
        CONTRACTS.forEach(
                id -> judgements.add(() -> judged(today.office().contracts().get(id), step)));
        List<Outcome> outcomes = new ArrayList<>();
        List<org.regionaldoughnut.validate.Metric> metrics = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        long rows = 0;
        for (Judged judged : SideBySide.all(judgements)) {
            rows += judged.rows();
            outcomes.addAll(judged.outcomes());
            metrics.addAll(judged.metrics());
            for (Outcome outcome : judged.outcomes()) {
                assertions.add(
                        new Assertion(outcome.source(), outcome.rule().id(), outcome.state() == Outcome.State.PASSED));
                if (outcome.refuses()) {
                    refused.add(judged.source() + " breaks '" + outcome.rule().id() + "' (" + outcome.message() + ")");
                }
            }
        }
        new QualityTables(today)
                .add(
                        new QualityTables.Found(outcomes, metrics, List.of()),
                        today.run(),
                        today.office().id(),
                        (source, name) -> false,
                        today.clock().instant(),
                        Write.of(StepId.VALIDATE, Planner.STATISTICS, step));
        if (!refused.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot publish the statistics: " + String.join("; ", refused)
                            + ". The latest release stays. See the rules and rows with: doughnut quality show --failed"
                            + " --rows 5.");
        }
        return StepEnd.succeeded(rows, rows, 0);
    }

    private Judged judged(Contract contract, long step) {
        Dataset<Row> table = today.lake()
                .read(new Table(LAYER, contract.id()))
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot judge statistics." + contract.id()
                                + ": the table is not there. Compute it with 'doughnut indicators'."));
        BatchRows batch = new BatchRows(LAYER + "." + contract.id(), today.run(), List.of(), placed(table, contract));
        try (GateResult result = new Gate(today.lake().spark(), today.clock(), references(contract, batch))
                .check(contract, List.of(batch))) {
            quarantine(batch.source(), result, step);
            return new Judged(table.count(), result.outcomes(), result.metrics(), batch.source());
        }
    }

    /** What rules said of the statistics in this run. */
    List<Assertion> assertions() {
        return List.copyOf(assertions);
    }

    /** Rows of statistics come from no file: the key says where they stand. */
    private static Dataset<Row> placed(Dataset<Row> table, Contract contract) {
        Column key = concat_ws(
                " ",
                contract.key().stream()
                        .map(c -> coalesce(col(c).cast("string"), lit("")))
                        .toArray(Column[]::new));
        return table.withColumn("batch", lit(""))
                .withColumn("file", lit(LAYER + "." + contract.id()))
                .withColumn("line", lit(0L))
                .withColumn("cell", lit(0))
                .withColumn("received", key);
    }

    private References references(Contract contract, BatchRows batch) {
        Map<String, References.Range> ranges = new TreeMap<>();
        today.office().catalogue().indicators().forEach((id, indicator) -> {
            if (indicator.min().isPresent() || indicator.max().isPresent()) {
                ranges.put(id, new References.Range(limit(indicator.min()), limit(indicator.max())));
            }
        });
        return new References(
                Codelists.in(today.office().codelistFile("units").getParent()),
                ranges,
                latestRelease(contract),
                new QualityTables(today).historyOf(List.of(batch.source())));
    }

    private static OptionalDouble limit(Optional<Double> limit) {
        return limit.isPresent() ? OptionalDouble.of(limit.get()) : OptionalDouble.empty();
    }

    private Optional<Dataset<Row>> latestRelease(Contract contract) {
        Optional<Path> folder = new Releases(today.storage())
                .latest()
                .map(release -> release.folder().resolve("parquet").resolve(contract.id()))
                .filter(Files::isDirectory);
        return folder.map(
                parquet -> today.lake().spark().read().parquet(parquet.toUri().toString()));
    }

    private void quarantine(String source, GateResult result, long step) {
        Table table = Table.quarantine(source);
        if (!result.anyFailing() && !today.lake().exists(table)) {
            return;
        }
        Dataset<Row> rows = result.failing()
                .drop("source")
                .withColumn("batch", lit(today.run()))
                .withColumn("run", lit(today.run()));
        today.lake().replace(table, rows, "run = '" + today.run() + "'", Write.of(StepId.VALIDATE, source, step));
    }
}
