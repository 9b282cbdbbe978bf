package org.regionaldoughnut.indicators;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/** The regions whose own figures make up a rolled-up term: the region itself where it is published, else those below. */
final class Contributors {
    private final RegionTree tree;
    private final Map<String, Map<String, Measure>> own;
    private final Map<String, RollUp.Node> nodes;

    Contributors(RegionTree tree, Map<String, Map<String, Measure>> own, Map<String, RollUp.Node> nodes) {
        this.tree = tree;
        this.own = own;
        this.nodes = nodes;
    }

    Set<String> of(String region, String term) {
        Set<String> found = new LinkedHashSet<>();
        jointly(region, term, found);
        return found;
    }

    private void jointly(String region, String term, Set<String> found) {
        RollUp.Node node = nodes.get(region);
        if (node == null || node.measures().isEmpty()) {
            return;
        }
        if (node.whole().size() == own.size()) {
            wholly(region, term, found);
            return;
        }
        tree.children(region).forEach(child -> jointly(child.code(), term, found));
    }

    private void wholly(String region, String term, Set<String> found) {
        Measure stated = own.get(term).get(region);
        if (stated != null && stated.hasValue()) {
            found.add(region);
            return;
        }
        for (Region child : tree.children(region)) {
            RollUp.Node node = nodes.get(child.code());
            if (node != null && node.whole().containsKey(term)) {
                wholly(child.code(), term, found);
            }
        }
    }
}
