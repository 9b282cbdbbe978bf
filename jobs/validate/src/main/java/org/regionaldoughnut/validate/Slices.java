package org.regionaldoughnut.validate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.Union;

/**
 * The rows of several batches as one table with the number of the batch, in a session made for Deequ: its ANSI mode is
 * off, since Deequ fails with it on.
 */
final class Slices implements AutoCloseable {
    static final String COLUMN = "_slice";

    /** Below, the rows are kept in memory between many queries. */
    private static final BigInteger CACHED_BYTES = BigInteger.valueOf(256L << 20);

    /** Keeping rows costs about as much as reading them so often. */
    private static final int MANY_QUERIES = 6;

    /** Up to so many rows are held by the driver. */
    private static final int LOCAL_ROWS = 20_000;

    private final SparkSession session;
    private final Dataset<Row> rows;
    private final boolean local;
    private final List<Set<String>> columns;
    private final long[] counts;
    private boolean cached;

    private Slices(SparkSession session, Dataset<Row> rows, boolean local, List<Set<String>> columns, long[] counts) {
        this.session = session;
        this.rows = rows;
        this.local = local;
        this.columns = columns;
        this.counts = counts;
    }

    static Slices open(SparkSession spark, List<BatchRows> batches) {
        SparkSession session = session(spark);
        List<Set<String>> columns = new ArrayList<>();
        List<Dataset<Row>> slices = new ArrayList<>();
        for (BatchRows batch : batches) {
            slices.add(batch.rows().withColumn(COLUMN, lit(columns.size())));
            columns.add(Set.of(batch.rows().columns()));
        }
        Dataset<Row> together = Union.of(slices);
        // the union with no rows of it brings the plan into the session
        Dataset<Row> all = session.createDataFrame(List.of(), together.schema()).unionByName(together);
        List<Row> first = all.limit(LOCAL_ROWS + 1).collectAsList();
        return first.size() <= LOCAL_ROWS ? local(session, first, all.schema(), columns) : large(session, all, columns);
    }

    /** Few rows are read once and kept here; compiling queries on them costs more than interpreting them. */
    private static Slices local(SparkSession session, List<Row> rows, StructType schema, List<Set<String>> columns) {
        interpret(session);
        long[] counts = new long[columns.size()];
        int number = schema.fieldIndex(COLUMN);
        rows.forEach(row -> counts[row.getInt(number)]++);
        return new Slices(session, session.createDataFrame(rows, schema), true, columns, counts);
    }

    private static void interpret(SparkSession session) {
        session.conf().set("spark.sql.codegen.wholeStage", "false");
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    }

    private static Slices large(SparkSession session, Dataset<Row> all, List<Set<String>> columns) {
        long[] counts = new long[columns.size()];
        if (counts.length == 1) {
            counts[0] = all.count();
        } else {
            all.groupBy(COLUMN).count().collectAsList().forEach(row -> counts[row.getInt(0)] = row.getLong(1));
        }
        return new Slices(session, all, false, columns, counts);
    }

    /** Keeps the rows in memory where so many queries on them cost more than that. */
    void expect(int queries) {
        if (!local && queries >= MANY_QUERIES && bytes().compareTo(CACHED_BYTES) <= 0) {
            rows.persist();
            cached = true;
        }
    }

    private BigInteger bytes() {
        return rows.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger();
    }

    /** The rows in a session made for Deequ; the union with no rows of it brings the plan there. */
    static Dataset<Row> apart(Dataset<Row> rows) {
        return session(rows.sparkSession())
                .createDataFrame(List.of(), rows.schema())
                .unionByName(rows);
    }

    private static SparkSession session(SparkSession spark) {
        SparkSession session = Session.apart(spark);
        scala.collection.JavaConverters.mapAsJavaMap(spark.conf().getAll()).forEach((key, value) -> {
            if (session.conf().isModifiable(key)) {
                session.conf().set(key, value);
            }
        });
        session.conf().set("spark.sql.ansi.enabled", "false");
        session.conf().set("spark.sql.adaptive.enabled", "false");
        session.conf().set("spark.sql.maxPlanStringLength", "1000");
        return session;
    }

    Dataset<Row> rows() {
        return rows;
    }

    int size() {
        return counts.length;
    }

    long count(int slice) {
        return counts[slice];
    }

    /** Columns the batch itself has; the others are null in its rows. */
    Set<String> columns(int slice) {
        return columns.get(slice);
    }

    /** The rows of one batch with its own columns, and as the table {@code primary} of the session. */
    Dataset<Row> primary(int slice) {
        Column[] own = columns(slice).stream()
                .map(RowCondition::quoted)
                .map(c -> col(c))
                .toArray(Column[]::new);
        Dataset<Row> batch = rows.where(condition(slice)).select(own);
        batch.createOrReplaceTempView("primary");
        return batch;
    }

    static String condition(int slice) {
        return COLUMN + " = " + slice;
    }

    @Override
    public void close() {
        session.catalog().dropTempView("primary");
        if (cached) {
            rows.unpersist();
        }
    }
}
