package org.regionaldoughnut.bench;

import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A process that starts Spark, commits one small Delta table and ends: what a whole run is measured against. See {@link
 * BareSession}.
 */
public final class BareCommit {
    private static final int ROWS = 100;

    private BareCommit() {}

    /** @param arguments the storage folder */
    public static void main(String[] arguments) {
        SparkSession spark = BareSession.open();
        spark.range(ROWS)
                .toDF("n")
                .write()
                .format("delta")
                .mode(SaveMode.Append)
                .save(arguments[0] + "/table");
        spark.stop();
    }
}
