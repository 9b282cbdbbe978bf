package org.regionaldoughnut.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.office.Format;

/**
 * Eurostat's tab-separated tables, old, new and transposed. The first header cell, {@code unit,geo\time}, names the
 * dimensions of the lines and behind the backslash the one of the columns; each cell holds a figure with flags behind
 * it. A row is a cell: the dimensions, {@code OBS_VALUE} (null for {@code :}) and {@code OBS_FLAG}. Source: Eurostat,
 * bulk download and dissemination API, TSV format.
 */
final class EurostatTsv implements Reader {
    static final String VALUE = "OBS_VALUE";
    static final String FLAG = "OBS_FLAG";

    private final SparkSession spark;
    private final Format format;

    EurostatTsv(SparkSession spark, Format format) {
        this.spark = spark;
        this.format = format;
    }

    @Override
    public Received read(Receipt receipt) {
        List<String> cells = TextHead.of(receipt, format).headerCells();
        String corner = cells.get(0) == null ? "" : cells.get(0);
        int backslash = corner.lastIndexOf('\\');
        if (backslash < 1 || backslash == corner.length() - 1 || cells.size() < 2) {
            throw Refusal.badHeader(
                    receipt.file(),
                    format.headerLine(),
                    "a Eurostat table begins with its dimensions, such as unit,geo\\time, and columns behind a tab");
        }
        List<String> lineDimensions = new ArrayList<>();
        for (String dimension : corner.substring(0, backslash).split(",", -1)) {
            lineDimensions.add(dimension.strip());
        }
        List<String> names = new ArrayList<>(lineDimensions);
        names.add(corner.substring(backslash + 1).strip());
        requireDistinct(receipt, names, "the dimension");
        requireDistinct(receipt, cells.subList(1, cells.size()), "the column");
        names.add(VALUE);
        names.add(FLAG);
        StructType schema = new StructType()
                .add(Received.LINE, DataTypes.LongType)
                .add(Received.MALFORMED, DataTypes.StringType)
                .add(Received.CELL, DataTypes.IntegerType)
                .add(Received.TEXT, DataTypes.StringType);
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        RowSource source = new EurostatRows(receipt, format, lineDimensions, names, cells.subList(1, cells.size()));
        return Received.cells(ReceivedTable.rows(spark, receipt.name(), schema, source), names);
    }

    private void requireDistinct(Receipt receipt, List<String> names, String what) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name == null || name.isEmpty()) {
                throw Refusal.badHeader(receipt.file(), format.headerLine(), what + " has no name");
            }
            if (!seen.add(name)) {
                throw Refusal.badHeader(receipt.file(), format.headerLine(), what + " '" + name + "' is there twice");
            }
        }
    }
}
