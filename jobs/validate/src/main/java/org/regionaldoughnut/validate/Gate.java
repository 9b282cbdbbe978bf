package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.QualityRule;

/**
 * Judges the new batches of a contract in one Deequ pass over all of them.
 *
 * <p>A batch is refused when a rule of severity error fails on it and its rows are not removed or flagged one by one, or
 * when such a rule cannot be evaluated. Warnings are recorded.
 */
public final class Gate {
    private final SparkSession spark;
    private final Clock clock;
    private final References references;

    /**
     * @param clock when outcomes were evaluated
     * @param references codelists and the like that rules name
     */
    public Gate(SparkSession spark, Clock clock, References references) {
        this.spark = spark;
        this.clock = clock;
        this.references = references;
    }

    /** Judges batches by the rules of a contract and of their sources. */
    public GateResult check(Contract contract, List<BatchRows> batches) {
        return check(contract.id(), contract.key(), contract.rules(), batches);
    }

    /**
     * Judges batches. What cannot be evaluated is an outcome, never an exception.
     *
     * @param key columns that together tell one figure from another
     * @param contractRules of every batch
     */
    GateResult check(String contract, List<String> key, List<QualityRule> contractRules, List<BatchRows> batches) {
        if (batches.isEmpty()) {
            return new GateResult(List.of(), List.of(), List.of(), noneFailing(), Map.of(), () -> {});
        }
        Ruleset rules = Ruleset.of(contractRules, batches);
        Slices slices = Slices.open(spark, batches);
        Instant now = clock.instant();
        Inquiry inquiry = new Inquiry(slices, rules, batches, key, references, now);
        inquiry.run();

        Optional<Dataset<Row>> named = new FailingRows(slices.rows(), Slices.COLUMN, references, inquiry.edits())
                .of(rules.parsed(), inquiry.failedRowRules());
        named.ifPresent(Dataset::persist);
        Map<Inquiry.Question, Long> counts = named.map(Gate::counts).orElse(Map.of());

        Judgement judgement = new Judgement(contract, batches, now);
        inquiry.answers()
                .forEach((question, answer) -> judgement.add(
                        question.slice(),
                        rules.quality(question.rule()),
                        rules.rule(question.rule()),
                        answer,
                        inquiry.judged(question),
                        counts.getOrDefault(question, 0L)));
        return new GateResult(
                judgement.outcomes(),
                judgement.metrics(),
                KeptState.of(inquiry.pass(), contract, batches, now),
                named.map(rows -> quarantine(rows, rules, batches)).orElseGet(this::noneFailing),
                judgement.accepted(),
                () -> {
                    named.ifPresent(Dataset::unpersist);
                    slices.close();
                });
    }

    private static Map<Inquiry.Question, Long> counts(Dataset<Row> failing) {
        Map<Inquiry.Question, Long> counts = new LinkedHashMap<>();
        for (Row row : failing.groupBy(Slices.COLUMN, FailingRows.RULE).count().collectAsList()) {
            counts.put(new Inquiry.Question(row.getInt(0), row.getInt(1)), row.getLong(2));
        }
        return counts;
    }

    private Dataset<Row> noneFailing() {
        return spark.createDataFrame(List.of(), GateResult.failingSchema());
    }

    /** Rows as they are written, brought to the caller's session by the union with none of it. */
    private Dataset<Row> quarantine(Dataset<Row> failing, Ruleset rules, List<BatchRows> batches) {
        Column sources = array(batches.stream().map(b -> lit(b.source())).toArray(Column[]::new));
        List<Column> columns = new ArrayList<>();
        columns.add(sources.apply(col(Slices.COLUMN)).as("source"));
        Arrays.stream(GateResult.failingSchema().fields())
                .skip(1)
                .forEach(f -> columns.add((f.name().equals("action") ? action(rules, batches) : col(f.name()))
                        .cast(f.dataType())
                        .as(f.name())));
        return noneFailing().union(failing.select(columns.toArray(Column[]::new)));
    }

    /** Rows of a rule that is waived for their batch do not stop it: they go on, flagged. */
    private static Column action(Ruleset rules, List<BatchRows> batches) {
        Column waived = lit(false);
        for (int slice = 0; slice < batches.size(); slice++) {
            for (int rule : rules.of(slice)) {
                if (batches.get(slice).waived().containsKey(rules.quality(rule).id())) {
                    waived = waived.or(col(Slices.COLUMN)
                            .equalTo(slice)
                            .and(col(FailingRows.RULE).equalTo(rule)));
                }
            }
        }
        return when(waived.and(col("action").equalTo("batch_stopped")), lit("flagged"))
                .otherwise(col("action"));
    }
}
