package org.regionaldoughnut.indicators.formulas;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Diversity, concentration and specialisation of the shares that parts have in their sum. Parts that are not above 0
 * have no share; where no part has one, the measures are not a number. Parts are added in their given order, so that
 * the same order gives the same bits.
 */
public final class Diversity {
    private static final double LOG_2 = Math.log(2);

    private Diversity() {}

    /** Shannon entropy {@code H = - sum s log2 s} in bits. */
    public static double entropy(Collection<Double> parts) {
        return sum(parts, share -> -share * Math.log(share) / LOG_2);
    }

    /** Herfindahl index {@code HHI = sum s^2}, from 1 / n to 1. */
    public static double herfindahl(Collection<Double> parts) {
        return sum(parts, share -> share * share);
    }

    /** Krugman index {@code K = sum |s - t|}, from 0 to 2: s shares of the parts, t shares of the reference. */
    public static double krugman(Map<String, Double> parts, Map<String, Double> reference) {
        double own = total(parts.values());
        double all = total(reference.values());
        if (!(own > 0) || !(all > 0)) {
            return Double.NaN;
        }
        TreeMap<String, Double> differences = new TreeMap<>();
        parts.forEach((code, value) -> differences.merge(code, Math.max(0, value) / own, Double::sum));
        reference.forEach((code, value) -> differences.merge(code, -Math.max(0, value) / all, Double::sum));
        return differences.values().stream().mapToDouble(Math::abs).sum();
    }

    /**
     * Location quotients {@code LQ = s / t} by code, also called revealed comparative advantage (Balassa 1965). Codes of
     * which the reference has nothing have none.
     */
    public static Map<String, Double> locationQuotients(Map<String, Double> parts, Map<String, Double> reference) {
        double own = total(parts.values());
        double all = total(reference.values());
        Map<String, Double> quotients = new TreeMap<>();
        if (own > 0 && all > 0) {
            reference.forEach((code, value) -> {
                if (value > 0) {
                    double share = Math.max(0, parts.getOrDefault(code, 0.0)) / own;
                    quotients.put(code, share / (value / all));
                }
            });
        }
        return quotients;
    }

    /** Unrelated variety {@code UV = sum_g P_g log2(1 / P_g)}: entropy of the groups' shares, in bits. */
    public static double unrelatedVariety(Map<String, Double> parts, UnaryOperator<String> groupOf) {
        return entropy(groups(parts, groupOf).values());
    }

    /** Related variety {@code RV = sum_g P_g H_g}: mean entropy within groups, so that {@code H = UV + RV}. */
    public static double relatedVariety(Map<String, Double> parts, UnaryOperator<String> groupOf) {
        Map<String, Double> groups = groups(parts, groupOf);
        double all = total(groups.values());
        if (!(all > 0)) {
            return Double.NaN;
        }
        Map<String, Double> sorted = new TreeMap<>(parts);
        double related = 0;
        for (Map.Entry<String, Double> entry : sorted.entrySet()) {
            if (entry.getValue() > 0) {
                double group = groups.get(groupOf.apply(entry.getKey()));
                related -= entry.getValue() / all * Math.log(entry.getValue() / group) / LOG_2;
            }
        }
        return related + 0.0;
    }

    private static Map<String, Double> groups(Map<String, Double> parts, UnaryOperator<String> groupOf) {
        Map<String, Double> groups = new TreeMap<>();
        new TreeMap<>(parts).forEach((code, value) -> {
            if (value > 0) {
                groups.merge(groupOf.apply(code), value, Double::sum);
            }
        });
        return groups;
    }

    private static double sum(Collection<Double> parts, DoubleUnaryOperator ofShare) {
        double total = total(parts);
        if (!(total > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        for (double part : parts) {
            if (part > 0) {
                sum += ofShare.applyAsDouble(part / total);
            }
        }
        // adding zero turns the negative zero of a single part into zero
        return sum + 0.0;
    }

    private static double total(Collection<Double> parts) {
        double total = 0;
        for (double part : parts) {
            total += Math.max(0, part);
        }
        return total;
    }
}
