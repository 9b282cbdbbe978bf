package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.regionaldoughnut.indicators.formulas.Trend;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;

/**
 * Fills gaps in the yearly series of each region as the indicator declares: inside by a straight line (status I), at the
 * ends by carrying (E) or by the trend (F after the last known year, E before the first). No gap longer than allowed is
 * begun inside, no end is continued further than allowed, and what a source suppresses is never filled.
 */
final class GapFilling {
    private final Indicator indicator;
    private final Method.Imputation imputation;

    GapFilling(Indicator indicator) {
        this.indicator = indicator;
        this.imputation = indicator.method().imputation();
    }

    /** @param estimates of all regions; the years of any of them are those the series of each may reach to */
    List<Estimate> fill(List<Estimate> estimates) {
        if (imputation.method() == Method.Fill.NONE || estimates.isEmpty()) {
            return estimates;
        }
        Map<String, TreeMap<Integer, Estimate>> series = new TreeMap<>();
        Map<String, TreeMap<Integer, Boolean>> years = new TreeMap<>();
        for (Estimate estimate : estimates) {
            String kind = estimate.period().substring(4);
            series.computeIfAbsent(estimate.breakdown() + "\t" + estimate.region() + "\t" + kind, k -> new TreeMap<>())
                    .put(estimate.year(), estimate);
            years.computeIfAbsent(kind, k -> new TreeMap<>()).put(estimate.year(), true);
        }
        List<Estimate> filled = new ArrayList<>();
        series.forEach((key, points) -> {
            TreeMap<Integer, Boolean> reach = years.get(key.substring(key.lastIndexOf('\t') + 1));
            filled.addAll(fill(points, reach.firstKey(), reach.lastKey()));
        });
        return filled;
    }

    private List<Estimate> fill(TreeMap<Integer, Estimate> points, int first, int last) {
        TreeMap<Integer, Estimate> known = new TreeMap<>(points);
        known.values().removeIf(estimate -> estimate.value().isEmpty());
        TreeMap<Integer, Estimate> result = new TreeMap<>(points);
        if (!known.isEmpty()) {
            Integer before = null;
            for (int year : known.keySet()) {
                if (before != null && year - before - 1 <= imputation.maxYears()) {
                    between(before, year, known, result);
                }
                before = year;
            }
            if (imputation.method() != Method.Fill.LINEAR) {
                outwards(known, result, first, last);
            }
        }
        return List.copyOf(result.values());
    }

    private void between(int from, int to, TreeMap<Integer, Estimate> known, TreeMap<Integer, Estimate> result) {
        double start = known.get(from).value().orElseThrow();
        double end = known.get(to).value().orElseThrow();
        for (int year = from + 1; year < to; year++) {
            double value = start + (end - start) * (year - from) / (to - from);
            put(year, value, ObsStatus.I, known.get(from), known.get(to), result);
        }
    }

    private void outwards(TreeMap<Integer, Estimate> known, TreeMap<Integer, Estimate> result, int first, int last) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        known.forEach((year, estimate) -> values.put(year, estimate.value().orElseThrow()));
        boolean line = imputation.method() == Method.Fill.TREND;
        if (line && values.size() < 2) {
            return;
        }
        Optional<Trend> trend = line ? Optional.of(Trend.of(values)) : Optional.empty();
        int begin = known.firstKey();
        int end = known.lastKey();
        for (int year = begin - 1; year >= Math.max(first, begin - imputation.maxYears()); year--) {
            int at = year;
            double value = trend.map(t -> t.at(at)).orElse(values.get(begin));
            put(year, value, ObsStatus.E, known.get(begin), known.get(begin), result);
        }
        for (int year = end + 1; year <= Math.min(last, end + imputation.maxYears()); year++) {
            int at = year;
            double value = trend.map(t -> t.at(at)).orElse(values.get(end));
            put(year, value, line ? ObsStatus.F : ObsStatus.E, known.get(end), known.get(end), result);
        }
    }

    private void put(
            int year, double value, ObsStatus status, Estimate a, Estimate b, TreeMap<Integer, Estimate> result) {
        boolean suppressed = Optional.ofNullable(result.get(year))
                .filter(estimate -> estimate.status() == ObsStatus.Q)
                .isPresent();
        if (suppressed) {
            return;
        }
        String period = String.format(Locale.ROOT, "%04d", year) + a.period().substring(4);
        Coverage coverage = a.limitedTo(b.coverage(), false).coverage();
        result.put(
                year,
                new Estimate(
                        a.indicator(),
                        a.breakdown(),
                        a.region(),
                        period,
                        Optional.of(clamped(value)),
                        Optional.empty(),
                        Optional.empty(),
                        Interval.NONE,
                        Estimate.referenceYear(period),
                        Estimate.IMPUTED,
                        status,
                        coverage,
                        Optional.empty(),
                        a.vintage().isAfter(b.vintage()) ? a.vintage() : b.vintage()));
    }

    /** A trend that is continued does not leave the range the indicator can have. */
    private double clamped(double value) {
        double low = indicator.min().orElse(Double.NEGATIVE_INFINITY);
        double high = indicator.max().orElse(Double.POSITIVE_INFINITY);
        return Math.min(high, Math.max(low, value));
    }
}
