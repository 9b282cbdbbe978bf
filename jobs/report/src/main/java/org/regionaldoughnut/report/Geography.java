package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.Region;

/**
 * The regions of a release: their names, their places in the hierarchy and which of them have a doughnut.
 *
 * @param regions by code, in the order they are listed in
 * @param periods the newest doughnut's period by code
 */
record Geography(Map<String, Region> regions, Map<String, String> periods) {

    /** The region; one the regions table does not know has its code as name. */
    Region region(String code) {
        Region known = regions.get(code);
        return known != null ? known : new Region(code, code, "", Optional.empty(), List.of());
    }

    /** Codes with a doughnut, by level and name. */
    List<String> withDoughnut() {
        Set<String> codes = new LinkedHashSet<>(regions.keySet());
        codes.addAll(periods.keySet());
        codes.retainAll(periods.keySet());
        return List.copyOf(codes);
    }

    /** The regions that hold the given one, topmost first. */
    List<Region> parents(String code) {
        List<Region> parents = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(List.of(code));
        Optional<String> parent = region(code).parent();
        while (parent.isPresent() && seen.add(parent.get())) {
            Region region = region(parent.get());
            parents.add(0, region);
            parent = region.parent();
        }
        return parents;
    }

    /** Other codes with a doughnut at the same level. */
    List<String> siblings(String code) {
        String level = region(code).level();
        return withDoughnut().stream()
                .filter(other -> !other.equals(code) && region(other).level().equals(level))
                .toList();
    }
}
