package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.time.Instant;
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
    private final List<List<String>> values;

    /** @param values by part: its value expressions */
    Decoder(List<Request> requests, List<List<String>> values) {
        this.requests = requests;
        this.values = values;
    }

    Opened open() {
        return new Opened();
    }

    /** Bundles of all parts. */
    final class Opened {
        private final Bundle.Opened[] parts = new Bundle.Opened[values.size()];

        void add(byte[] bundle) {
            int part = Bundle.part(bundle);
            if (parts[part] == null) {
                parts[part] = new Bundle.Opened(values.get(part).size());
            }
            parts[part].add(bundle);
        }

        /** Gives the measures what was added up, and does not keep it. */
        void decode(Measures measures) {
            for (int part = 0; part < parts.length; part++) {
                if (parts[part] != null) {
                    Decoder.this.decode(part, parts[part], measures);
                    parts[part] = null;
                }
            }
        }
    }

    void decode(int part, Added added, Measures measures) {
        measures.add(added, values.get(part));
    }

    /** What a place measures of a request, by its value expression k. */
    static Measure measure(Tally tally, int place, int k, String code, Request request) {
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
