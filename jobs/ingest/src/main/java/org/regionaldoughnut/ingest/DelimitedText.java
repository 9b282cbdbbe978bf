package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.office.Format;

/** Delimited text: a header, and in each line below as many cells. Blocks of the file are read side by side. */
final class DelimitedText implements Reader {
    private final SparkSession spark;
    private final Format format;

    DelimitedText(SparkSession spark, Format format) {
        this.spark = spark;
        this.format = format;
    }

    @Override
    public Received read(Receipt receipt) {
        Header header = TextHead.of(receipt, format).header();
        RowSource source = new DelimitedRows(receipt, format, header);
        Dataset<Row> rows = ReceivedTable.rows(spark, receipt.name(), schemaOf(header.names()), source);
        return Received.lines(withoutFooter(rows, header.names()), header);
    }

    /** The footer ends the data: its first line is looked for, which reads the file once more. */
    private Dataset<Row> withoutFooter(Dataset<Row> rows, List<String> names) {
        if (format.footer().isEmpty()) {
            return rows;
        }
        String footer = "^(?:" + format.footer().get().replaceFirst("^\\^", "") + ")";
        Column begins = coalesce(
                col(Received.MALFORMED).rlike("(?:" + DelimitedRows.OTHER_WIDTH + ")" + footer.substring(1)),
                lit(false));
        for (String name : names) {
            begins = begins.or(coalesce(Received.column(name).rlike(footer), lit(false)));
        }
        Row first = rows.where(begins).agg(min(Received.LINE)).head();
        return first.isNullAt(0) ? rows : rows.where(col(Received.LINE).lt(lit(first.getLong(0))));
    }

    static StructType schemaOf(List<String> names) {
        StructType schema =
                new StructType().add(Received.LINE, DataTypes.LongType).add(Received.MALFORMED, DataTypes.StringType);
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema;
    }
}
