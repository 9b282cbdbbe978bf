package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Numbers of regions, so that what is known of them is kept in arrays: those of a hierarchy in its order from the leaves
 * up, others as they are met.
 */
final class RegionNumbers {
    static final int UNKNOWN = -1;

    private final RegionTree tree;
    private final List<String> codes = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    RegionNumbers(RegionTree tree) {
        this.tree = tree;
        for (Region region : tree.bottomUp()) {
            number(region.code());
        }
    }

    /** Numbers of the regions that are met. */
    RegionNumbers() {
        this(new RegionTree(List.of()));
    }

    /** Whether the numbers are the places in this hierarchy's order from the leaves up. */
    boolean areOf(RegionTree other) {
        return tree == other;
    }

    /** The number of the region; one that is new gets the next. */
    int number(String code) {
        return numbers.computeIfAbsent(code, c -> {
            codes.add(c);
            return codes.size() - 1;
        });
    }

    /** The number of the region, or {@link #UNKNOWN}. */
    int known(Object code) {
        return numbers.getOrDefault(code, UNKNOWN);
    }

    /** Codes by number. */
    List<String> codes() {
        return Collections.unmodifiableList(codes);
    }
}
