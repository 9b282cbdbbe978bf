package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;

/** What the rows of one term give for one region and period. */
final class Measure {
    /** Of the one sum, which most measures have; null where there are several, or none. */
    private final String code;

    private final ExactSum only;
    private final Map<String, ExactSum> several;
    private final long rows;
    private final long missing;
    private final long distinct;
    private final ObsStatus status;
    private final Interval interval;
    private final Instant vintage;
    private final boolean setAside;

    // asked for by every indicator that has the term, and costly to find
    private double number = Double.NaN;
    private Map<String, Double> amounts;

    /**
     * @param parts exact sums by the code that shares are taken over; the one code {@code ""} where there is none
     * @param rows number of rows
     * @param missing number of rows without a value
     * @param distinct number of different values among them
     * @param vintage the newest of the rows
     */
    Measure(
            Map<String, ExactSum> parts,
            long rows,
            long missing,
            long distinct,
            ObsStatus status,
            Interval interval,
            Instant vintage) {
        this(null, null, parts, rows, missing, distinct, status, interval, vintage, false);
    }

    /**
     * The same of one sum.
     *
     * @param code that shares are taken over; {@code ""} for none
     * @param only null where no row has a value
     */
    Measure(
            String code,
            ExactSum only,
            long rows,
            long missing,
            long distinct,
            ObsStatus status,
            Interval interval,
            Instant vintage) {
        this(code, only, Map.of(), rows, missing, distinct, status, interval, vintage, false);
    }

    private Measure(
            String code,
            ExactSum only,
            Map<String, ExactSum> several,
            long rows,
            long missing,
            long distinct,
            ObsStatus status,
            Interval interval,
            Instant vintage,
            boolean setAside) {
        this.code = code;
        this.only = only;
        this.several = several;
        this.rows = rows;
        this.missing = missing;
        this.distinct = distinct;
        this.status = status;
        this.interval = interval;
        this.vintage = vintage;
        this.setAside = setAside;
    }

    /** Exact sums by code. */
    Map<String, ExactSum> parts() {
        return only == null ? several : Map.of(code, only);
    }

    long rows() {
        return rows;
    }

    long missing() {
        return missing;
    }

    long distinct() {
        return distinct;
    }

    ObsStatus status() {
        return status;
    }

    Interval interval() {
        return interval;
    }

    Instant vintage() {
        return vintage;
    }

    /** A figure taken from elsewhere, as the value of another indicator. */
    static Measure figure(BigDecimal value, ObsStatus status, Instant vintage) {
        return new Measure("", ExactSum.of(value), 1, 0, 1, status, Interval.NONE, vintage);
    }

    /** A row without a figure. */
    static Measure withheld(ObsStatus status, Instant vintage) {
        return new Measure(Map.of(), 1, 1, 1, status, Interval.NONE, vintage);
    }

    /** A figure that was received and that a rule has removed. */
    static Measure setAside(Instant vintage) {
        return new Measure(null, null, Map.of(), 1, 1, 1, ObsStatus.A, Interval.NONE, vintage, true);
    }

    /** Whether all that was received has been removed by rules. */
    boolean isSetAside() {
        return setAside;
    }

    boolean hasValue() {
        return only != null || !several.isEmpty();
    }

    /** The sum of the parts, correctly rounded. */
    double number() {
        if (Double.isNaN(number)) {
            number = only == null ? ExactSum.rounded(total()) : only.rounded();
        }
        return number;
    }

    BigDecimal total() {
        return parts().values().stream()
                .reduce(ExactSum::plus)
                .map(ExactSum::decimal)
                .orElse(BigDecimal.ZERO);
    }

    /** Parts as doubles, in order of their codes. */
    Map<String, Double> amounts() {
        if (amounts == null) {
            Map<String, Double> rounded = new TreeMap<>();
            parts().forEach((its, value) -> rounded.put(its, value.rounded()));
            amounts = Collections.unmodifiableMap(rounded);
        }
        return amounts;
    }

    /** The sum of two regions' measures. */
    Measure plus(Measure other) {
        return plus(other, false);
    }

    /** The sum with another where nobody else holds this one: its codes are added to, not copied. */
    Measure gathering(Measure other) {
        return plus(other, true);
    }

    private Measure plus(Measure other, boolean own) {
        if (only != null && other.only != null && code.equals(other.code)) {
            return with(code, only.plus(other.only), Map.of(), other);
        }
        Map<String, ExactSum> all = own && several instanceof HashMap ? several : new HashMap<>(parts());
        other.parts().forEach((its, part) -> all.merge(its, part, ExactSum::plus));
        return with(null, null, all, other);
    }

    private Measure with(String itsCode, ExactSum sum, Map<String, ExactSum> sums, Measure other) {
        return new Measure(
                itsCode,
                sum,
                sums,
                rows + other.rows,
                missing + other.missing,
                distinct + other.distinct,
                status.and(other.status),
                Interval.NONE,
                newer(vintage, other.vintage),
                setAside && other.setAside);
    }

    private static Instant newer(Instant a, Instant b) {
        return a == b || a.isAfter(b) ? a : b;
    }

    /** Adds up measures; those of one and the same code, which most are, without one in between. */
    static final class Sum {
        private Measure sum;
        private boolean own;

        // of the one code, where there is such
        private long[] exact;
        private String code;
        private long rows;
        private long missing;
        private long distinct;
        private ObsStatus status;
        private Instant vintage;
        private boolean setAside;
        private boolean added;

        void add(Measure measure) {
            if (sum == null) {
                sum = measure;
            } else if (exact == null && !begin() || !addExactly(measure)) {
                Measure before = result();
                sum = own ? before.gathering(measure) : before.plus(measure);
                own = true;
                exact = null;
                added = false;
            }
        }

        private boolean begin() {
            long[] parts = new long[ExactSum.PARTS];
            if (sum.only == null || !sum.only.addTo(parts)) {
                return false;
            }
            exact = parts;
            code = sum.code;
            rows = sum.rows;
            missing = sum.missing;
            distinct = sum.distinct;
            status = sum.status;
            vintage = sum.vintage;
            setAside = sum.setAside;
            return true;
        }

        private boolean addExactly(Measure measure) {
            if (measure.only == null || !code.equals(measure.code) || !measure.only.addTo(exact)) {
                return false;
            }
            rows += measure.rows;
            missing += measure.missing;
            distinct += measure.distinct;
            status = status.and(measure.status);
            vintage = newer(vintage, measure.vintage);
            setAside &= measure.setAside;
            added = true;
            return true;
        }

        /** The sum so far; null where there is none. */
        Measure result() {
            return !added
                    ? sum
                    : new Measure(
                            code,
                            ExactSum.of(exact, 0),
                            Map.of(),
                            rows,
                            missing,
                            distinct,
                            status,
                            Interval.NONE,
                            vintage,
                            setAside);
        }
    }
}
