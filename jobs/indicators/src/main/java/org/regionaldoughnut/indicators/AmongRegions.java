package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.regionaldoughnut.indicators.formulas.Complexity;
import org.regionaldoughnut.indicators.formulas.Diversity;
import org.regionaldoughnut.indicators.symbiosis.Amount;
import org.regionaldoughnut.indicators.symbiosis.Potential;
import org.regionaldoughnut.indicators.symbiosis.Symbiosis;
import org.regionaldoughnut.model.Formula;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;

/**
 * Indicators for which a region is held against the other regions of its level: Krugman index, location quotient,
 * complexity. The reference is the sum of the regions of the level that have a figure; residuals are not among them, but
 * for {@link InputOutputAccounts}.
 */
final class AmongRegions {
    private final Indicator indicator;
    private final RegionTree tree;

    AmongRegions(Indicator indicator, RegionTree tree) {
        this.indicator = indicator;
        this.tree = tree;
    }

    /** @param shell the estimate of a region without a value, with a reason where it may have none */
    List<Estimate> estimate(RollUp.Nodes nodes, BiFunction<String, RollUp.Node, Estimate> shell) {
        if (indicator.kind() == Indicator.Kind.FOOTPRINT) {
            return new InputOutputAccounts(indicator).estimate(nodes, shell);
        }
        Map<String, Map<String, RollUp.Node>> byLevel = new TreeMap<>();
        nodes.forEachRegion((region, node) -> {
            boolean wanted = indicator
                    .method()
                    .among()
                    .filter(l -> !l.equals(region.level()))
                    .isEmpty();
            if (region.isPlace() && wanted && !node.measures().isEmpty()) {
                byLevel.computeIfAbsent(region.level(), l -> new TreeMap<>()).put(region.code(), node);
            }
        });
        List<Estimate> estimates = new ArrayList<>();
        byLevel.forEach((level, regions) -> {
            Map<String, Estimate> shells = new TreeMap<>();
            Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
            regions.forEach((code, node) -> {
                Estimate estimate = shell.apply(code, node);
                shells.put(code, estimate);
                if (estimate.reason().isEmpty()) {
                    parts.put(code, node.measures().values().iterator().next().amounts());
                } else {
                    estimates.add(estimate);
                }
            });
            Map<String, RollUp.Node> compared = new TreeMap<>(regions);
            compared.keySet().retainAll(parts.keySet());
            switch (indicator.kind()) {
                case RELATIVE -> estimates.addAll(relative(compared, shells));
                case SYMBIOSIS_POTENTIAL -> estimates.addAll(symbiosis(compared, shells));
                default -> estimates.addAll(level(level, parts, shells));
            }
        });
        return estimates;
    }

    /** The formula over a region's terms, divided by the formula over the sums of all regions' terms. */
    private List<Estimate> relative(Map<String, RollUp.Node> regions, Map<String, Estimate> shells) {
        Formula formula = Formula.of(indicator.formula().orElseThrow());
        Map<String, Measure> all = new LinkedHashMap<>();
        regions.values().forEach(node -> node.measures().forEach((term, own) -> all.merge(term, own, Measure::plus)));
        double together = regions.isEmpty() ? Double.NaN : value(formula, all);
        List<Estimate> estimates = new ArrayList<>();
        regions.forEach((region, node) -> {
            double relative = value(formula, node.measures()) / together;
            estimates.add(
                    Double.isFinite(relative)
                            ? filled(shells.get(region), relative)
                            : refused(shells.get(region), "the formula has no finite value over all regions compared"));
        });
        return estimates;
    }

    private static double value(Formula formula, Map<String, Measure> measures) {
        return formula.value(name -> measures.get(name).number());
    }

    /**
     * The potential within each region, and a row for each exchange within it and to other regions of the level: {@code
     * FROM=D35;REGION=UKD;TO=C23;WASTE=W124}.
     */
    private List<Estimate> symbiosis(Map<String, RollUp.Node> regions, Map<String, Estimate> shells) {
        Symbiosis symbiosis = new Symbiosis(indicator.method().exchanges());
        List<Amount> capacity = new ArrayList<>();
        Map<String, List<Amount>> generated = new TreeMap<>();
        regions.forEach((region, node) -> {
            List<Measure> terms = List.copyOf(node.measures().values());
            generated.put(region, WasteAmounts.of(region, terms.get(0)));
            capacity.addAll(WasteAmounts.of(region, terms.get(1)));
        });
        List<Estimate> estimates = new ArrayList<>();
        generated.forEach((region, own) -> {
            Estimate shell = shells.get(region);
            estimates.add(filled(shell, symbiosis.potentialWithin(own, capacity)));
            for (Potential pair : symbiosis.ranked(own, capacity)) {
                String name = "FROM=" + pair.from() + ";REGION=" + pair.toRegion() + ";TO=" + pair.to() + ";WASTE="
                        + pair.waste();
                estimates.add(filled(shell.ofBreakdown(name), pair.tonnes()));
            }
        });
        return estimates;
    }

