package org.regionaldoughnut.lake;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A sum of doubles that does not depend on their order: each value is split into four long parts of 30 bits at fixed
 * powers of two, the parts are summed as longs, and the sums are combined once, correctly rounded. Values up to 2^92
 * in size are split; what lies below 2^-61 is cut off.
 */
public final class ExactSum {
    private static final int PARTS = 4;
    private static final int BITS = 30;
    private static final int TOP = 30;

    private ExactSum() {}

    /** Aggregate columns {@code <name>__0} to {@code <name>__3}: the summed parts of the value. */
    public static List<Column> columns(Column value, String name) {
        List<Column> sums = new ArrayList<>();
        Column rest = value;
        for (int part = 0; part < PARTS; part++) {
            double unit = Math.scalb(1.0, TOP - part * BITS);
            Column cut = rest.divide(lit(unit)).cast("long");
            sums.add(sum(cut).as(name + "__" + part));
            rest = rest.minus(cut.cast("double").multiply(lit(unit)));
        }
        return sums;
    }

    /** The sum in a row made by {@link #columns}; null where no value was summed. */
    public static BigDecimal of(Row row, String name) {
        BigDecimal total = BigDecimal.ZERO;
        for (int part = 0; part < PARTS; part++) {
            int field = row.fieldIndex(name + "__" + part);
            if (row.isNullAt(field)) {
                return null;
            }
            BigDecimal unit = new BigDecimal(Math.scalb(1.0, TOP - part * BITS));
            total = total.add(unit.multiply(BigDecimal.valueOf(row.getLong(field))));
        }
        return total;
    }
}
