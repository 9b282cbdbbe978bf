package org.regionaldoughnut.indicators.symbiosis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The greatest flow from amounts to capacities over the pairs that are allowed, by shortest augmenting paths (Edmonds
 * & Karp, Journal of the ACM 19, 248-264, 1972). A path never carries more than what is left at its ends, so the flow is
 * bounded by each amount and each capacity.
 */
final class GreatestFlow {
    private static final int NONE = -1;
    private final double[] left;
    private final double[] room;
    private final double[][] flow;
    private final boolean[][] allowed;

    GreatestFlow(List<Amount> sources, List<Amount> takers, BiPredicate<Amount, Amount> pair) {
        left = sources.stream().mapToDouble(Amount::tonnes).toArray();
        room = takers.stream().mapToDouble(Amount::tonnes).toArray();
        flow = new double[left.length][room.length];
        allowed = new boolean[left.length][room.length];
        for (int s = 0; s < left.length; s++) {
            for (int t = 0; t < room.length; t++) {
                allowed[s][t] = pair.test(sources.get(s), takers.get(t));
            }
        }
    }

    double tonnes() {
        double total = 0;
        for (double more = augment(); more > 0; more = augment()) {
            total += more;
        }
        return total;
    }

    /** One more path, from a source with something left to a taker with room; 0 where there is none. */
    private double augment() {
        int[] sourceBefore = new int[room.length];
        int[] takerBefore = new int[left.length];
        Arrays.fill(sourceBefore, NONE);
        Arrays.fill(takerBefore, NONE);
        boolean[] seen = new boolean[left.length];
        Deque<Integer> queue = new ArrayDeque<>();
        for (int s = 0; s < left.length; s++) {
            if (left[s] > 0) {
                queue.add(s);
                seen[s] = true;
            }
        }
        while (!queue.isEmpty()) {
            int s = queue.remove();
            for (int t = 0; t < room.length; t++) {
                if (!allowed[s][t] || sourceBefore[t] != NONE) {
                    continue;
                }
                sourceBefore[t] = s;
                if (room[t] > 0) {
                    return carry(t, sourceBefore, takerBefore);
                }
                // a full taker may give way where one of its sources has another taker
                for (int other = 0; other < left.length; other++) {
                    if (flow[other][t] > 0 && !seen[other]) {
                        seen[other] = true;
                        takerBefore[other] = t;
                        queue.add(other);
                    }
                }
            }
        }
        return 0;
    }

    private double carry(int end, int[] sourceBefore, int[] takerBefore) {
        double most = room[end];
        int taker = end;
        int source = sourceBefore[taker];
        while (takerBefore[source] != NONE) {
            taker = takerBefore[source];
            most = Math.min(most, flow[source][taker]);
            source = sourceBefore[taker];
        }
        most = Math.min(most, left[source]);
        left[source] -= most;
        room[end] -= most;
        taker = end;
        source = sourceBefore[taker];
        flow[source][taker] += most;
        while (takerBefore[source] != NONE) {
            taker = takerBefore[source];
            flow[source][taker] -= most;
            source = sourceBefore[taker];
            flow[source][taker] += most;
        }
        return most;
    }
}
