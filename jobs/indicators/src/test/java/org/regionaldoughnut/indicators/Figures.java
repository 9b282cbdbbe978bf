package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/** Small hand-made hierarchies and the figures of their regions. */
final class Figures {
    static final Instant PUBLISHED = Instant.parse("2020-10-15T00:00:00Z");

    private Figures() {}

    static Region region(String code, String level, String parent, String... partial) {
        return new Region(code, "Region " + code, level, Optional.ofNullable(parent), List.of(partial));
    }

    /**
     * Country X; in it the region XA with the counties XA1 (towns a, b) and XA2 (town c) and a residual, and the region
     * XB with the county XB1 (town d).
     */
    static RegionTree country() {
        return tree(
                region("X", "NUTS0", null),
                region("XA", "NUTS1", "X"),
                region("XA1", "NUTS2", "XA"),
                region("XA2", "NUTS2", "XA"),
                region("XAZ", Region.RESIDUAL, "XA"),
                region("XB", "NUTS1", "X"),
                region("XB1", "NUTS2", "XB"),
                region("a", "LAU", "XA1"),
                region("b", "LAU", "XA1"),
                region("c", "LAU", "XA2"),
                region("d", "LAU", "XB1"),
                region("XZZ", Region.EXTRA, null));
    }

    static RegionTree tree(Region... regions) {
        return new RegionTree(Arrays.asList(regions));
    }

    static Measure measure(double value) {
        return measure(value, ObsStatus.A);
    }

    static Measure measure(double value, ObsStatus status) {
        return measure(Map.of("", value), status);
    }

    static Measure measure(Map<String, Double> parts, ObsStatus status) {
        Map<String, ExactSum> exact = new TreeMap<>();
        parts.forEach((code, value) -> exact.put(code, ExactSum.of(BigDecimal.valueOf(value))));
        return new Measure(exact, exact.size(), 0, 1, status, Interval.NONE, PUBLISHED);
    }

    /** A row that is there and has no value. */
    static Measure withheld(ObsStatus status) {
        return new Measure(Map.of(), 1, 1, 1, status, Interval.NONE, PUBLISHED);
    }

    static Map<String, Measure> measures(Map<String, Double> byRegion) {
        return byRegion.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> measure(e.getValue())));
    }

    static Map<String, BigDecimal> people(Map<String, Integer> byRegion) {
        return byRegion.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> BigDecimal.valueOf(e.getValue())));
    }
}
