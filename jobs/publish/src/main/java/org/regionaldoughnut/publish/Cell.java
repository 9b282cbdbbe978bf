package org.regionaldoughnut.publish;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The place of a figure: key of the table indicators. */
record Cell(String indicator, String breakdown, String region, String period) {
    static final String TOTAL = "_T";

    Cell {
        Objects.requireNonNull(indicator);
        Objects.requireNonNull(breakdown);
        Objects.requireNonNull(region);
        Objects.requireNonNull(period);
    }

    Cell of(String otherIndicator) {
        return new Cell(otherIndicator, breakdown, region, period);
    }

    Cell in(String otherRegion) {
        return new Cell(indicator, breakdown, otherRegion, period);
    }

    /** Its codes, {@code DIM=CODE}; none for the total. */
    Set<String> codes() {
        return breakdown.equals(TOTAL) ? Set.of() : new TreeSet<>(Set.of(breakdown.split(";")));
    }

    /** The same without one of its codes: what it is a part of. */
    Cell without(String code) {
        Set<String> rest = new TreeSet<>(codes());
        rest.remove(code);
        return new Cell(indicator, rest.isEmpty() ? TOTAL : String.join(";", rest), region, period);
    }
}
