package org.regionaldoughnut.app;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Names the Spark jobs that this thread and the threads it makes will start, so that they can be cancelled by the name. */
final class SparkJobs {
    private static final InheritableThreadLocal<String> NAME = new InheritableThreadLocal<>();

    private SparkJobs() {}

    static void name(String name) {
        NAME.set(name);
        var session = SparkSession.getDefaultSession();
        if (session.isDefined()) {
            join(session.get().sparkContext());
        }
    }

    /** Where there was no session yet when the name was given. */
    static void join(SparkContext context) {
        var name = NAME.get();
        if (name != null) {
            context.setJobGroup(name, name, true);
        }
    }

    static void forget() {
        NAME.remove();
        var session = SparkSession.getDefaultSession();
        if (session.isDefined()) {
            session.get().sparkContext().clearJobGroup();
        }
    }
}
