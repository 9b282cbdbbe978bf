package org.regionaldoughnut.bench;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A process that starts a Spark session and ends: what a run that has nothing to do is measured against. Spark and Delta
 * alone, as their documentation says, without Spark's web page; nothing of this project.
 */
public final class BareSession {
    private BareSession() {}

    public static void main(String[] arguments) {
        open().stop();
    }

    static SparkSession open() {
        return SparkSession.builder()
                .master("local[*]")
                .config(Map.of(
                        "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
                        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                        "spark.ui.enabled", "false"))
                .getOrCreate();
    }
}
