package org.regionaldoughnut.lake;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of doubles that does not depend on their order: each value is split into four long parts of 30 bits at fixed
 * powers of two, the parts are summed as longs, and the sums are combined once, correctly rounded. Values up to 2^92
 * in size are split; what lies below 2^-61 is cut off. A decimal number stands for itself.
 */
public final class ExactSum {
    /** Parts of a sum. */
    public static final int PARTS = 4;

    private static final int BITS = 30;
    private static final int TOP = 30;
    private static final int FRACTION = 2 * BITS;
    private static final long LOW = (1L << BITS) - 1;
    private static final long SMALL = 1L << 31;
    private static final long WHOLE = 1L << FRACTION;

    /** Bits of a long that a sign is left to. */
    private static final int KEPT = 62;

    private static final double[] UNITS = new double[PARTS];

    /** How many units make 1: multiplying is exact, as these are powers of two, and quicker than dividing. */
    private static final double[] UNITS_IN_ONE = new double[PARTS];

    private static final BigInteger FIVES = BigInteger.valueOf(5).pow(FRACTION);

    private final long top;
    private final long whole;
    private final long below;
    private final long lowest;

    /** In place of the parts; null where they are the number. */
    private final BigDecimal decimal;

    static {
        for (int part = 0; part < PARTS; part++) {
            UNITS[part] = Math.scalb(1.0, TOP - part * BITS);
            UNITS_IN_ONE[part] = 1 / UNITS[part];
        }
    }

    private ExactSum(long top, long whole, long below, long lowest, BigDecimal decimal) {
        this.top = top;
        this.whole = whole;
        this.below = below;
        this.lowest = lowest;
        this.decimal = decimal;
    }

    /** Adds a finite value to the four parts that begin at the given place. */
    public static void add(double value, long[] parts, int first) {
        double rest = value;
        for (int part = 0; part < PARTS; part++) {
            long cut = (long) (rest * UNITS_IN_ONE[part]);
            parts[first + part] += cut;
            rest -= cut * UNITS[part];
        }
    }

    /** The sum of the values added to the parts that begin at the given place. */
    public static ExactSum of(long[] parts, int first) {
        return new ExactSum(parts[first], parts[first + 1], parts[first + 2], parts[first + 3], null);
    }

    public static ExactSum of(BigDecimal number) {
        return new ExactSum(0, 0, 0, 0, number);
    }

    /** Adds this sum to four parts; false, and nothing is added, where it is a decimal number. */
    public boolean addTo(long[] parts) {
        if (decimal != null) {
            return false;
        }
        parts[0] += top;
        parts[1] += whole;
        parts[2] += below;
        parts[3] += lowest;
        return true;
    }

    public ExactSum plus(ExactSum other) {
        return decimal == null && other.decimal == null
                ? new ExactSum(top + other.top, whole + other.whole, below + other.below, lowest + other.lowest, null)
                : of(decimal().add(other.decimal()));
    }

    /** The exact number. */
    public BigDecimal decimal() {
        if (decimal != null) {
            return decimal;
        }
        if (below == 0 && lowest == 0 && Math.abs(top) < SMALL && Math.abs(whole) < SMALL) {
            return BigDecimal.valueOf((top << BITS) + whole);
        }
        BigInteger integer = BigInteger.valueOf(top).shiftLeft(BITS).add(BigInteger.valueOf(whole));
        BigInteger fraction = BigInteger.valueOf(below).shiftLeft(BITS).add(BigInteger.valueOf(lowest));
        // n / 2^60 = n * 5^60 / 10^60
        return new BigDecimal(integer).add(new BigDecimal(fraction.multiply(FIVES), FRACTION));
    }

    /** The double nearest to the sum: that of {@link #decimal}, without the way through decimals. */
    public double rounded() {
        boolean fits = Math.abs(top) < SMALL && Math.abs(whole) < WHOLE && Math.abs(below) < WHOLE;
        if (decimal != null || !fits) {
            return rounded(decimal());
        }
        long carried = below + (lowest >> BITS);
        long fraction = (carried & LOW) << BITS | lowest & LOW;
        long integer = (top << BITS) + whole + (carried >> BITS);
        if (fraction == 0) {
            return integer;
        }
        // the fraction is added: below zero it is taken from the next integer towards zero
        return integer < 0 ? -rounded(-integer - 1, WHOLE - fraction) : rounded(integer, fraction);
    }

    /** A number above zero in 2^60ths; what does not fit into a long shows in the last of its bits. */
    private static double rounded(long integer, long fraction) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(integer);
        int cut = Math.max(0, bits + FRACTION - KEPT);
        long kept = integer << FRACTION - cut | fraction >>> cut;
        boolean more = (fraction & (1L << cut) - 1) != 0;
        return Math.scalb((double) (more ? kept | 1 : kept), cut - FRACTION);
    }

    /** The double nearest to the sum: {@link BigDecimal#doubleValue}, without its way through text. */
    public static double rounded(BigDecimal sum) {
        if (sum.scale() != FRACTION) {
            return sum.doubleValue();
        }
        BigInteger[] parts = sum.unscaledValue().divideAndRemainder(FIVES);
        return parts[1].signum() == 0 ? Math.scalb(parts[0].doubleValue(), -FRACTION) : sum.doubleValue();
    }

    @Override
    public String toString() {
        return decimal().toString();
    }
}
