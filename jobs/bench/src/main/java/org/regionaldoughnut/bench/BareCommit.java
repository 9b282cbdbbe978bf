package org.regionaldoughnut.bench;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;

/** A process that starts Spark, commits one small Delta table and ends: what a whole run is measured against. */
public final class BareCommit {
    private static final int ROWS = 100;

    private BareCommit() {}

    /** @param arguments the storage folder */
    public static void main(String[] arguments) {
        SparkSession spark = Session.open("local[*]", Map.of());
        Lake lake = new Lake(spark, Path.of(arguments[0]).toUri().toString());
        lake.append(Table.raw("bench"), spark.range(ROWS).toDF("n"), Write.of("bench", "commit", 1));
        spark.stop();
    }
}
