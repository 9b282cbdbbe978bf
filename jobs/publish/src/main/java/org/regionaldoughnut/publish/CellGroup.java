package org.regionaldoughnut.publish;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The figures of one indicator and period as cells that add up: over the regions, and over the codes of breakdowns. */
final class CellGroup {
    private static final double PERCENT = 100;
    private static final double DIGITS = 1e-9;

    private final List<CellFigure> figures;
    private final Map<Cell, Integer> place = new HashMap<>();
    private final double[] amounts;
    private final List<CellSystem.Sum> sums = new ArrayList<>();
    private final Map<Cell, Double> known;

    /**
     * @param parents code of a region to that of the region it lies in
     * @param known amounts that everyone has
     * @param rollsUp whether the indicator is added up over the regions
     */
    CellGroup(List<CellFigure> figures, Map<String, String> parents, Map<Cell, Double> known, boolean rollsUp) {
        this.figures = figures;
        this.known = known;
        this.amounts = new double[figures.size()];
        for (int i = 0; i < figures.size(); i++) {
            place.put(figures.get(i).cell(), i);
            amounts[i] = figures.get(i).amount();
        }
        Map<Cell, List<Integer>> parts = new TreeMap<>(java.util.Comparator.comparing(Cell::toString));
        for (CellFigure figure : figures) {
            Cell cell = figure.cell();
            String up = parents.get(cell.region());
            while (up != null && !place.containsKey(cell.in(up))) {
                up = parents.get(up);
            }
            if (up != null) {
                parts.computeIfAbsent(cell.in(up), c -> new ArrayList<>()).add(place.get(cell));
            }
        }
        parts.forEach((total, children) -> add(place.get(total), children, rollsUp));
        Map<String, List<Integer>> byDimension = new TreeMap<>();
        for (CellFigure figure : figures) {
            for (String code : figure.cell().codes()) {
                Cell total = figure.cell().without(code);
                if (place.containsKey(total)) {
                    String dimension = code.substring(0, code.indexOf('=') + 1);
                    byDimension
                            .computeIfAbsent(place.get(total) + "\n" + dimension, k -> new ArrayList<>())
                            .add(place.get(figure.cell()));
                }
            }
        }
        byDimension.forEach(
                (key, children) -> add(Integer.parseInt(key.substring(0, key.indexOf('\n'))), children, false));
        fillIn();
    }

    /** Missing figures are no parts. Where all others are known, whether they add up is seen; else the definition tells. */
    private void add(int total, List<Integer> all, boolean declared) {
        List<Integer> parts = all.stream()
                .filter(part ->
                        !Double.isNaN(amounts[part]) || figures.get(part).isUnknown())
                .toList();
        boolean unknown = figures.get(total).isUnknown()
                || parts.stream().anyMatch(part -> figures.get(part).isUnknown());
        double sum = parts.stream()
                .mapToDouble(part -> Double.isNaN(amounts[part]) ? 0 : amounts[part])
                .sum();
        boolean holds = Math.abs(sum - amounts[total]) <= DIGITS * Math.max(1, Math.abs(sum));
        if (!parts.isEmpty() && (unknown ? declared : holds)) {
            sums.add(new CellSystem.Sum(total, parts));
        }
    }

    /** Figures we do not have get one that fits, as an outsider would suppose; missing ones are in no sum. */
    private void fillIn() {
        for (CellSystem.Sum sum : sums) {
            double rest = Double.isNaN(amounts[sum.total()]) ? 0 : amounts[sum.total()];
            List<Integer> open = new ArrayList<>();
            for (int part : sum.parts()) {
                if (Double.isNaN(amounts[part])) {
                    open.add(part);
                } else {
                    rest -= amounts[part];
                }
            }
            for (int part : open) {
                amounts[part] = Math.max(0, rest / open.size());
            }
            if (Double.isNaN(amounts[sum.total()])) {
                amounts[sum.total()] =
                        sum.parts().stream().mapToDouble(part -> amounts[part]).sum();
            }
        }
        for (int i = 0; i < amounts.length; i++) {
            if (Double.isNaN(amounts[i])) {
                amounts[i] = 0;
            }
        }
    }

    SecondarySuppression.Pattern protect(Set<Cell> unsafe, Set<Cell> unknown, double protectionPercent) {
        BitSet fixed = new BitSet();
        for (int i = 0; i < figures.size(); i++) {
            Double earlier = known.get(figures.get(i).cell());
            boolean nothing =
                    Double.isNaN(figures.get(i).amount()) && !figures.get(i).isUnknown();
            fixed.set(i, nothing || earlier != null && earlier == amounts[i]);
        }
        return new SecondarySuppression(
                        new CellSystem(amounts, sums), protectionPercent / PERCENT, bits(unsafe), bits(unknown), fixed)
                .choose();
    }

    private BitSet bits(Set<Cell> cells) {
        BitSet bits = new BitSet();
        place.forEach((cell, index) -> bits.set(index, cells.contains(cell)));
        return bits;
    }

    List<Cell> cells(BitSet bits) {
        return bits.stream().mapToObj(i -> figures.get(i).cell()).toList();
    }
}
