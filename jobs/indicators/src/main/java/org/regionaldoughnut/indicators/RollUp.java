package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Brings the terms of one indicator and period up the region hierarchy. A published figure at a level wins over a sum
 * of lower ones. Where some lower regions lack a term, only those that have every term are summed, and the coverage
 * says how much that is.
 *
 * <p>A region without people in the period does not exist in it (authorities that are merged or not founded yet) and
 * counts for nothing. A region that lies in several others (see {@link Region#partial}) makes their sums incomplete,
 * not that of the region that holds them all.
 */
final class RollUp {
    private final RegionTree tree;
    private final Map<String, BigDecimal> people;
    private final Map<String, BigDecimal> peopleBelow = new HashMap<>();

    /** @param people number of people of the regions it is known of; empty where the office has none */
    RollUp(RegionTree tree, Map<String, BigDecimal> people) {
        this.tree = tree;
        this.people = people;
        for (Region region : tree.bottomUp()) {
            BigDecimal own = people.get(region.code());
            BigDecimal sum = own;
            if (own == null) {
                for (Region child : tree.children(region.code())) {
                    BigDecimal below = peopleBelow.get(child.code());
                    sum = below == null ? sum : (sum == null ? below : sum.add(below));
                }
            }
            if (sum != null) {
                peopleBelow.put(region.code(), sum);
            }
        }
    }

    /** Number of people of a region, its own or the sum of lower ones. */
    Optional<BigDecimal> people(String region) {
        return Optional.ofNullable(peopleBelow.get(region));
    }

    /**
     * @param measures term to measure, for the terms that the regions summed up all have; empty where there are none
     * @param published whether every term stands at the region itself
     * @param incomplete why the sum may not be shown, though it may be part of a larger one
     * @param whole terms that no place in the region lacks
     */
    record Node(
            Map<String, Measure> measures,
            boolean published,
            double leaves,
            double leavesCovered,
            BigDecimal people,
            BigDecimal peopleCovered,
            Optional<String> incomplete,
            Map<String, Measure> whole) {

        Coverage coverage() {
            double regions = leaves == 0 ? (measures.isEmpty() ? 0 : 1) : leavesCovered / leaves;
            double population = people.signum() == 0
                    ? Coverage.UNKNOWN
                    : Math.min(1, peopleCovered.doubleValue() / people.doubleValue());
            return new Coverage(Math.min(1, regions), population);
        }
    }

    /**
     * @param own term to region to measure
     * @param additive whether figures of lower regions may be summed; otherwise only published ones count
     */
    Map<String, Node> roll(Map<String, Map<String, Measure>> own, boolean additive) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Region region : tree.bottomUp()) {
            nodes.put(region.code(), node(region, own, additive, nodes));
        }
        return nodes;
    }

    private Node node(Region region, Map<String, Map<String, Measure>> own, boolean additive, Map<String, Node> nodes) {
        List<Node> children = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (Region child : tree.children(region.code())) {
            if (exists(child) && !heldElsewhere(child, own, nodes)) {
                children.add(nodes.get(child.code()));
                codes.add(child.code());
            }
        }
        double leaves = children.stream().mapToDouble(Node::leaves).sum();
        if (leaves == 0 && region.isPlace()) {
            leaves = 1;
        }
        BigDecimal here = peopleBelow.getOrDefault(region.code(), BigDecimal.ZERO);

        Map<String, Measure> whole = new LinkedHashMap<>();
        boolean published = true;
        boolean refused = false;
        for (Map.Entry<String, Map<String, Measure>> term : own.entrySet()) {
            Measure stated = term.getValue().get(region.code());
            if (stated != null && stated.hasValue()) {
                whole.put(term.getKey(), stated);
            } else if (stated != null) {
                refused = true;
            } else if (additive) {
                sumOfComplete(term.getKey(), codes, nodes).ifPresent(sum -> whole.put(term.getKey(), sum));
                published = false;
            }
        }
        Optional<String> incomplete = published ? Optional.empty() : straddled(region);
        if (whole.size() == own.size()) {
            return new Node(whole, published, leaves, leaves, here, here, incomplete, whole);
        }
        if (!additive || refused) {
            return new Node(Map.of(), false, leaves, 0, here, BigDecimal.ZERO, incomplete, whole);
        }
        return jointly(children, leaves, here, incomplete, whole);
    }

    /** Only lower regions that have every term are summed. */
    private static Node jointly(
            List<Node> children,
            double leaves,
            BigDecimal here,
            Optional<String> incomplete,
            Map<String, Measure> whole) {
        Map<String, Measure> sums = new LinkedHashMap<>();
        double covered = 0;
        BigDecimal peopleCovered = BigDecimal.ZERO;
        for (Node child : children) {
            if (!child.measures().isEmpty()) {
                child.measures().forEach((term, measure) -> sums.merge(term, measure, Measure::plus));
                covered += child.leavesCovered();
                peopleCovered = peopleCovered.add(child.peopleCovered());
            }
        }
        return new Node(sums, false, leaves, covered, here, peopleCovered, incomplete, whole);
    }

    /** The sum over all lower regions where none of the places among them lacks the term. */
    private Optional<Measure> sumOfComplete(String term, List<String> children, Map<String, Node> nodes) {
        Measure sum = null;
        for (String child : children) {
            Node node = nodes.get(child);
            boolean place = tree.region(child).orElseThrow().isPlace();
            Measure measure = node.whole().get(term);
            if (measure == null && place) {
                return Optional.empty();
            }
            sum = measure == null ? sum : (sum == null ? measure : sum.plus(measure));
        }
        return Optional.ofNullable(sum);
    }

    private boolean exists(Region region) {
        return people.isEmpty() || !region.isPlace() || peopleBelow.containsKey(region.code());
    }

    /** A region that lies in several others and has no figure of its own is part of theirs. */
    private static boolean heldElsewhere(
            Region region, Map<String, Map<String, Measure>> own, Map<String, Node> nodes) {
        return !region.partial().isEmpty()
                && own.values().stream().noneMatch(regions -> regions.containsKey(region.code()))
                && region.partial().stream()
                        .map(nodes::get)
                        .anyMatch(node -> node != null && !node.measures().isEmpty());
    }

    private Optional<String> straddled(Region region) {
        Set<String> straddlers = tree.straddlers(region.code());
        if (straddlers.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = straddlers.stream()
                .map(code -> tree.region(code).map(Region::name).orElse(code))
                .toList();
        return Optional.of(String.join(", ", names)
                + " lie only partly in the region, and no weights are declared to divide their figures");
    }
}
