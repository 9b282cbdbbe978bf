package org.regionaldoughnut.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The region hierarchy of one frame: every region once, with its parent. Iteration is in order of code. */
public final class RegionTree {
    private final Map<String, Region> regions = new LinkedHashMap<>();
    private final Map<String, List<Region>> children = new HashMap<>();
    private final Map<String, Set<String>> straddled = new HashMap<>();
    private final List<Region> bottomUp = new ArrayList<>();

    /** Throws {@link IllegalArgumentException} for a code met twice, an unknown parent or a cycle. */
    public RegionTree(Collection<Region> all) {
        List<Region> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Region::code));
        for (Region region : sorted) {
            if (regions.put(region.code(), region) != null) {
                throw new IllegalArgumentException("region " + region.code() + " stands twice in the hierarchy");
            }
        }
        for (Region region : regions.values()) {
            region.parent().ifPresent(parent -> {
                if (!regions.containsKey(parent)) {
                    throw new IllegalArgumentException(
                            "region " + region.code() + " names the parent " + parent + ", which is not a region");
                }
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(region);
            });
            region.partial().forEach(part -> straddled
                    .computeIfAbsent(part, p -> new TreeSet<>())
                    .add(region.code()));
        }
        regions.keySet().forEach(this::ancestors);
        for (Region region : regions.values()) {
            if (region.parent().isEmpty()) {
                visit(region, bottomUp);
            }
        }
    }

    public Collection<Region> regions() {
        return Collections.unmodifiableCollection(regions.values());
    }

    public Optional<Region> region(String code) {
        return Optional.ofNullable(regions.get(code));
    }

    public List<Region> children(String code) {
        return children.getOrDefault(code, List.of());
    }

    /** Regions of which this one holds only a part, so that a sum over its children is not its total. */
    public Set<String> straddlers(String code) {
        return straddled.getOrDefault(code, Set.of());
    }

    /** Codes from the region itself up to its root. */
    public List<String> ancestors(String code) {
        List<String> path = new ArrayList<>();
        Optional<String> next = Optional.of(code);
        while (next.isPresent()) {
            if (path.contains(next.get())) {
                throw new IllegalArgumentException("region " + code + " is its own ancestor: " + path);
            }
            path.add(next.get());
            next = Optional.ofNullable(regions.get(next.get())).flatMap(Region::parent);
        }
        return path;
    }

    /** The nearest region that holds all the given ones; none where they have no common root. */
    public Optional<String> commonAncestor(Collection<String> codes) {
        List<String> common = null;
        for (String code : codes) {
            List<String> path = ancestors(code);
            if (common == null) {
                common = new ArrayList<>(path);
            } else {
                common.retainAll(path);
            }
        }
        return common == null || common.isEmpty() ? Optional.empty() : Optional.of(common.get(0));
    }

    /** Regions from the leaves to the root: children before their parents. */
    public List<Region> bottomUp() {
        return Collections.unmodifiableList(bottomUp);
    }

    private void visit(Region region, List<Region> order) {
        children(region.code()).forEach(child -> visit(child, order));
        order.add(region);
    }
}
