package org.regionaldoughnut.validate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The verdict on the batches of one contract. Close it after its rows are written: they are kept in memory till then. */
public final class GateResult implements AutoCloseable {
    private final List<Outcome> outcomes;
    private final List<Metric> metrics;
    private final List<KeptState> states;
    private final Dataset<Row> failing;
    private final Map<Batch, Boolean> accepted;
    private final Runnable release;

    /** A batch of a source: two sources may read the same file, whose hash names the batch. */
    public record Batch(String source, String batch) {
        public Batch {
            Objects.requireNonNull(source);
            Objects.requireNonNull(batch);
        }
    }

    GateResult(
            List<Outcome> outcomes,
            List<Metric> metrics,
            List<KeptState> states,
            Dataset<Row> failing,
            Map<Batch, Boolean> accepted,
            Runnable release) {
        this.outcomes = List.copyOf(outcomes);
        this.metrics = List.copyOf(metrics);
        this.states = List.copyOf(states);
        this.failing = failing;
        this.accepted = Map.copyOf(accepted);
        this.release = release;
    }

    /** One a batch and rule, batches and rules in the order they were given. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    public List<Metric> metrics() {
        return metrics;
    }

    /** Deequ's states behind the metrics, so that those of several batches can be merged without reading them again. */
    public List<KeptState> states() {
        return states;
    }

    /** Rows of {@link #failingSchema()}, of the session the gate was made with; a row once for each rule it fails. */
    public Dataset<Row> failing() {
        return failing;
    }

    public boolean anyFailing() {
        return outcomes.stream().anyMatch(o -> o.failingRows() > 0);
    }

    public Map<Batch, Boolean> accepted() {
        return accepted;
    }

    public boolean accepted(String source, String batch) {
        return accepted.getOrDefault(new Batch(source, batch), false);
    }

    /** Columns of the failing rows: source, then those of {@code quarantine.<source>} but the run. */
    public static StructType failingSchema() {
        return new StructType()
                .add("source", "string")
                .add("batch", "string")
                .add("file", "string")
                .add("line", "bigint")
                .add("cell", "int")
                .add("received", "string")
                .add("stage", "string")
                .add("action", "string")
                .add("rule", "string")
                .add("message", "string");
    }

    @Override
    public void close() {
        release.run();
    }
}
