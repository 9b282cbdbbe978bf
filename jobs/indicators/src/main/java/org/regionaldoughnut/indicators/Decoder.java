package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/** Makes measures of what was added up. */
final class Decoder {
    private static final ObsStatus[] STATUS = ObsStatus.values();
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000;

    private final List<Request> requests;
    private final List<Terms.Cell> cells;
    private final int[] values;
    private final int expressions;

    Decoder(List<Request> requests, List<Terms.Cell> cells, Map<String, Integer> values) {
        this.requests = requests;
        this.cells = cells;
        this.values = requests.stream()
                .mapToInt(request -> values.get(request.term().value()))
                .toArray();
        this.expressions = values.size();
    }

    int expressions() {
        return expressions;
    }

    void decode(Bundle.Opened opened, Measures measures) {
        Tally tally = opened.tally();
        Measure[] byValue = new Measure[expressions];
        for (int place = 0; place < tally.size(); place++) {
            Terms.Cell cell = cells.get(tally.cell(place));
            Arrays.fill(byValue, null);
            for (int index : cell.requests()) {
                Request request = requests.get(index);
                int k = values[index];
                boolean sum = request.term().aggregate() == Term.Aggregate.SUM;
                Measure measure =
                        sum && byValue[k] != null ? byValue[k] : measure(tally, place, k, cell.code(), request);
                byValue[k] = sum ? measure : byValue[k];
                measures.add(index, cell.code(), opened.period(place), opened.region(place), measure);
            }
        }
    }

    private static Measure measure(Tally tally, int place, int k, String code, Request request) {
        Instant vintage = instant(tally.vintage(place));
        if (tally.status(place) == Terms.SET_ASIDE) {
            return Measure.setAside(vintage);
        }
        Term.Aggregate aggregate = request.term().aggregate();
        boolean figure = aggregate == Term.Aggregate.VALUE || aggregate == Term.Aggregate.SQL;
        long count = tally.count(place, k);
        boolean one = count == 0 || tally.least(place, k) == tally.most(place, k);
        String kept = request.apart() || request.by().isEmpty() ? "" : code;
        // a figure stated several times is that figure; where they differ, the region is missing later on
        Map<String, ExactSum> parts = count == 0
                ? Map.of()
                : Map.of(
                        kept,
                        figure
                                ? ExactSum.of(new BigDecimal(tally.least(place, k)))
                                : ExactSum.of(tally.parts(), tally.firstPart(place, k)));
        return new Measure(
                parts,
                tally.rows(place),
                tally.rows(place) - count,
                one ? 1 : 2,
                STATUS[tally.status(place)],
                limit(tally.interval(place, 0)),
                limit(tally.interval(place, 1)),
                limit(tally.interval(place, 2)),
                vintage);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS);
    }

    private static Optional<Double> limit(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }
}
