package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts the cells of a file while they are written. Spark adds what a task counted once, when the task has succeeded.
 * An observation of the dataset would count as well, but copies every row for it.
 */
final class CellCount {
    private final LongAccumulator in;
    private final LongAccumulator out;

    CellCount(SparkContext context) {
        this.in = context.longAccumulator();
        this.out = context.longAccumulator();
    }

    /** Whether a row is kept: it has no reason against it. Every row asked for is counted. */
    Column keeps(Column reason) {
        // not deterministic, so that it is asked once for each row and stays where it is in the plan
        return udf(counting(in, out), DataTypes.BooleanType)
                .asNondeterministic()
                .apply(reason);
    }

    private static UDF1<String, Boolean> counting(LongAccumulator in, LongAccumulator out) {
        return reason -> {
            in.add(1);
            if (reason != null) {
                out.add(1);
            }
            return reason == null;
        };
    }

    /** Cells met. */
    long in() {
        return in.value();
    }

    /** Cells among them that are not kept. */
    long out() {
        return out.value();
    }
}
