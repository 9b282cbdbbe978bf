package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.indicators.formulas.Trend;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.office.StatisticsRules;

/**
 * Rows of {@code statistics.trends}: whether a region moves towards its floors and ceilings. Slope of the percentage on
 * the year by ordinary least squares over observed years, with Newey-West error; distance left, and the yearly change
 * that would close it by the target year. Imputed years count for nothing here.
 */
final class Trends {
    static final StructType TABLE = new StructType()
            .add("framework", DataTypes.StringType)
            .add("boundary_set", DataTypes.StringType)
            .add("lens", DataTypes.StringType)
            .add("ring", DataTypes.StringType)
            .add("dimension", DataTypes.StringType)
            .add("indicator", DataTypes.StringType)
            .add("region", DataTypes.StringType)
            .add("first_year", DataTypes.IntegerType)
            .add("last_year", DataTypes.IntegerType)
            .add("n", DataTypes.IntegerType)
            .add("first_percent", DataTypes.DoubleType)
            .add("last_percent", DataTypes.DoubleType)
            .add("slope", DataTypes.DoubleType)
            .add("slope_error", DataTypes.DoubleType)
            .add("lag", DataTypes.IntegerType)
            .add("slope_reason", DataTypes.StringType)
            .add("error_reason", DataTypes.StringType)
            .add("target_year", DataTypes.IntegerType)
            .add("distance_percent", DataTypes.DoubleType)
            .add("rate_needed", DataTypes.DoubleType)
            .add("rate_reason", DataTypes.StringType)
            .add("on_track", DataTypes.BooleanType)
            .add("run", DataTypes.StringType);

    private final StatisticsRules rules;

    Trends(StatisticsRules rules) {
        this.rules = rules;
    }

    List<Row> rows(Percentages percentages, List<Percentages.Judged> judged, List<Region> regions, String run) {
        List<Row> rows = new ArrayList<>();
        for (Percentages.Judged slot : judged) {
            for (Region region : regions) {
                SortedMap<Integer, Double> observed = new TreeMap<>();
                percentages.of(slot, region.code()).forEach((year, point) -> {
                    boolean wanted = rules.trend()
                                    .from()
                                    .filter(from -> year < from)
                                    .isEmpty()
                            && rules.trend().to().filter(to -> year > to).isEmpty();
                    if (point.observed() && wanted) {
                        observed.put(year, point.reading().gap().orElseThrow());
                    }
                });
                if (!observed.isEmpty()) {
                    rows.add(row(slot, region.code(), observed, run));
                }
            }
        }
        return rows;
    }

    /**
     * What the observed percentages of a series say.
     *
     * @param distance shortfall or overshoot left; 0 where there is none
     * @param rateNeeded yearly change that leads to zero in the target year
     */
    record Reading(
            Optional<Double> slope,
            Optional<Double> error,
            double distance,
            Optional<Double> rateNeeded,
            Optional<Boolean> onTrack,
            Optional<String> slopeReason,
            Optional<String> errorReason,
            Optional<String> rateReason) {}

    /** @param target the year by which the percentage should be zero, if there is one */
    static Reading read(SortedMap<Integer, Double> observed, Optional<Integer> target, StatisticsRules.Trend rules) {
        int n = observed.size();
        Optional<Trend> line = n >= Math.max(2, rules.slopeFrom()) ? Optional.of(Trend.of(observed)) : Optional.empty();
        Optional<Double> error = n >= Math.max(3, rules.errorFrom())
                ? line.map(trend -> trend.slopeError(observed, rules.lag(), rules.smallSample()))
                : Optional.empty();
        int lastYear = observed.lastKey();
        double last = observed.get(lastYear);
        double distance = Math.max(0, last);
        Optional<Double> rate = Optional.empty();
        Optional<String> rateReason = Optional.empty();
        if (distance == 0) {
            rate = Optional.of(0.0);
        } else if (target.isEmpty()) {
            rateReason = Optional.of("the ring has no target year");
        } else if (target.get() <= lastYear) {
            rateReason =
                    Optional.of("the last figure is of " + lastYear + ", not before the target year " + target.get());
        } else {
            rate = Optional.of((0 - last) / (target.get() - lastYear));
        }
        Optional<Double> slope = line.map(Trend::slope);
        Optional<Double> needed = rate;
        return new Reading(
                slope,
                error,
                distance,
                rate,
                distance == 0 ? Optional.of(true) : slope.flatMap(s -> needed.map(r -> s <= r)),
                line.isPresent() ? Optional.empty() : Optional.of(tooFew(n, "a slope", rules.slopeFrom())),
                error.isPresent() ? Optional.empty() : Optional.of(tooFew(n, "a standard error", rules.errorFrom())),
                rateReason);
    }

    private static String tooFew(int n, String what, int needed) {
        return n + " observed years, " + what + " needs " + needed;
    }

    private Row row(Percentages.Judged slot, String region, SortedMap<Integer, Double> observed, String run) {
        Map<String, Integer> targets = rules.targets();
        Optional<Integer> target = Optional.ofNullable(targets.get(slot.slot().ring()));
        Reading reading = read(observed, target, rules.trend());
        return RowFactory.create(
                slot.framework().id(),
                slot.gauge().set().id(),
                slot.indicator().lens(),
                slot.slot().ring(),
                slot.slot().dimension(),
                slot.indicator().id(),
                region,
                observed.firstKey(),
                observed.lastKey(),
                observed.size(),
                observed.get(observed.firstKey()),
                observed.get(observed.lastKey()),
                reading.slope().orElse(null),
                reading.error().orElse(null),
                rules.trend().lag(),
                reading.slopeReason().orElse(null),
                reading.errorReason().orElse(null),
                target.orElse(null),
                reading.distance(),
                reading.rateNeeded().orElse(null),
                reading.rateReason().orElse(null),
                reading.onTrack().orElse(null),
                run);
    }
}
