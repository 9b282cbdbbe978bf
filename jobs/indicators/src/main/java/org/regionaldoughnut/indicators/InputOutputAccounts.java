package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.regionaldoughnut.indicators.formulas.Footprints;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Region;

/**
 * What regions cause by multi-regional input-output accounts extended to nature. The terms are, in this order: flows
 * between industries ({@code SECTOR=A;TO=FR;TO_SECTOR=B} of the region that sells), final demand ({@code SECTOR=A;TO=FR},
 * further dimensions are added up), what industries cause ({@code SECTOR=A}) and, where there is a fourth, what final
 * demand causes itself. Cells that are not there are 0. The rest of the world may be a residual region; it gets no rows.
 */
final class InputOutputAccounts {
    private static final String SECTOR = "SECTOR";
    private static final String TO = "TO";
    private static final String TO_SECTOR = "TO_SECTOR";
    private static final int FLOWS = 0;
    private static final int DEMAND = 1;
    private static final int STRESSOR = 2;
    private static final int DIRECT = 3;
    private static final int MOST_NAMED = 5;

    private final Indicator indicator;

    InputOutputAccounts(Indicator indicator) {
        this.indicator = indicator;
    }

    /** A cell of a term, by the codes of its breakdown. */
    private record Cell(String region, Map<String, String> codes, double value) {
        String code(String dimension) {
            return codes.getOrDefault(dimension, "");
        }
    }

    /** The accounts do not fit together. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String reason) {
            super(reason);
        }
    }

    /**
     * A row for each region and one for each of its sectors, {@code SECTOR=A}: products consumed for consumption and
     * imports, sectors that cause it for production and exports.
     *
     * @param shell the estimate of a region without a value, with a reason where it may have none
     */
    List<Estimate> estimate(RollUp.Nodes nodes, BiFunction<String, RollUp.Node, Estimate> shell) {
        Map<String, List<Measure>> terms = new TreeMap<>();
        Map<String, Estimate> shells = new TreeMap<>();
        nodes.forEachRegion((region, node) -> {
            if (!node.measures().isEmpty() && keepsAccounts(region)) {
                terms.put(region.code(), List.copyOf(node.measures().values()));
                if (region.isPlace()) {
                    shells.put(region.code(), shell.apply(region.code(), node));
                }
            }
        });
        if (shells.isEmpty()) {
            return List.of();
        }
        try {
            return filled(terms, shells);
        } catch (Unfit | IllegalArgumentException e) {
            return shells.values().stream()
                    .map(own ->
                            AmongRegions.refused(own, "the input-output accounts cannot be solved: " + e.getMessage()))
                    .toList();
        }
    }

    private boolean keepsAccounts(Region region) {
        return !region.isPlace()
                || indicator
                        .method()
                        .among()
                        .filter(level -> !level.equals(region.level()))
                        .isEmpty();
    }

    private List<Estimate> filled(Map<String, List<Measure>> terms, Map<String, Estimate> shells) throws Unfit {
        List<String> regions = List.copyOf(terms.keySet());
        List<Cell> flows = cells(terms, FLOWS, SECTOR, TO, TO_SECTOR);
        List<Cell> demand = cells(terms, DEMAND, SECTOR, TO);
        List<Cell> caused = cells(terms, STRESSOR, SECTOR);
        Map<String, Integer> regionPlaces = places(regions);
        for (List<Cell> bought : List.of(flows, demand)) {
            checkBuyers(bought, regionPlaces.keySet());
        }
        List<String> sectors = sectors(flows, demand, caused);
        Map<String, Integer> sectorPlaces = places(sectors);
        int size = sectors.size();
        Function<Cell, Integer> row =
                cell -> regionPlaces.get(cell.region()) * size + sectorPlaces.get(cell.code(SECTOR));
        int n = Math.multiplyExact(regions.size(), size);
        double[][] z = new double[n][n];
        flows.forEach(cell ->
                z[row.apply(cell)][regionPlaces.get(cell.code(TO)) * size + sectorPlaces.get(cell.code(TO_SECTOR))] +=
                        cell.value());
        double[][] y = new double[n][regions.size()];
        demand.forEach(cell -> y[row.apply(cell)][regionPlaces.get(cell.code(TO))] += cell.value());
        double[][] f = new double[1][n];
        caused.forEach(cell -> f[0][row.apply(cell)] += cell.value());
        double[][] direct = new double[1][regions.size()];
        for (int region = 0; region < regions.size(); region++) {
            List<Measure> own = terms.get(regions.get(region));
            direct[0][region] = own.size() > DIRECT ? own.get(DIRECT).number() : 0;
        }
        Footprints footprints = Footprints.of(z, y, f, direct);
        double[] totals = account(footprints.accounts());
        if (!Arrays.stream(totals).allMatch(Double::isFinite)) {
            throw new Unfit("I - A is nearly singular: some industries use all they make");
        }
        return estimates(regions, sectors, totals, account(footprints.bySector()), shells);
    }

