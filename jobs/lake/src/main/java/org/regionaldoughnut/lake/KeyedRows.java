package org.regionaldoughnut.lake;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Keys with a number each, on every worker: twelve bytes a key, so that a scan finds the rows meant without a join. */
public final class KeyedRows implements AutoCloseable {
    private final Broadcast<Numbers> numbers;

    private KeyedRows(Broadcast<Numbers> numbers) {
        this.numbers = numbers;
    }

    /**
     * @param keys a long and an int in each row
     * @param count of the rows
     */
    public static KeyedRows of(Dataset<Row> keys, int count) {
        long[] sorted = new long[count];
        int[] given = new int[count];
        int place = 0;
        for (Iterator<Row> rows = keys.orderBy(keys.columns()[0]).toLocalIterator(); rows.hasNext(); place++) {
            Row row = rows.next();
            sorted[place] = row.getLong(0);
            given[place] = row.getInt(1);
        }
        Numbers numbers = new Numbers(sorted, given);
        return new KeyedRows(
                JavaSparkContext.fromSparkContext(keys.sparkSession().sparkContext())
                        .broadcast(numbers));
    }

    /** Key to its number, null where it has none. */
    public UserDefinedFunction number() {
        Broadcast<Numbers> all = numbers;
        return functions.udf((UDF1<Long, Integer>) key -> all.value().of(key), DataTypes.IntegerType);
    }

    /** Makes {@link #number} known to SQL. */
    void register(SparkSession session, String name) {
        session.udf().register(name, number());
    }

    @Override
    public void close() {
        numbers.destroy();
    }

    private record Numbers(long[] keys, int[] numbers) implements Serializable {
        Integer of(Long key) {
            int place = key == null ? -1 : Arrays.binarySearch(keys, key);
            return place < 0 ? null : numbers[place];
        }
    }
}
