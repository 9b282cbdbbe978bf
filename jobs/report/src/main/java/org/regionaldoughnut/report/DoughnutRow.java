package org.regionaldoughnut.report;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A released row of table {@code doughnut}: an indicator of a dimension, a dimension without indicator ({@link
 * #NONE}), or the median of a ring ({@link #TOTAL}). Numbers that are not finite are absent; texts that are null are
 * empty.
 *
 * @param gapPercent shortfall or overshoot in percent
 */
record DoughnutRow(
        String region,
        String framework,
        String lens,
        String ring,
        String dimension,
        String indicator,
        String period,
        OptionalDouble value,
        String unit,
        String form,
        OptionalDouble boundary,
        OptionalDouble ratio,
        OptionalDouble gapPercent,
        OptionalDouble q1,
        OptionalDouble q3,
        OptionalInt n,
        OptionalInt dimensions,
        boolean inMedian,
        String status,
        OptionalInt referenceYear,
        String proxy,
        String reason) {
    static final String TOTAL = "_T";
    static final String NONE = "_Z";

    boolean isMedian() {
        return dimension.equals(TOTAL) && indicator.equals(TOTAL);
    }

    boolean hasIndicator() {
        return !indicator.equals(NONE) && !indicator.isEmpty();
    }

    /** Whether there is something to draw. */
    boolean hasGap() {
        return value.isPresent() && gapPercent.isPresent();
    }

    /** Whether it stands in for another concept; what is outside the median for another reason does not. */
    boolean isProxy() {
        return hasGap() && !inMedian && !proxy.isBlank() && !proxy.equals("false");
    }

    /** Why the value stands in for another concept, where the row or the catalogue says so. */
    Optional<String> proxySentence() {
        return Optional.of(proxy).filter(p -> !p.isBlank() && !p.equals("true") && !p.equals("false"));
    }
}
