package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Correction;

/**
 * An office's corrections in the history of figures. A correction is known from its day on: the row is cut there, the
 * figure as received stays before it. Where a figure that would be corrected is not what the correction expects, nothing
 * is corrected at all.
 */
final class Corrected {
    private static final double NOISE = 1e-9;
    private static final StructType TABLE = new StructType()
            .add("c_place", DataTypes.IntegerType)
            .add("c_id", DataTypes.StringType)
            .add("c_expect", DataTypes.DoubleType)
            .add("c_value", DataTypes.DoubleType)
            .add("c_from", DataTypes.TimestampType)
            .add("c_until", DataTypes.TimestampType)
            .add("c_status", DataTypes.StringType);

    private final List<Correction> corrections;
    private final ZoneId zone;

    Corrected(List<Correction> corrections, ZoneId zone) {
        this.corrections = corrections;
        this.zone = zone;
    }

    /** @param history rows of a harmonised table, whole histories of the sources that are corrected */
    Dataset<Row> apply(Dataset<Row> history) {
        if (corrections.isEmpty()) {
            return history;
        }
        Dataset<Row> joined = history.withColumn("c_is", place())
                .join(broadcast(table(history)), col("c_is").equalTo(col("c_place")), "left");
        Column meets = col("c_place")
                .isNotNull()
                .and(col("superseded").isNull().or(col("superseded").gt(col("c_from"))))
                .and(col("c_until").isNull().or(col("vintage").lt(col("c_until"))));
        Dataset<Row> marked = joined.withColumn("c_meets", coalesce(meets, lit(false)));
        requireExpected(marked.where(col("c_meets")));
        Column begin = greatest(col("vintage"), col("c_from"));
        // least and greatest pass over nulls: open ends stay open
        Column end = least(col("superseded"), col("c_until"));
        Column received = struct(
                col("vintage").as("v"), col("superseded").as("s"), lit(false).as("c"));
        Column before =
                struct(col("vintage").as("v"), col("c_from").as("s"), lit(false).as("c"));
        Column during = struct(begin.as("v"), end.as("s"), lit(true).as("c"));
        Column after = struct(
                col("c_until").as("v"), col("superseded").as("s"), lit(false).as("c"));
        Column pieces = when(
                        col("c_meets"),
                        array_compact(array(
                                when(col("vintage").lt(col("c_from")), before),
                                during,
                                when(
                                        col("c_until")
                                                .isNotNull()
                                                .and(col("superseded")
                                                        .isNull()
                                                        .or(col("superseded").gt(col("c_until")))),
                                        after))))
                .otherwise(array(received));
        Dataset<Row> cut = marked.withColumn("piece", explode(pieces));
        List<Column> columns = new ArrayList<>();
        Column corrected = col("piece.c");
        for (String name : history.columns()) {
            columns.add(
                    switch (name) {
                        case "vintage" -> col("piece.v").as(name);
                        case "superseded" -> col("piece.s").as(name);
                        case "value" ->
                            when(corrected, col("c_value")).otherwise(col(name)).as(name);
                        case "obs_status" ->
                            when(corrected, col("c_status"))
                                    .otherwise(col(name))
                                    .as(name);
                        case "correction" -> when(corrected, col("c_id")).as(name);
                        default -> col(name);
                    });
        }
        return cut.select(columns.toArray(Column[]::new));
    }

    private Column place() {
        Column place = lit(null).cast("int");
        for (int i = 0; i < corrections.size(); i++) {
            Column same = col("source").equalTo(corrections.get(i).source());
            for (var key : corrections.get(i).key().entrySet()) {
                same = same.and(col(key.getKey()).equalTo(key.getValue()));
            }
            place = when(same, lit(i)).otherwise(place);
        }
        return place;
    }

    private Dataset<Row> table(Dataset<Row> history) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < corrections.size(); i++) {
            Correction correction = corrections.get(i);
            rows.add(RowFactory.create(
                    i,
                    correction.id(),
                    correction.expect().orElse(null),
                    correction.value().orElse(null),
                    at(correction.from()),
                    correction.until().map(this::at).orElse(null),
                    correction.obsStatus()));
        }
        return history.sparkSession().createDataFrame(rows, TABLE);
    }

    private Timestamp at(LocalDate day) {
        return Timestamp.from(day.atStartOfDay(zone).toInstant());
    }

    private void requireExpected(Dataset<Row> met) {
        List<String> wrong = new ArrayList<>();
        Set<Integer> found = new TreeSet<>();
        for (Row row : met.select("c_place", "value", "c_expect", "superseded", "c_until")
                .collectAsList()) {
            Correction correction = corrections.get(row.getInt(0));
            if (row.isNullAt(3) || !row.isNullAt(4)) {
                found.add(row.getInt(0));
            }
            Double value = row.isNullAt(1) ? null : row.getDouble(1);
            if (!isSame(value, correction.expect().orElse(null))) {
                wrong.add(said(correction) + " expects "
                        + said(correction.expect().orElse(null)) + ", the source says " + said(value));
            }
        }
        for (int i = 0; i < corrections.size(); i++) {
            if (!found.contains(i)) {
                wrong.add(said(corrections.get(i)) + " finds no figure "
                        + new java.util.TreeMap<>(corrections.get(i).key()) + " that is known now");
            }
        }
        if (!wrong.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot correct what was received: " + String.join("; ", wrong)
                            + ". Look at the new edition with 'doughnut diff', then end the correction with until, or"
                            + " correct it.");
        }
    }

    private static String said(Correction correction) {
        return correction.file().getFileName() + " line " + correction.line() + ": the correction '" + correction.id()
                + "' of " + correction.source();
    }

    private static String said(Double value) {
        return value == null ? "no value" : value.toString();
    }

    private static boolean isSame(Double a, Double b) {
        return a == null || b == null
                ? a == b
                : Math.abs(a - b) <= NOISE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
