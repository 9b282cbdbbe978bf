package org.regionaldoughnut.lake;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of many tables put together. */
public final class Union {
    private Union() {}

    /**
     * By the names of the columns; one that a table lacks is null there. Halves are put together first: one table after
     * the other, Spark would look at all those before it again.
     *
     * @param parts at least one
     */
    public static Dataset<Row> of(List<Dataset<Row>> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int half = parts.size() / 2;
        return of(parts.subList(0, half)).unionByName(of(parts.subList(half, parts.size())), true);
    }
}
