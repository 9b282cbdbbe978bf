package org.regionaldoughnut.app;

import org.apache.spark.sql.SparkSession;

/** Names the Spark jobs that this thread and the threads it makes will start. */
final class SparkJobs {
    private static final String GROUP = "spark.jobGroup.id";

    private SparkJobs() {}

    static void name(String name) {
        var session = SparkSession.getDefaultSession();
        if (session.isDefined()) {
            session.get().sparkContext().setJobGroup(name, name, true);
        }
    }

    static void forget() {
        var session = SparkSession.getDefaultSession();
        if (session.isDefined()) {
            session.get().sparkContext().setLocalProperty(GROUP, null);
        }
    }
}
