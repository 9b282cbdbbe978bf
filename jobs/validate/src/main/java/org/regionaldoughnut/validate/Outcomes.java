package org.regionaldoughnut.validate;

import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Outcomes as rows of {@code quality.outcomes}. */
public final class Outcomes {
    private Outcomes() {}

    /**
     * run, office, source, contract, batch, rule, rule_id, severity, dimension, outcome, observed (double), expected,
     * message, failing_rows (long), why, owner, evaluated (timestamp), action, waiver; the rest strings.
     */
    public static StructType schema() {
        return new StructType()
                .add("run", "string")
                .add("office", "string")
                .add("source", "string")
                .add("contract", "string")
                .add("batch", "string")
                .add("rule", "string")
                .add("rule_id", "string")
                .add("severity", "string")
                .add("dimension", "string")
                .add("outcome", "string")
                .add("observed", "double")
                .add("expected", "string")
                .add("message", "string")
                .add("failing_rows", "bigint")
                .add("why", "string")
                .add("owner", "string")
                .add("evaluated", "timestamp")
                .add("action", "string")
                .add("waiver", "string");
    }

    /** The outcomes of a run as rows of {@link #schema()}. */
    public static Dataset<Row> rows(SparkSession spark, String run, String office, List<Outcome> outcomes) {
        List<Row> rows = outcomes.stream().map(o -> row(run, office, o)).toList();
        return spark.createDataFrame(rows, schema());
    }

    private static Row row(String run, String office, Outcome outcome) {
        return RowFactory.create(
                run,
                office,
                outcome.source(),
                outcome.contract(),
                outcome.batch(),
                outcome.rule().rule(),
                outcome.rule().id(),
                outcome.rule().severity().name().toLowerCase(Locale.ROOT),
                outcome.rule().dimension().orElse(null),
                outcome.state().word(),
                outcome.observed().isPresent() ? (Double) outcome.observed().getAsDouble() : null,
                outcome.expected(),
                outcome.message(),
                outcome.failingRows(),
                outcome.rule().why().orElse(null),
                outcome.rule().owner().orElse(null),
                Timestamp.from(outcome.evaluated()),
                outcome.rule().action().name().toLowerCase(Locale.ROOT),
                outcome.waiver().orElse(null));
    }
}
