package org.regionaldoughnut.validate;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metrics of earlier batches: the series that rules on change are held against. */
public final class History {
    private final Map<Key, Map<String, Metric>> byBatch = new HashMap<>();

    private record Key(String source, String entity, String instance, String name) {}

    private History() {}

    /** @param metrics as they were recorded; of a batch that was judged again the latest counts */
    public static History of(List<Metric> metrics) {
        History history = new History();
        metrics.stream().sorted(Comparator.comparing(Metric::evaluated)).forEach(metric -> history.byBatch
                .computeIfAbsent(
                        new Key(metric.source(), metric.entity(), metric.instance(), metric.name()),
                        k -> new HashMap<>())
                .merge(metric.batch(), metric, History::later));
        return history;
    }

    /** The latest value counts, at the time the batch was judged first: judging again does not make it newer. */
    private static Metric later(Metric first, Metric again) {
        return new Metric(
                again.source(),
                again.contract(),
                again.batch(),
                again.entity(),
                again.instance(),
                again.name(),
                again.value(),
                first.evaluated());
    }

    public static History none() {
        return new History();
    }

    /** Values of the batches judged before this one, oldest first. */
    List<Double> before(String source, String batch, String entity, String instance, String name) {
        Map<String, Metric> past = byBatch.getOrDefault(new Key(source, entity, instance, name), Map.of());
        Instant until = past.containsKey(batch) ? past.get(batch).evaluated() : Instant.MAX;
        return past.values().stream()
                .filter(metric -> !metric.batch().equals(batch))
                .filter(metric -> metric.evaluated().isBefore(until))
                .sorted(Comparator.comparing(Metric::evaluated).thenComparing(Metric::batch))
                .map(Metric::value)
                .toList();
    }
}
