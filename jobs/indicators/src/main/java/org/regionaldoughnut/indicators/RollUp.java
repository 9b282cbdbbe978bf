package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.regionaldoughnut.lake.ExactSum;
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
    private final List<Region> order;
    private final RegionNumbers numbers;

    /** By place in the order: those of its children that exist. */
    private final int[][] children;

    private final Map<String, BigDecimal> peopleBelow = new HashMap<>();
    private final BigDecimal[] here;
    private final ByTerm none = new ByTerm(new String[0]);

    /** @param people number of people of the regions it is known of; empty where the office has none */
    RollUp(RegionTree tree, Map<String, BigDecimal> people) {
        this.tree = tree;
        this.order = tree.bottomUp();
        this.numbers = new RegionNumbers(tree);
        this.children = new int[order.size()][];
        this.here = new BigDecimal[order.size()];
        for (int place = 0; place < order.size(); place++) {
            Region region = order.get(place);
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
            here[place] = sum == null ? BigDecimal.ZERO : sum;
            children[place] = tree.children(region.code()).stream()
                    .filter(child -> people.isEmpty() || !child.isPlace() || peopleBelow.containsKey(child.code()))
                    .mapToInt(child -> numbers.known(child.code()))
                    .toArray();
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
            ByTerm measures,
            boolean published,
            double leaves,
            double leavesCovered,
            BigDecimal people,
            BigDecimal peopleCovered,
            Optional<String> incomplete,
            ByTerm whole) {

        Coverage coverage() {
            double regions = leaves == 0 ? (measures.isEmpty() ? 0 : 1) : leavesCovered / leaves;
            double population = people.signum() == 0
                    ? Coverage.UNKNOWN
                    : peopleCovered.equals(people)
                            ? 1
                            : Math.min(1, ExactSum.rounded(peopleCovered) / ExactSum.rounded(people));
            return new Coverage(Math.min(1, regions), population);
        }
    }

    /**
     * @param own term to region to measure
     * @param additive whether figures of lower regions may be summed; otherwise only published ones count
     */
    Nodes roll(Map<String, Map<String, Measure>> own, boolean additive) {
        String[] terms = own.keySet().toArray(String[]::new);
        List<ByRegion> measures = own.values().stream().map(this::inOrder).toList();
        Node[] nodes = new Node[order.size()];
        for (int place = 0; place < nodes.length; place++) {
            nodes[place] = node(place, terms, measures, additive, nodes);
        }
        return new Nodes(nodes);
    }

    /** The measures by place in the order. */
    private ByRegion inOrder(Map<String, Measure> regions) {
        if (regions instanceof ByRegion its && its.isInOrderOf(tree)) {
            return its;
        }
        ByRegion ordered = new ByRegion(numbers);
        regions.forEach((region, measure) -> ordered.gather(numbers.number(region), measure));
        return ordered;
    }

    /** All regions, lower ones first. */
    final class Nodes extends AbstractMap<String, Node> {
        private final Node[] nodes;

        private Nodes(Node[] nodes) {
            this.nodes = nodes;
        }

        void forEachRegion(BiConsumer<Region, Node> action) {
            for (int place = 0; place < nodes.length; place++) {
                action.accept(order.get(place), nodes[place]);
            }
        }

        @Override
        public Node get(Object code) {
            int place = numbers.known(code);
            return place < 0 || place >= nodes.length ? null : nodes[place];
        }

        @Override
        public boolean containsKey(Object code) {
            return get(code) != null;
        }

        @Override
        public Set<Map.Entry<String, Node>> entrySet() {
            Map<String, Node> all = new LinkedHashMap<>();
            forEachRegion((region, node) -> all.put(region.code(), node));
            return all.entrySet();
        }
    }

    private Node node(int place, String[] terms, List<ByRegion> own, boolean additive, Node[] nodes) {
        Region region = order.get(place);
        int[] below = counted(place, own, nodes);
        double leaves = 0;
        for (int child : below) {
            leaves += nodes[child].leaves();
        }
        if (leaves == 0 && region.isPlace()) {
            leaves = 1;
        }
        ByTerm whole = new ByTerm(terms);
        boolean published = true;
        boolean refused = false;
        for (int term = 0; term < terms.length; term++) {
            Measure stated = own.get(term).at(place);
            if (stated != null && stated.hasValue()) {
                whole.set(term, stated);
            } else if (stated != null && !stated.isSetAside()) {
                refused = true;
            } else if (additive) {
                Measure sum = sumOfComplete(term, below, nodes);
                if (sum != null) {
                    whole.set(term, sum);
                }
                published = false;
            }
        }
        Optional<String> incomplete = published ? Optional.empty() : straddled(region);
        BigDecimal people = here[place];
        if (whole.size() == terms.length) {
            return new Node(whole, published, leaves, leaves, people, people, incomplete, whole);
        }
        if (!additive || refused) {
            return new Node(none, false, leaves, 0, people, BigDecimal.ZERO, incomplete, whole);
        }
        return jointly(below, terms, nodes, leaves, people, incomplete, whole);
    }

    /** The children that count: a region that lies in several others and has no figure of its own is part of theirs. */
    private int[] counted(int place, List<ByRegion> own, Node[] nodes) {
        int[] all = children[place];
        for (int child : all) {
            if (!order.get(child).partial().isEmpty()) {
                return Arrays.stream(all)
                        .filter(c -> !heldElsewhere(c, own, nodes))
                        .toArray();
            }
        }
        return all;
    }

    /** Only lower regions that have every term are summed. */
    private Node jointly(
            int[] children,
            String[] terms,
            Node[] nodes,
            double leaves,
            BigDecimal here,
            Optional<String> incomplete,
            ByTerm whole) {
        Measure.Sum[] sums = null;
        double covered = 0;
        BigDecimal peopleCovered = BigDecimal.ZERO;
        for (int place : children) {
            Node child = nodes[place];
            if (!child.measures().isEmpty()) {
                sums = sums == null ? sums(terms.length) : sums;
                for (int term = 0; term < terms.length; term++) {
                    sums[term].add(child.measures().at(term));
                }
                covered += child.leavesCovered();
                peopleCovered = peopleCovered.add(child.peopleCovered());
            }
        }
        ByTerm all = none;
        if (sums != null) {
            all = new ByTerm(terms);
            for (int term = 0; term < terms.length; term++) {
                all.set(term, sums[term].result());
            }
        }
        return new Node(all, false, leaves, covered, here, peopleCovered, incomplete, whole);
    }

    private static Measure.Sum[] sums(int terms) {
        Measure.Sum[] sums = new Measure.Sum[terms];
        for (int term = 0; term < terms; term++) {
            sums[term] = new Measure.Sum();
        }
        return sums;
    }

    /** The sum over all lower regions; null where one of the places among them lacks the term, or none has it. */
    private Measure sumOfComplete(int term, int[] children, Node[] nodes) {
        if (children.length == 0) {
            return null;
        }
        Measure.Sum sum = new Measure.Sum();
        for (int child : children) {
            Measure measure = nodes[child].whole().at(term);
            if (measure != null) {
                sum.add(measure);
            } else if (order.get(child).isPlace()) {
                return null;
            }
        }
        return sum.result();
    }

    private boolean heldElsewhere(int place, List<ByRegion> own, Node[] nodes) {
        List<String> holders = order.get(place).partial();
        return !holders.isEmpty()
                && own.stream().noneMatch(regions -> regions.at(place) != null)
                && holders.stream()
                        .mapToInt(numbers::known)
                        .filter(holder -> holder >= 0 && holder < nodes.length && nodes[holder] != null)
                        .anyMatch(holder -> !nodes[holder].measures().isEmpty());
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
