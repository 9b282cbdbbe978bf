package org.regionaldoughnut.validate;

import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Metrics as rows of {@code quality.metrics}. */
public final class Metrics {
    private Metrics() {}

    /** run, source, contract, batch, entity, instance, name, value (double), evaluated (timestamp); the rest strings. */
    public static StructType schema() {
        return new StructType()
                .add("run", "string")
                .add("source", "string")
                .add("contract", "string")
                .add("batch", "string")
                .add("entity", "string")
                .add("instance", "string")
                .add("name", "string")
                .add("value", "double")
                .add("evaluated", "timestamp");
    }

    /** The metrics of a run as rows of {@link #schema()}. */
    public static Dataset<Row> rows(SparkSession spark, String run, List<Metric> metrics) {
        List<Row> rows = metrics.stream()
                .map(m -> RowFactory.create(
                        run,
                        m.source(),
                        m.contract(),
                        m.batch(),
                        m.entity(),
                        m.instance(),
                        m.name(),
                        m.value(),
                        Timestamp.from(m.evaluated())))
                .toList();
        return spark.createDataFrame(rows, schema());
    }

    /** Metrics of rows of {@link #schema()}. */
    public static List<Metric> read(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(r -> new Metric(
                        r.getAs("source"),
                        r.getAs("contract"),
                        r.getAs("batch"),
                        r.getAs("entity"),
                        r.getAs("instance"),
                        r.getAs("name"),
                        r.<Double>getAs("value"),
                        r.<Timestamp>getAs("evaluated").toInstant()))
                .toList();
    }
}
