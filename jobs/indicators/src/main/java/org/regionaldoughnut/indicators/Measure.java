package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;

/** What the rows of one term give for one region and period. */
final class Measure {
    private final Map<String, ExactSum> parts;
    private final long rows;
    private final long missing;
    private final long distinct;
    private final ObsStatus status;
    private final Optional<Double> lower;
    private final Optional<Double> upper;
    private final Optional<Double> confidenceLevel;
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
            Optional<Double> lower,
            Optional<Double> upper,
            Optional<Double> confidenceLevel,
            Instant vintage) {
        this(parts, rows, missing, distinct, status, lower, upper, confidenceLevel, vintage, false);
    }

    private Measure(
            Map<String, ExactSum> parts,
            long rows,
            long missing,
            long distinct,
            ObsStatus status,
            Optional<Double> lower,
            Optional<Double> upper,
            Optional<Double> confidenceLevel,
            Instant vintage,
            boolean setAside) {
        this.setAside = setAside;
        this.parts = parts;
        this.rows = rows;
        this.missing = missing;
        this.distinct = distinct;
        this.status = status;
        this.lower = lower;
        this.upper = upper;
        this.confidenceLevel = confidenceLevel;
        this.vintage = vintage;
    }

    Map<String, ExactSum> parts() {
        return parts;
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

    Optional<Double> lower() {
        return lower;
    }

    Optional<Double> upper() {
        return upper;
    }

    Optional<Double> confidenceLevel() {
        return confidenceLevel;
    }

    Instant vintage() {
        return vintage;
    }
    /** A figure taken from elsewhere, as the value of another indicator. */
    static Measure figure(BigDecimal value, ObsStatus status, Instant vintage) {
        return new Measure(
                Map.of("", ExactSum.of(value)),
                1,
                0,
                1,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                vintage);
    }

    /** A row without a figure. */
    static Measure withheld(ObsStatus status, Instant vintage) {
        return new Measure(Map.of(), 1, 1, 1, status, Optional.empty(), Optional.empty(), Optional.empty(), vintage);
    }

    /** A figure that was received and that a rule has removed. */
    static Measure setAside(Instant vintage) {
        Optional<Double> none = Optional.empty();
        return new Measure(Map.of(), 1, 1, 1, ObsStatus.A, none, none, none, vintage, true);
    }

    /** Whether all that was received has been removed by rules. */
    boolean isSetAside() {
        return setAside;
    }

    boolean hasValue() {
        return !parts.isEmpty();
    }

    /** The sum of the parts, correctly rounded. */
    double number() {
        if (Double.isNaN(number)) {
            number = parts.size() == 1 ? parts.values().iterator().next().rounded() : ExactSum.rounded(total());
        }
        return number;
    }

    BigDecimal total() {
        return parts.values().stream()
                .reduce(ExactSum::plus)
                .map(ExactSum::decimal)
                .orElse(BigDecimal.ZERO);
    }

    /** Parts as doubles, in order of their codes. */
    Map<String, Double> amounts() {
        if (amounts == null) {
            Map<String, Double> rounded = new TreeMap<>();
            parts.forEach((code, value) -> rounded.put(code, value.rounded()));
            amounts = Collections.unmodifiableMap(rounded);
        }
        return amounts;
    }

    /** The sum of two regions' measures. */
    Measure plus(Measure other) {
        return with(sum(parts, other.parts), other);
    }

    /** The sum with another where nobody else holds this one: its codes are added to, not copied. */
    Measure gathering(Measure other) {
        Map<String, ExactSum> all = sumOfOne(parts, other.parts);
        if (all == null) {
            all = parts instanceof HashMap ? parts : new HashMap<>(parts);
            add(other.parts, all);
        }
        return with(all, other);
    }

    private Measure with(Map<String, ExactSum> sums, Measure other) {
        return new Measure(
                sums,
                rows + other.rows,
                missing + other.missing,
                distinct + other.distinct,
                status.and(other.status),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                newer(vintage, other.vintage),
                setAside && other.setAside);
    }

    private static Instant newer(Instant a, Instant b) {
        return a == b || a.isAfter(b) ? a : b;
    }

    private static Map<String, ExactSum> sum(Map<String, ExactSum> a, Map<String, ExactSum> b) {
        Map<String, ExactSum> sum = sumOfOne(a, b);
        if (sum == null) {
            sum = new HashMap<>(a);
            add(b, sum);
        }
        return sum;
    }

    /** The sum of the one code both have; null where there are others. */
    private static Map<String, ExactSum> sumOfOne(Map<String, ExactSum> a, Map<String, ExactSum> b) {
        if (a.size() != 1 || b.size() != 1) {
            return null;
        }
        Map.Entry<String, ExactSum> one = a.entrySet().iterator().next();
        ExactSum other = b.get(one.getKey());
        return other == null ? null : Map.of(one.getKey(), one.getValue().plus(other));
    }

    private static void add(Map<String, ExactSum> parts, Map<String, ExactSum> sums) {
        for (Map.Entry<String, ExactSum> part : parts.entrySet()) {
            sums.merge(part.getKey(), part.getValue(), ExactSum::plus);
        }
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
            if (sum.parts.size() != 1) {
                return false;
            }
            Map.Entry<String, ExactSum> one = sum.parts.entrySet().iterator().next();
            long[] parts = new long[ExactSum.PARTS];
            if (!one.getValue().addTo(parts)) {
                return false;
            }
            exact = parts;
            code = one.getKey();
            rows = sum.rows;
            missing = sum.missing;
            distinct = sum.distinct;
            status = sum.status;
            vintage = sum.vintage;
            setAside = sum.setAside;
            return true;
        }

        private boolean addExactly(Measure measure) {
            ExactSum other = measure.parts.size() == 1 ? measure.parts.get(code) : null;
            if (other == null || !other.addTo(exact)) {
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
            Optional<Double> none = Optional.empty();
            return !added
                    ? sum
                    : new Measure(
                            Map.of(code, ExactSum.of(exact, 0)),
                            rows,
                            missing,
                            distinct,
                            status,
                            none,
                            none,
                            none,
                            vintage,
                            setAside);
        }
    }
}
