package org.regionaldoughnut.lake;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.CollectMetrics;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Opens the one Spark session of a process, set up for many small Delta commits. */
public final class Session {
    private Session() {}

    /**
     * Settings for small data, where generating and compiling code for a plan, planning again on the way, and making
     * room for many rows take longer than the rows.
     */
    public static Map<String, String> forSmallData() {
        return Map.of(
                "spark.sql.codegen.wholeStage", "false",
                "spark.sql.codegen.factoryMode", "NO_CODEGEN",
                "spark.sql.adaptive.enabled", "false",
                "spark.buffer.pageSize", "1m",
                "spark.broadcast.blockSize", "256k",
                // each query writes its plan down, whether somebody looks at it or not
                "spark.sql.debug.maxToStringFields", "1");
    }

    /**
     * @param master Spark master URL; null or empty leaves it to spark-submit
     * @param settings further Spark settings, which win over these defaults
     */
    public static SparkSession open(String master, Map<String, String> settings) {
        SparkSession.Builder builder = SparkSession.builder().appName("doughnut");
        Consumer<Map<String, String>> set = all -> all.forEach(builder::config);
        if (master != null && !master.isEmpty()) {
            builder.master(master);
            if (isThisProcess(master)) { // the processes of a cluster need not have this class when they start
                set.accept(Map.of(
                        "spark.hadoop.fs.file.impl", LocalFiles.class.getName(),
                        "spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName(),
                        // everything is near: tasks are begun in their order
                        "spark.shuffle.reduceLocality.enabled", "false"));
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        set.accept(Map.ofEntries(
                Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
                Map.entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
                Map.entry("spark.sql.catalogImplementation", "in-memory"),
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.ui.showConsoleProgress", "false"),
                Map.entry("spark.sql.ui.explainMode", "simple"),
                Map.entry("spark.sql.session.timeZone", "UTC"),
                Map.entry("spark.sql.ansi.enabled", "false"),
                Map.entry("spark.sql.shuffle.partitions", Integer.toString(cores)),
                Map.entry("spark.default.parallelism", Integer.toString(cores)),
                Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
                Map.entry("spark.databricks.delta.stats.collect", "true"),
                // checksums list the files of a table, so that nobody has to ask Spark which there are
                Map.entry("spark.databricks.delta.allFilesInCrc.thresholdNumFiles", "200"),
                Map.entry("spark.sql.parquet.compression.codec", "zstd"),
                // rows of few partitions are written without being sorted by them first
                Map.entry("spark.sql.maxConcurrentOutputFileWriters", "8"),
                Map.entry("spark.scheduler.mode", "FAIR"),
                Map.entry("spark.cleaner.referenceTracking.cleanCheckpoints", "true"),
                Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", Integer.toString(cores)),
                Map.entry("spark.databricks.delta.properties.defaults.checkpointInterval", "50"),
                Map.entry("spark.databricks.delta.properties.defaults.enableDeletionVectors", "false"),
                Map.entry("spark.sql.adaptive.coalescePartitions.initialPartitionNum", Integer.toString(cores)),
                Map.entry("spark.log.structuredLogging.enabled", "false")));
        set.accept(settings);
        SparkSession session = builder.getOrCreate();
        if (isThisProcess(master)) {
            LocalFiles.settings(session.sparkContext().hadoopConfiguration());
        }
        return session;
    }

    private static boolean isThisProcess(String master) {
        return master != null && (master.equals("local") || master.startsWith("local["));
    }

    /** A session on the same cluster whose settings and temporary views are its own. */
    public static SparkSession apart(SparkSession session) {
        return session.newSession();
    }

    /**
     * The same rows, computed and written by the settings of another session. Rows that are observed are given back as
     * they are, as the observer listens to their own.
     */
    static Dataset<Row> in(SparkSession session, Dataset<Row> rows) {
        LogicalPlan plan = rows.queryExecution().analyzed();
        return plan.exists(node -> node instanceof CollectMetrics) ? rows : Dataset.ofRows(session, plan);
    }
}
