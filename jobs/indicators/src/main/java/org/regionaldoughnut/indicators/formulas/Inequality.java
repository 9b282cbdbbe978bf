package org.regionaldoughnut.indicators.formulas;

import java.util.Comparator;
import java.util.List;

/** How unequally amounts are spread over people, from groups of them: each group's amount and number of people. */
public final class Inequality {
    private static final double FIFTH = 0.2;

    private Inequality() {}

    /** @param people number of people, above 0 */
    public record Group(double people, double amount) {
        double each() {
            return amount / people;
        }
    }

    /**
     * Gini coefficient {@code 1 - sum (p_i - p_(i-1)) (L_i + L_(i-1))}, p and L the cumulated shares of people and
     * amounts from the poorest group on; 0 where all have the same. Inequality within groups is not seen.
     */
    public static double gini(List<Group> groups) {
        double[][] curve = lorenz(groups);
        if (curve.length == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 1; i < curve.length; i++) {
            sum += (curve[i][0] - curve[i - 1][0]) * (curve[i][1] + curve[i - 1][1]);
        }
        return 1 - sum;
    }

    /** What the richest fifth of the people has over what the poorest fifth has; within groups all have the same. */
    public static double s80s20(List<Group> groups) {
        double[][] curve = lorenz(groups);
        if (curve.length == 0) {
            return Double.NaN;
        }
        return (1 - at(curve, 1 - FIFTH)) / at(curve, FIFTH);
    }

    /** Cumulated shares of people and amounts, from (0, 0) to (1, 1); empty where there is nothing to share. */
    private static double[][] lorenz(List<Group> groups) {
        List<Group> sorted = groups.stream()
                .filter(group -> group.people() > 0)
                .sorted(Comparator.comparingDouble(Group::each))
                .toList();
        double people = sorted.stream().mapToDouble(Group::people).sum();
        double amount = sorted.stream().mapToDouble(Group::amount).sum();
        if (!(people > 0) || !(amount > 0)) {
            return new double[0][];
        }
        double[][] curve = new double[sorted.size() + 1][2];
        for (int i = 0; i < sorted.size(); i++) {
            curve[i + 1][0] = curve[i][0] + sorted.get(i).people() / people;
            curve[i + 1][1] = curve[i][1] + sorted.get(i).amount() / amount;
        }
        return curve;
    }

    private static double at(double[][] curve, double share) {
        for (int i = 1; i < curve.length; i++) {
            if (curve[i][0] >= share) {
                double part = (share - curve[i - 1][0]) / (curve[i][0] - curve[i - 1][0]);
                return curve[i - 1][1] + part * (curve[i][1] - curve[i - 1][1]);
            }
        }
        return 1;
    }
}
