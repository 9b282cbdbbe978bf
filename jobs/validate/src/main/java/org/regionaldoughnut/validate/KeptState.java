package org.regionaldoughnut.validate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.CorrelationState;
import com.amazon.deequ.analyzers.DoubleValuedState;
import com.amazon.deequ.analyzers.MaxState;
import com.amazon.deequ.analyzers.MeanState;
import com.amazon.deequ.analyzers.MinState;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.StandardDeviationState;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.SumState;
import com.amazon.deequ.metrics.DoubleMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import scala.Option;

/**
 * What Deequ needs to know of a batch to compute a metric of it and other batches together.
 *
 * @param entity with instance and name: the metric
 * @param type Deequ's kind of state
 * @param values the numbers it consists of; counts are exact up to 2^53
 */
public record KeptState(
        String source,
        String contract,
        String batch,
        String entity,
        String instance,
        String name,
        String type,
        List<Double> values,
        Instant evaluated) {
    /** The batch of metrics that cover all batches of a source. */
    public static final String ALL_BATCHES = "_T";

    private static final Pattern WHERE = Pattern.compile("coalesce\\(\\((.*)\\), false\\)", Pattern.DOTALL);

    public KeptState {
        Objects.requireNonNull(source);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(entity);
        Objects.requireNonNull(instance);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(evaluated);
        values = List.copyOf(values);
    }

    private record Key(String source, String contract, String entity, String instance, String name, String type) {}

    private Key key() {
        return new Key(source, contract, entity, instance, name, type);
    }

    /** States of a pass, of the kinds that can be kept. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    static List<KeptState> of(BatchPass pass, String contract, List<BatchRows> batches, Instant evaluated) {
        List<KeptState> kept = new ArrayList<>();
        pass.states()
                .forEach((analyzer, bySlice) -> bySlice.forEach((slice, state) -> {
                    Optional<List<Double>> values = values(state);
                    if (values.isEmpty() || !(pass.metric(analyzer, slice) instanceof DoubleMetric metric)) {
                        return;
                    }
                    kept.add(new KeptState(
                            batches.get(slice).source(),
                            contract,
                            batches.get(slice).batch(),
                            metric.entity().toString().replace("Mutlicolumn", "Multicolumn"),
                            metric.instance(),
                            metric.name() + where(analyzer),
                            state.getClass().getSimpleName(),
                            values.get(),
                            evaluated));
                }));
        return kept;
    }

    @SuppressWarnings("rawtypes")
    private static String where(Analyzer analyzer) {
        Option<String> where = analyzer instanceof com.amazon.deequ.analyzers.FilterableAnalyzer filtered
                ? filtered.filterCondition()
                : Option.empty();
        if (where.isEmpty() || where.get().equals("true")) {
            return "";
        }
        Matcher wrapped = WHERE.matcher(where.get());
        return " (where: " + (wrapped.matches() ? wrapped.group(1) : where.get()) + ")";
    }

    /**
     * Metrics of all batches of each source together, without a look at their rows.
     *
     * @param states of any batches and sources; of a batch that was judged again the latest count
     */
    public static List<Metric> merged(List<KeptState> states, Instant evaluated) {
        Map<Key, Map<String, KeptState>> latest = new LinkedHashMap<>();
        for (KeptState state : states) {
            latest.computeIfAbsent(state.key(), k -> new LinkedHashMap<>())
                    .merge(state.batch(), state, (a, b) -> b.evaluated().isBefore(a.evaluated()) ? a : b);
        }
        List<Metric> metrics = new ArrayList<>();
        latest.forEach((key, byBatch) -> byBatch.values().stream()
                .map(KeptState::state)
                .reduce(KeptState::sum)
                .map(KeptState::value)
                .filter(value -> !value.isNaN())
                .ifPresent(value -> metrics.add(new Metric(
                        key.source(),
                        key.contract(),
                        ALL_BATCHES,
                        key.entity(),
                        key.instance(),
                        key.name(),
                        value,
                        evaluated))));
        return metrics;
    }

    @SuppressWarnings("rawtypes")
    private static Double value(DoubleValuedState state) {
        return state.metricValue();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static DoubleValuedState sum(DoubleValuedState a, DoubleValuedState b) {
        return (DoubleValuedState) a.sum(b);
    }

    @SuppressWarnings("rawtypes")
    private static Optional<List<Double>> values(State state) {
        if (state instanceof NumMatches s) {
            return Optional.of(List.of((double) s.numMatches()));
        }
        if (state instanceof NumMatchesAndCount s) {
            return Optional.of(List.of((double) s.numMatches(), (double) s.count()));
        }
        if (state instanceof SumState s) {
            return Optional.of(List.of(s.sum()));
        }
        if (state instanceof MeanState s) {
            return Optional.of(List.of(s.sum(), (double) s.count()));
        }
        if (state instanceof MinState s) {
            return Optional.of(List.of(s.minValue()));
        }
        if (state instanceof MaxState s) {
            return Optional.of(List.of(s.maxValue()));
        }
        if (state instanceof StandardDeviationState s) {
            return Optional.of(List.of(s.n(), s.avg(), s.m2()));
        }
        if (state instanceof CorrelationState s) {
            return Optional.of(List.of(s.n(), s.xAvg(), s.yAvg(), s.ck(), s.xMk(), s.yMk()));
        }
        return Optional.empty();
    }

    @SuppressWarnings("rawtypes")
    private DoubleValuedState state() {
        double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
        return switch (type) {
            case "NumMatches" -> new NumMatches((long) v[0]);
            case "NumMatchesAndCount" -> new NumMatchesAndCount((long) v[0], (long) v[1], Option.empty());
            case "SumState" -> new SumState(v[0]);
            case "MeanState" -> new MeanState(v[0], (long) v[1]);
            case "MinState" -> new MinState(v[0], Option.empty());
            case "MaxState" -> new MaxState(v[0], Option.empty());
            case "StandardDeviationState" -> new StandardDeviationState(v[0], v[1], v[2]);
            case "CorrelationState" -> new CorrelationState(v[0], v[1], v[2], v[3], v[4], v[5]);
            default -> throw new IllegalStateException("no state of the type " + type + " is kept");
        };
    }
}
