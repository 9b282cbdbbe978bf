package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Parquet, read by Spark. Cells become text as in any other format; a line is a row of the file, from 1. */
final class ParquetFile implements Reader {
    private final SparkSession spark;

    ParquetFile(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public Received read(Receipt receipt) {
        if (receipt.bytes() == 0) {
            throw Refusal.empty(receipt.file());
        }
        if (!receipt.member().isEmpty()) {
            throw Refusal.packedParquet(receipt.file(), receipt.member());
        }
        Dataset<Row> file;
        try {
            file = spark.read()
                    .parquet(new org.apache.hadoop.fs.Path(receipt.file().toUri()).toString());
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared
            throw Refusal.notParquet(receipt.file(), Refusal.deepest(e));
        }
        List<Column> columns = new ArrayList<>(List.of(
                col("_metadata.row_index").plus(lit(1L)).as(Received.LINE),
                lit(null).cast(DataTypes.StringType).as(Received.MALFORMED)));
        for (StructField field : file.schema().fields()) {
            Column text = trim(text(Received.column(field.name()), field.dataType()));
            columns.add(when(text.notEqual(lit("")), text).as(field.name()));
        }
        Header header = Header.of(Arrays.asList(file.schema().fieldNames()), List.of());
        return Received.lines(file.select(columns.toArray(Column[]::new)), header);
    }

    private static Column text(Column value, DataType type) {
        return type instanceof StructType || type instanceof ArrayType || type instanceof MapType
                ? to_json(value)
                : value.cast(DataTypes.StringType);
    }
}
