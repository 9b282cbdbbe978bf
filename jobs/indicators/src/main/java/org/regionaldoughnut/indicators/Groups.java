package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.indicators.formulas.Quantiles;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.StatisticsRules;

/**
 * Rows of {@code statistics.groups}: what groups of regions add to the shortfall and overshoot of all. Of a region:
 * {@code gap / 100 * people} where people fall short, {@code max(0, ratio - 1) * |b - v0| * people} where a ceiling for
 * each person is overshot (without the people where the ceiling is a total); shares of the sum over groups, 0 where that
 * is 0. Source: doi 10.1038/s41586-025-09385-1.
 */
final class Groups {
    static final StructType TABLE = new StructType()
            .add("framework", DataTypes.StringType)
            .add("boundary_set", DataTypes.StringType)
            .add("lens", DataTypes.StringType)
            .add("ring", DataTypes.StringType)
            .add("dimension", DataTypes.StringType)
            .add("indicator", DataTypes.StringType)
            .add("grouping", DataTypes.StringType)
            .add("region_group", DataTypes.StringType)
            .add("period", DataTypes.StringType)
            .add("regions", DataTypes.IntegerType)
            .add("regions_with_data", DataTypes.IntegerType)
            .add("people", DataTypes.DoubleType)
            .add("mean_percent", DataTypes.DoubleType)
            .add("contribution", DataTypes.DoubleType)
            .add("share", DataTypes.DoubleType)
            .add("reason", DataTypes.StringType)
            .add("run", DataTypes.StringType);

    private static final double PERCENT = 100;
    private final Percentages percentages;
    private final StatisticsRules rules;
    private final IntFunction<RollUp> rollUpOfYear;

    Groups(Percentages percentages, StatisticsRules rules, IntFunction<RollUp> rollUpOfYear) {
        this.percentages = percentages;
        this.rules = rules;
        this.rollUpOfYear = rollUpOfYear;
    }

    /** What a group adds up to; nothing where none of its regions has data. */
    record Part(int regions, int withData, double people, double weighted, double contribution) {
        Part plus(double itsPeople, double gap, double itsContribution) {
            return new Part(
                    regions,
                    withData + 1,
                    people + itsPeople,
                    weighted + gap * itsPeople,
                    contribution + itsContribution);
        }
    }

    List<Row> rows(List<Percentages.Judged> judged, List<Region> all, List<Integer> years, String run) {
        List<Row> rows = new ArrayList<>();
        for (StatisticsRules.Grouping grouping : rules.groups()) {
            List<Region> regions = all.stream()
                    .filter(region -> region.level().equals(grouping.level()))
                    .toList();
            for (int year : years) {
                Map<String, List<String>> members = members(grouping, regions, year);
                RollUp people = rollUpOfYear.apply(year);
                for (Percentages.Judged slot : judged) {
                    Map<String, Part> parts = new LinkedHashMap<>();
                    members.forEach((group, codes) -> parts.put(group, part(slot, codes, year, people)));
                    rows.addAll(rows(slot, grouping, year, parts, run));
                }
            }
        }
        return rows;
    }

    private Part part(Percentages.Judged slot, List<String> codes, int year, RollUp rollUp) {
        Part part = new Part(codes.size(), 0, 0, 0, 0);
        for (String code : codes) {
            Optional<Percentages.Point> point = percentages.near(slot, code, year);
            Optional<BigDecimal> people = rollUp.people(code);
            if (point.isPresent() && people.isPresent()) {
                double number = people.get().doubleValue();
                Gauge.Reading reading = point.get().reading();
                part = part.plus(number, reading.gap().orElseThrow(), contribution(slot, reading, number));
            }
        }
        return part;
    }

    static double contribution(Form form, double gap, double ratio, Optional<Boundary> ceiling, double people) {
        if (form != Form.CEILING) {
            return Math.max(0, gap) / PERCENT * people;
        }
        Boundary boundary = ceiling.orElseThrow();
        double over = Math.max(0, ratio - 1) * Math.abs(boundary.value() - boundary.baseline());
        return boundary.weight().isPresent() ? over : over * people;
    }

    private static double contribution(Percentages.Judged slot, Gauge.Reading reading, double people) {
        return contribution(
                slot.indicator().form(),
                reading.gap().orElseThrow(),
                reading.ratio().orElseThrow(),
                reading.ceiling(),
                people);
    }

    private Map<String, List<String>> members(StatisticsRules.Grouping grouping, List<Region> regions, int year) {
        if (grouping.percentiles().isEmpty()) {
            return new TreeMap<>(grouping.members());
        }
        StatisticsRules.Percentiles by = grouping.percentiles().get();
        Map<String, Double> values = percentages.values(by.indicator(), regions, year);
        double[] sorted = values.values().stream().mapToDouble(v -> v).toArray();
        Map<String, List<String>> members = new LinkedHashMap<>();
        double from = 0;
        double below = Double.NEGATIVE_INFINITY;
        List<Double> cuts = new ArrayList<>(by.cuts());
        cuts.add(PERCENT);
        for (double cut : cuts) {
            double lower = below;
            double upper = cut == PERCENT
                    ? Double.POSITIVE_INFINITY
                    : Quantiles.of(sorted, cut / PERCENT, rules.quantileType());
            List<String> codes = values.entrySet().stream()
                    .filter(entry -> entry.getValue() > lower && entry.getValue() <= upper)
                    .map(Map.Entry::getKey)
                    .toList();
            members.put("p" + shown(from) + "-" + shown(cut), codes);
            from = cut;
            below = upper;
        }
        return members;
    }

    private static String shown(double percentile) {
        return percentile == Math.rint(percentile)
                ? String.format(Locale.ROOT, "%.0f", percentile)
                : Double.toString(percentile);
    }

    private static List<Row> rows(
            Percentages.Judged slot, StatisticsRules.Grouping grouping, int year, Map<String, Part> parts, String run) {
        double sum = parts.values().stream().mapToDouble(Part::contribution).sum();
        boolean complete = parts.values().stream().allMatch(part -> part.withData() > 0);
        List<Row> rows = new ArrayList<>();
        parts.forEach((group, part) -> {
            boolean known = part.withData() > 0;
            String reason = known
                    ? (complete ? null : "a share needs data of every group")
                    : "none of its " + part.regions() + " regions has a figure and people";
            rows.add(RowFactory.create(
                    slot.framework().id(),
                    slot.gauge().set().id(),
                    slot.indicator().lens(),
                    slot.slot().ring(),
                    slot.slot().dimension(),
                    slot.indicator().id(),
                    grouping.id(),
                    group,
                    Integer.toString(year),
                    part.regions(),
                    part.withData(),
                    known ? part.people() : null,
                    known && part.people() > 0 ? part.weighted() / part.people() : null,
                    known ? part.contribution() : null,
                    complete ? (sum == 0 ? 0.0 : part.contribution() / sum) : null,
                    reason,
                    run));
        });
        return rows;
    }
}