    private List<Estimate> level(String level, Map<String, Map<String, Double>> parts, Map<String, Estimate> shells) {
        Map<String, Double> all = new TreeMap<>();
        parts.values().forEach(own -> own.forEach((code, value) -> all.merge(code, Math.max(0, value), Double::sum)));
        List<Estimate> estimates = new ArrayList<>();
        switch (indicator.kind()) {
            case KRUGMAN ->
                parts.forEach((region, own) -> estimates.add(filled(shells.get(region), Diversity.krugman(own, all))));
            case LOCATION_QUOTIENT ->
                parts.forEach((region, own) ->
                        estimates.addAll(byCode(shells.get(region), Diversity.locationQuotients(own, all))));
            default -> estimates.addAll(complexity(level, parts, all, shells));
        }
        return estimates;
    }

    private List<Estimate> complexity(
            String level,
            Map<String, Map<String, Double>> parts,
            Map<String, Double> all,
            Map<String, Estimate> shells) {
        List<String> regions = List.copyOf(parts.keySet());
        List<String> codes = List.copyOf(all.keySet());
        double[][] quotients = new double[regions.size()][codes.size()];
        for (int r = 0; r < regions.size(); r++) {
            Map<String, Double> own = Diversity.locationQuotients(parts.get(regions.get(r)), all);
            for (int c = 0; c < codes.size(); c++) {
                quotients[r][c] = own.getOrDefault(codes.get(c), 0.0);
            }
        }
        Optional<Complexity> complexity =
                Complexity.of(quotients, indicator.method().specialisedAt());
        List<Estimate> estimates = new ArrayList<>();
        if (complexity.isEmpty()) {
            String reason = regions.size() + " regions of level " + level + " and " + codes.size()
                    + " codes are too few or fall into parts that have nothing in common: complexity is not defined";
            regions.forEach(region -> estimates.add(refused(shells.get(region), reason)));
            return estimates;
        }
        switch (indicator.kind()) {
            case ECONOMIC_COMPLEXITY -> {
                double[] values = complexity.get().places();
                for (int r = 0; r < values.length; r++) {
                    estimates.add(filled(shells.get(regions.get(r)), values[r]));
                }
            }
            case DENSITY -> {
                double[][] density = complexity.get().density();
                for (int r = 0; r < density.length; r++) {
                    estimates.addAll(byCode(shells.get(regions.get(r)), named(codes, density[r])));
                }
            }
            case PRODUCT_COMPLEXITY ->
                estimates.addAll(
                        byCode(root(shells), named(codes, complexity.get().products())));
            default -> estimates.addAll(proximity(codes, complexity.get().proximity(), root(shells)));
        }
        return estimates;
    }

    private List<Estimate> proximity(List<String> codes, double[][] proximity, Estimate shell) {
        List<Estimate> estimates = new ArrayList<>();
        for (int a = 0; a < codes.size(); a++) {
            for (int b = a + 1; b < codes.size(); b++) {
                if (proximity[a][b] > 0) {
                    String pair = breakdown(codes.get(a)) + ";WITH=" + codes.get(b);
                    estimates.add(filled(shell.ofBreakdown(pair), proximity[a][b]));
                }
            }
        }
        return estimates;
    }

    /** Figures of products belong to no single region: they stand at the root, made of all that were compared. */
    private Estimate root(Map<String, Estimate> shells) {
        Estimate any = shells.values().iterator().next();
        Set<String> roots = new TreeSet<>();
        shells.keySet().forEach(region -> {
            List<String> path = tree.ancestors(region);
            roots.add(path.get(path.size() - 1));
        });
        ObsStatus status = ObsStatus.strongest(
                shells.values().stream().map(Estimate::status).toList());
        return new Estimate(
                any.indicator(),
                any.breakdown(),
                roots.iterator().next(),
                any.period(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Interval.NONE,
                any.referenceYear(),
                Estimate.ROLLED_UP,
                status,
                any.coverage(),
                Optional.empty(),
                shells.values().stream()
                        .map(Estimate::vintage)
                        .max(java.time.Instant::compareTo)
                        .orElseThrow());
    }

    private static Map<String, Double> named(List<String> codes, double[] values) {
        Map<String, Double> named = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                named.put(codes.get(i), values[i]);
            }
        }
        return named;
    }

    private List<Estimate> byCode(Estimate shell, Map<String, Double> values) {
        Optional<String> wanted = indicator.method().code();
        if (wanted.isPresent()) {
            Double value = values.get(wanted.get());
            return List.of(
                    value == null
                            ? refused(shell, "no region compared has anything of the code " + wanted.get())
                            : filled(shell, value));
        }
        List<Estimate> estimates = new ArrayList<>();
        values.forEach((code, value) -> estimates.add(filled(shell.ofBreakdown(breakdown(code)), value)));
        return estimates;
    }

    /** A code of column breakdown names its dimension itself. */
    private String breakdown(String code) {
        String over = indicator.over().orElseThrow();
        return over.equals("breakdown") ? code : over.toUpperCase(Locale.ROOT) + "=" + code;
    }

    private static Estimate filled(Estimate shell, double value) {
        return Double.isFinite(value)
                ? shell.derived(Optional.of(value), shell.status(), Optional.empty(), shell.vintage())
                : refused(shell, "the region is specialised in nothing the others have, or has nothing above zero");
    }

    static Estimate refused(Estimate shell, String reason) {
        return shell.derived(Optional.empty(), shell.status(), Optional.of(reason), shell.vintage());
    }
}
