package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The history of figures: each edition of a part states the whole part. A figure that an edition repeats stays open, one
 * that it changes or leaves out is closed at the edition's vintage. {@code vintage} = known from, {@code superseded} =
 * known until, null while current.
 */
final class Vintages {
    private static final StructType EDITIONS = new StructType()
            .add("e_source", DataTypes.StringType)
            .add("e_batch", DataTypes.StringType)
            .add("e_part", DataTypes.StringType)
            .add("edition", DataTypes.IntegerType)
            .add("edition_vintage", DataTypes.TimestampType)
            .add("editions", DataTypes.IntegerType);

    private final Map<String, List<AcceptedBatch>> bySource;

    Vintages(Map<String, List<AcceptedBatch>> bySource) {
        this.bySource = bySource;
    }

    Dataset<Row> apply(Dataset<Row> rows) {
        List<Row> editions = editions();
        boolean single = editions.stream().allMatch(e -> e.getInt(5) == 1);
        Dataset<Row> table = broadcast(rows.sparkSession().createDataFrame(editions, EDITIONS));
        Dataset<Row> dated = rows.join(
                table, col("source").equalTo(col("e_source")).and(col("batch").equalTo(col("e_batch"))));
        Dataset<Row> known = single
                ? dated.withColumn("vintage", col("edition_vintage"))
                        .withColumn("superseded", lit(null).cast("timestamp"))
                : spans(dated, table);
        List<Column> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            if (!name.endsWith("_hash")) {
                columns.add(col(name));
            }
        }
        for (String name : List.of("vintage", "superseded", "key_hash", "value_hash")) {
            columns.add(col(name));
        }
        return known.select(columns.toArray(Column[]::new));
    }

    /** Runs of consecutive editions that state the same figure become one row, from the first to after the last. */
    private Dataset<Row> spans(Dataset<Row> dated, Dataset<Row> editions) {
        WindowSpec inOrder = Window.partitionBy("source", "e_part", "key_hash").orderBy("edition");
        Column repeats = lag("edition", 1)
                .over(inOrder)
                .equalTo(col("edition").minus(lit(1)))
                .and(lag("value_hash", 1).over(inOrder).equalTo(col("value_hash")));
        Dataset<Row> runs = dated.withColumn(
                        "opens", when(coalesce(repeats, lit(false)), lit(0)).otherwise(lit(1)))
                .withColumn("run_number", sum("opens").over(inOrder));
        WindowSpec run = Window.partitionBy("source", "e_part", "key_hash", "run_number");
        Dataset<Row> firsts = runs.withColumn("last_edition", max("edition").over(run))
                .withColumn("place", row_number().over(run.orderBy("edition")))
                .where(col("place").equalTo(lit(1)));
        Dataset<Row> next = editions.select(
                col("e_source").as("n_source"),
                col("e_part").as("n_part"),
                col("edition").as("n_edition"),
                col("edition_vintage").as("n_vintage"));
        return firsts.join(
                        broadcast(next),
                        col("source")
                                .equalTo(col("n_source"))
                                .and(col("e_part").equalTo(col("n_part")))
                                .and(col("n_edition")
                                        .equalTo(col("last_edition").plus(lit(1)))),
                        "left")
                .withColumn("vintage", col("edition_vintage"))
                .withColumn("superseded", col("n_vintage"));
    }

    private List<Row> editions() {
        List<Row> rows = new ArrayList<>();
        bySource.forEach((source, batches) -> {
            Map<String, List<AcceptedBatch>> parts = batches.stream()
                    .collect(Collectors.groupingBy(AcceptedBatch::part, TreeMap::new, Collectors.toList()));
            parts.forEach((part, own) -> {
                List<AcceptedBatch> ordered = own.stream()
                        .sorted(Comparator.comparing(AcceptedBatch::vintage).thenComparing(AcceptedBatch::batch))
                        .toList();
                int edition = 0;
                for (AcceptedBatch batch : ordered) {
                    rows.add(RowFactory.create(
                            source, batch.batch(), part, ++edition, Timestamp.from(batch.vintage()), ordered.size()));
                }
            });
        });
        return rows;
    }
}
