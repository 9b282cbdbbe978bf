package org.regionaldoughnut.lake;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.math.BigInteger;
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
    private static final long SMALL = 1L << 31;
    private static final BigInteger FIVES = BigInteger.valueOf(5).pow(2 * BITS);

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
        return of(row, row.fieldIndex(name + "__0"));
    }

    /** The sum whose parts begin at the given field of the row; null where no value was summed. */
    public static BigDecimal of(Row row, int first) {
        if (row.isNullAt(first)) {
            return null;
        }
        long top = row.getLong(first);
        long whole = row.getLong(first + 1);
        long below = row.getLong(first + 2);
        long lowest = row.getLong(first + 3);
        if (below == 0 && lowest == 0 && Math.abs(top) < SMALL && Math.abs(whole) < SMALL) {
            return BigDecimal.valueOf((top << BITS) + whole);
        }
        BigInteger integer = BigInteger.valueOf(top).shiftLeft(BITS).add(BigInteger.valueOf(whole));
        BigInteger fraction = BigInteger.valueOf(below).shiftLeft(BITS).add(BigInteger.valueOf(lowest));
        // n / 2^60 = n * 5^60 / 10^60
        return new BigDecimal(integer).add(new BigDecimal(fraction.multiply(FIVES), 2 * BITS));
    }

    /** The double nearest to the sum: {@link BigDecimal#doubleValue}, without its way through text. */
    public static double rounded(BigDecimal sum) {
        if (sum.scale() != 2 * BITS) {
            return sum.doubleValue();
        }
        BigInteger[] parts = sum.unscaledValue().divideAndRemainder(FIVES);
        return parts[1].signum() == 0 ? Math.scalb(parts[0].doubleValue(), -2 * BITS) : sum.doubleValue();
    }
}
