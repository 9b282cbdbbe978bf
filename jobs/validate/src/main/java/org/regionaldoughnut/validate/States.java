package org.regionaldoughnut.validate;

import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Deequ's states as rows of {@code quality.states}. */
public final class States {
    private States() {}

    /**
     * run, source, contract, batch, entity, instance, name, type, values (array of double), evaluated (timestamp); the
     * rest strings.
     */
    public static StructType schema() {
        return new StructType()
                .add("run", "string")
                .add("source", "string")
                .add("contract", "string")
                .add("batch", "string")
                .add("entity", "string")
                .add("instance", "string")
                .add("name", "string")
                .add("type", "string")
                .add("values", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("evaluated", "timestamp");
    }

    /** The states of a run as rows of {@link #schema()}. */
    public static Dataset<Row> rows(SparkSession spark, String run, List<KeptState> states) {
        List<Row> rows = states.stream()
                .map(s -> RowFactory.create(
                        run,
                        s.source(),
                        s.contract(),
                        s.batch(),
                        s.entity(),
                        s.instance(),
                        s.name(),
                        s.type(),
                        s.values().toArray(Double[]::new),
                        Timestamp.from(s.evaluated())))
                .toList();
        return spark.createDataFrame(rows, schema());
    }

    /** States of rows of {@link #schema()}. */
    public static List<KeptState> read(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(r -> new KeptState(
                        r.getAs("source"),
                        r.getAs("contract"),
                        r.getAs("batch"),
                        r.getAs("entity"),
                        r.getAs("instance"),
                        r.getAs("name"),
                        r.getAs("type"),
                        r.getList(r.fieldIndex("values")),
                        r.<Timestamp>getAs("evaluated").toInstant()))
                .toList();
    }
}
