package org.regionaldoughnut.ingest;

import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.office.Format;

/** Reads the files of one kind of format: a file comes in, its cells as they were received go out. */
interface Reader {
    /** @throws org.regionaldoughnut.model.DoughnutException where the file as a whole cannot be taken */
    Received read(Receipt receipt);

    /** The reader of the format's kind. */
    static Reader of(SparkSession spark, Format format) {
        return switch (format.kind()) {
            case "csv", "tsv" -> new DelimitedText(spark, format);
            case "eurostat-tsv" -> new EurostatTsv(spark, format);
            case "sdmx-csv" -> new SdmxCsv(spark, format);
            case "xlsx" -> new Spreadsheet(spark, format);
            default -> throw new IllegalArgumentException("no reader of " + format.kind());
        };
    }
}
