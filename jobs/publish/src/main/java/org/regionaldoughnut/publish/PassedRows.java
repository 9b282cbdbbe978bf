package org.regionaldoughnut.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.AccumulatorV2;
import org.regionaldoughnut.model.Hash;

/**
 * Counts rows and sums their hashes while they are written, without another look at them. The sums need no order and are
 * right for rows that are written by the stage that counts them: Spark counts each part of such a stage once, however
 * often it is tried.
 */
final class PassedRows extends AccumulatorV2<Long, PassedRows> {
    private static final long serialVersionUID = 1L;
    private static final long SEED = 42;
    private static final long AGAIN =
            XXH64.hashUTF8String(UTF8String.fromBytes("again".getBytes(StandardCharsets.UTF_8)), SEED);

    private long rows;
    private long first;
    private long second;

    static PassedRows of(SparkSession session) {
        PassedRows passed = new PassedRows();
        session.sparkContext().register(passed);
        return passed;
    }

    /** A condition that every row meets, and is counted by. */
    Column counted(Column hash) {
        UDF1<Long, Boolean> met = value -> {
            add(value);
            return true;
        };
        return functions
                .udf(met, DataTypes.BooleanType)
                .asNondeterministic() // so that it stays where it is
                .apply(hash);
    }

    long count() {
        return rows;
    }

    /** The same for the same rows in any order. */
    String identity() {
        return Hash.of(List.of("rows", Long.toString(rows), Long.toString(first), Long.toString(second)));
    }

    @Override
    public void add(Long hash) {
        rows++;
        first += hash;
        second += XXH64.hashLong(hash, AGAIN);
    }

    @Override
    public void merge(AccumulatorV2<Long, PassedRows> other) {
        PassedRows more = other.value();
        rows += more.rows;
        first += more.first;
        second += more.second;
    }

    @Override
    public PassedRows copy() {
        PassedRows copy = new PassedRows();
        copy.merge(this);
        return copy;
    }

    @Override
    public void reset() {
        rows = 0;
        first = 0;
        second = 0;
    }

    @Override
    public boolean isZero() {
        return rows == 0;
    }

    @Override
    public PassedRows value() {
        return this;
    }
}
