package org.regionaldoughnut.bench;

import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A process that starts Spark, commits one small Delta table and ends: what a whole run is measured against. Spark and
 * Delta alone, as their documentation says, without Spark's web page; nothing of this project.
 */
public final class BareCommit {
    private static final int ROWS = 100;

    private BareCommit() {}

    /** @param arguments the storage folder */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config(Map.of(
                        "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
                        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                        "spark.ui.enabled", "false"))
                .getOrCreate();
        spark.range(ROWS)
                .toDF("n")
                .write()
                .format("delta")
                .mode(SaveMode.Append)
                .save(arguments[0] + "/table");
        spark.stop();
    }
}
