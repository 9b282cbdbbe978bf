package org.regionaldoughnut.office;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variants of method an office may choose: {@code statistics} of its settings. Every default is the convention
 * documented in {@code conf/README.md}.
 *
 * @param quantileType of Hyndman & Fan (1996), 4 to 9
 * @param nearestYears how far from the year of the doughnut a value may lie
 * @param leastPopulation share of the people a roll-up must stand for
 * @param leastDimensions share of its dimensions a ring needs for a median
 * @param windows spans of years over which ratios are averaged
 * @param targets ring to the year in which its gaps should be zero
 * @param groups ways to divide regions
 */
public record StatisticsRules(
        int quantileType,
        int nearestYears,
        double leastPopulation,
        double leastDimensions,
        List<Window> windows,
        Trend trend,
        Map<String, Integer> targets,
        List<Grouping> groups) {

    /** The conventions. */
    public static final StatisticsRules DEFAULT = of(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @JsonCreator
    static StatisticsRules of(
            @JsonProperty("quantile_type") Optional<Integer> quantileType,
            @JsonProperty("nearest_years") Optional<Integer> nearestYears,
            @JsonProperty("least_population") Optional<Double> leastPopulation,
            @JsonProperty("least_dimensions") Optional<Double> leastDimensions,
            @JsonProperty("windows") Optional<List<Window>> windows,
            @JsonProperty("trend") Optional<Trend> trend,
            @JsonProperty("targets") Optional<Map<String, Integer>> targets,
            @JsonProperty("groups") Optional<List<Grouping>> groups) {
        return new StatisticsRules(
                quantileType.orElse(7),
                nearestYears.orElse(2),
                leastPopulation.orElse(0.8),
                leastDimensions.orElse(0.5),
                windows.orElse(List.of()),
                trend.orElse(Trend.DEFAULT),
                targets.orElse(new TreeMap<>(Map.of("social", 2030, "ecological", 2050))),
                groups.orElse(List.of()));
    }

    /** First and last year. */
    public record Window(int from, int to) {
        public String id() {
            return from + "-" + to;
        }
    }

    /**
     * @param lag lags of the Newey-West error
     * @param slopeFrom observed points a slope needs
     * @param errorFrom observed points a standard error needs
     * @param smallSample whether the variance is multiplied by {@code n / (n - 2)}
     */
    public record Trend(
            Optional<Integer> from, Optional<Integer> to, int lag, int slopeFrom, int errorFrom, boolean smallSample) {
        static final Trend DEFAULT = new Trend(Optional.empty(), Optional.empty(), 4, 6, 10, false);

        @JsonCreator
        static Trend of(
                @JsonProperty("from") Optional<Integer> from,
                @JsonProperty("to") Optional<Integer> to,
                @JsonProperty("lag") Optional<Integer> lag,
                @JsonProperty("slope_from") Optional<Integer> slopeFrom,
                @JsonProperty("error_from") Optional<Integer> errorFrom,
                @JsonProperty("small_sample") Optional<Boolean> smallSample) {
            return new Trend(
                    from,
                    to,
                    lag.orElse(DEFAULT.lag),
                    slopeFrom.orElse(DEFAULT.slopeFrom),
                    errorFrom.orElse(DEFAULT.errorFrom),
                    smallSample.orElse(DEFAULT.smallSample));
        }
    }

    /**
     * One way to divide the regions of a level: by name, or by the percentiles of an indicator.
     *
     * @param members group to codes of its regions; empty where percentiles divide
     */
    public record Grouping(
            String id,
            String title,
            String level,
            Map<String, List<String>> members,
            Optional<Percentiles> percentiles) {
        public Grouping {
            members = members == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** @param cuts percentiles at which a group begins, ascending */
    public record Percentiles(String indicator, List<Double> cuts) {
        public Percentiles {
            cuts = cuts.stream().sorted().toList();
        }
    }
}
