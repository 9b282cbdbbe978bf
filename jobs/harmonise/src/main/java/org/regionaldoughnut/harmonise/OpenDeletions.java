package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.regionaldoughnut.lake.Union;
import org.regionaldoughnut.model.OpenDimension;
import org.regionaldoughnut.office.Contract;

/**
 * Rows that delete with a dimension left open, and the figures that they mean. A figure that the same edition states
 * itself is not meant: what is deleted as a whole may be sent anew beside it.
 */
final class OpenDeletions {
    private static final String OPEN = "d_";
    private static final String CLOSED = "0";
    private static final String ANY = "1";
    private static final String PARTLY = "2";

    private static final UserDefinedFunction IS_PARTLY_OPEN = udf(
            (UDF1<String, Boolean>) value -> value != null && OpenDimension.isPartlyOpen(value), DataTypes.BooleanType);
    private static final UserDefinedFunction IS_MEANT = udf(
            (UDF2<String, String, Boolean>) (value, open) ->
                    value != null && OpenDimension.matching(open).matcher(value).matches(),
            DataTypes.BooleanType);

    private final List<String> columns;

    OpenDeletions(Contract contract) {
        columns = new ArrayList<>(List.of("series"));
        columns.addAll(contract.key());
    }

    /** Whether one of the dimensions of a breakdown is open. */
    static Column isPartlyOpen(Column value) {
        return IS_PARTLY_OPEN.apply(value);
    }

    /**
     * @param open rows of {@link CodedRows#open}
     * @param stated rows of {@link CodedRows#hashed} that can be placed
     * @return {@link Vintages#STATEMENT}: of each figure meant that an earlier edition states, that it is deleted
     */
    Dataset<Row> statements(Dataset<Row> open, Dataset<Row> stated) {
        Column related = col("source")
                .equalTo(col(OPEN + "source"))
                .and(col("part").equalTo(col(OPEN + "part")))
                .and(col("edition").lt(col(OPEN + "edition")));
        List<Column> statement = new ArrayList<>();
        for (String name : Vintages.STATEMENT) {
            statement.add(
                    switch (name) {
                        case "key_hash" -> col(name);
                        case "value_hash" -> lit(0L).as(name);
                        case "deletes" -> lit(true).as(name);
                        default -> col(OPEN + name).as(name);
                    });
        }
        Dataset<Row> meant = meant(open, stated, related)
                .select(statement.toArray(Column[]::new))
                .distinct();
        Dataset<Row> itself =
                stated.select(col("key_hash").as("s_key"), col("edition").as("s_edition"));
        return meant.join(
                itself,
                col("key_hash").equalTo(col("s_key")).and(col("edition").equalTo(col("s_edition"))),
                "left_anti");
    }

    /**
     * @param open rows of {@link CodedRows#open} with {@code place}, of their edition
     * @param figures rows of the harmonised table with {@code part_of}, the place of their part's new edition
     * @return the figures meant, one as often as it is
     */
    Dataset<Row> figures(Dataset<Row> open, Dataset<Row> figures) {
        return meant(open, figures, col("part_of").equalTo(col(OPEN + "place")));
    }

    /** One join for each set of dimensions that rows leave open, by the values of the others. */
    private Dataset<Row> meant(Dataset<Row> open, Dataset<Row> figures, Column related) {
        Dataset<Row> deletions = open;
        for (String name : open.columns()) {
            deletions = deletions.withColumnRenamed(name, OPEN + name);
        }
        Dataset<Row> shaped = deletions.withColumn(OPEN + "shape", shape());
        List<Dataset<Row>> parts = new ArrayList<>();
        for (Row row : shaped.select(OPEN + "shape").distinct().collectAsList()) {
            String shape = row.getString(0);
            Column same = related;
            for (int i = 0; i < columns.size(); i++) {
                Column here = col(inTable(columns.get(i)));
                Column there = col(OPEN + columns.get(i));
                same = switch (shape.substring(i, i + 1)) {
                    case ANY -> same;
                    case PARTLY -> same.and(IS_MEANT.apply(here, there));
                    default -> same.and(here.eqNullSafe(there));
                };
            }
            parts.add(figures.join(shaped.where(col(OPEN + "shape").equalTo(shape)), same));
        }
        return Union.of(parts);
    }

    private Column shape() {
        List<Column> shape = new ArrayList<>();
        for (String name : columns) {
            Column value = col(OPEN + name);
            shape.add(when(coalesce(value.equalTo(OpenDimension.ANY), lit(false)), lit(ANY))
                    .when(isPartlyOpen(value), lit(PARTLY))
                    .otherwise(lit(CLOSED)));
        }
        return concat(shape.toArray(Column[]::new));
    }

    /** Regions are compared as they were received: of those left open nothing else is known. */
    private static String inTable(String column) {
        return column.equals("region") ? "region_received" : column;
    }
}