    private double[] account(Footprints.Accounts accounts) {
        return switch (indicator.method().account()) {
            case CONSUMPTION -> accounts.consumption()[0];
            case PRODUCTION -> accounts.production()[0];
            case IMPORTS -> accounts.imports()[0];
            case EXPORTS -> accounts.exports()[0];
        };
    }

    /** Each figure is made of those of all regions, and is as certain and as new as they are together. */
    private static List<Estimate> estimates(
            List<String> regions,
            List<String> sectors,
            double[] totals,
            double[] bySector,
            Map<String, Estimate> shells) {
        ObsStatus status = ObsStatus.strongest(
                shells.values().stream().map(Estimate::status).toList());
        Instant vintage = shells.values().stream()
                .map(Estimate::vintage)
                .max(Instant::compareTo)
                .orElseThrow();
        List<Estimate> estimates = new ArrayList<>();
        for (int region = 0; region < regions.size(); region++) {
            Estimate shell = shells.get(regions.get(region));
            if (shell != null) {
                estimates.add(shell.derived(Optional.of(totals[region]), status, Optional.empty(), vintage));
                for (int sector = 0; sector < sectors.size(); sector++) {
                    double value = bySector[region * sectors.size() + sector];
                    estimates.add(shell.ofBreakdown(SECTOR + "=" + sectors.get(sector))
                            .derived(Optional.of(value), status, Optional.empty(), vintage));
                }
            }
        }
        return estimates;
    }

    private List<Cell> cells(Map<String, List<Measure>> terms, int term, String... dimensions) throws Unfit {
        List<Cell> cells = new ArrayList<>();
        for (Map.Entry<String, List<Measure>> region : terms.entrySet()) {
            Map<String, ExactSum> parts =
                    new TreeMap<>(region.getValue().get(term).parts());
            for (Map.Entry<String, ExactSum> part : parts.entrySet()) {
                Map<String, String> codes = codes(part.getKey());
                for (String dimension : dimensions) {
                    if (!codes.containsKey(dimension)) {
                        throw new Unfit("the breakdown " + part.getKey() + " of " + name(term) + " of "
                                + region.getKey() + " has no " + dimension);
                    }
                }
                cells.add(new Cell(region.getKey(), codes, part.getValue().rounded()));
            }
        }
        return cells;
    }

    private static Map<String, String> codes(String breakdown) {
        Map<String, String> codes = new HashMap<>();
        for (String dimension : breakdown.split(";")) {
            int sign = dimension.indexOf('=');
            if (sign > 0) {
                codes.put(dimension.substring(0, sign), dimension.substring(sign + 1));
            }
        }
        return codes;
    }

    private String name(int term) {
        return List.copyOf(indicator.terms().keySet()).get(term);
    }

    private static void checkBuyers(List<Cell> cells, Set<String> regions) throws Unfit {
        Set<String> others = new TreeSet<>();
        cells.forEach(cell -> others.add(cell.code(TO)));
        others.removeAll(regions);
        if (!others.isEmpty()) {
            List<String> named = others.stream().limit(MOST_NAMED).toList();
            throw new Unfit(others.size() + " that buy have no accounts of their own: " + String.join(", ", named)
                    + (others.size() > MOST_NAMED ? ", ..." : ""));
        }
    }

    private static List<String> sectors(List<Cell> flows, List<Cell> demand, List<Cell> caused) {
        Set<String> sectors = new TreeSet<>();
        for (List<Cell> cells : List.of(flows, demand, caused)) {
            cells.forEach(cell -> sectors.add(cell.code(SECTOR)));
        }
        flows.forEach(cell -> sectors.add(cell.code(TO_SECTOR)));
        return List.copyOf(sectors);
    }

    private static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < names.size(); place++) {
            places.put(names.get(place), place);
        }
        return places;
    }
}
