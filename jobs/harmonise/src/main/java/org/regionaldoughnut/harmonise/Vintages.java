package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The whole history of figures from all editions at once. A figure that an edition repeats stays open, one that it
 * changes or leaves out is closed at the edition's vintage. {@code vintage} = known from, {@code superseded} = known
 * until, null while current. The rows of one key stand and fall together: where any of them changes, all are revised.
 */
final class Vintages {
    /** What an edition says of a key, as far as its history is concerned. */
    static final List<String> STATEMENT = List.of(
            "key_hash", "edition", "edition_vintage", "next_full", "next_full_vintage", "value_hash", "deletes");

    private Vintages() {}

    /**
     * Adds {@code vintage, superseded} to rows of {@link CodedRows#hashed} that can be placed.
     *
     * @param deletions {@link #STATEMENT}: what rows delete that leave dimensions open
     */
    static Dataset<Row> apply(Dataset<Row> rows, Optional<Dataset<Row>> deletions, Editions editions) {
        if (editions.areSingle()) {
            return rows.where(not(col("deletes")))
                    .withColumn("vintage", col("edition_vintage"))
                    .withColumn("superseded", lit(null).cast("timestamp"));
        }
        Column[] statement = STATEMENT.stream().map(name -> col(name)).toArray(Column[]::new);
        Dataset<Row> opened =
                spans(deletions.map(rows.select(statement)::unionByName).orElse(rows));
        return rows.where(not(col("deletes")))
                .join(
                        opened,
                        rows.col("key_hash")
                                .equalTo(opened.col("o_key"))
                                .and(rows.col("edition").equalTo(opened.col("o_edition"))))
                .withColumn("vintage", col("edition_vintage"))
                .withColumn("superseded", col("closed_at"));
    }

    /** What a key's rows amount to in one edition, whatever their order. */
    private static Column[] signature() {
        return new Column[] {
            sum("value_hash").as("signature"),
            count(lit(1)).as("n"),
            min("deletes").as("gone")
        };
    }

    /**
     * {@code o_key, o_edition, closed_at}: the editions in which a key begins to say what it says, until when. A full
     * edition between two statements of a key closed it.
     */
    private static Dataset<Row> spans(Dataset<Row> rows) {
        Column[] signature = signature();
        Dataset<Row> stated = rows.groupBy("key_hash", "edition")
                .agg(
                        first("edition_vintage").as("at"),
                        first("next_full").as("next_full"),
                        first("next_full_vintage").as("next_full_at"),
                        signature[0],
                        signature[1],
                        signature[2]);
        WindowSpec inOrder = Window.partitionBy("key_hash").orderBy("edition");
        Column next = lead("edition", 1).over(inOrder);
        Column isOmitted = coalesce(col("next_full").lt(next), lit(false));
        Column isSame = lead("signature", 1)
                .over(inOrder)
                .equalTo(col("signature"))
                .and(lead("n", 1).over(inOrder).equalTo(col("n")))
                .and(not(col("gone")))
                .and(not(lead("gone", 1).over(inOrder)));
        Dataset<Row> linked = stated.withColumn(
                        "goes_on", coalesce(isSame, lit(false)).and(not(isOmitted)))
                .withColumn(
                        "ends",
                        when(next.isNull().or(isOmitted), col("next_full_at"))
                                .otherwise(lead("at", 1).over(inOrder)));
        Dataset<Row> runs = linked.withColumn(
                        "opens", not(coalesce(lag("goes_on", 1).over(inOrder), lit(false))))
                .withColumn(
                        "run", sum(when(col("opens"), lit(1)).otherwise(lit(0))).over(inOrder));
        WindowSpec run = Window.partitionBy("key_hash", "run");
        return runs.withColumn("last", max(struct(col("edition"), col("ends"))).over(run))
                .where(col("opens").and(not(col("gone"))))
                .select(
                        col("key_hash").as("o_key"),
                        col("edition").as("o_edition"),
                        col("last.ends").as("closed_at"));
    }
}
