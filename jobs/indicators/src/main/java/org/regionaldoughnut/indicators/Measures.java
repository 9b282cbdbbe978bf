package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/**
 * Measures by request, code, period and region. They are made when they are asked for, of what was added up: there are
 * millions of them, and most are asked for once.
 */
final class Measures {
    private static final ObsStatus[] STATUS = ObsStatus.values();

    private final Set<Request> reused;
    private final RegionNumbers regionNumbers;
    private final Map<Request, Integer> numbers = new HashMap<>();

    /** By number of the request: the cells that feed it. */
    private final List<List<OfCell>> cells = new ArrayList<>();

    private final Map<Request, Map<String, Map<String, Map<String, Measure>>>> kept = new HashMap<>();
    private long lastMicros;
    private Instant lastVintage = Instant.EPOCH;

    /**
     * Places of a tally in order of their cells; those of a cell begin where {@code first} says.
     *
     * @param regions the numbers of the tally's regions
     */
    private record Source(Added added, List<String> expressions, int[] regions, int[] places, int[] first) {
        static Source of(Added added, List<String> expressions, RegionNumbers numbers) {
            Tally tally = added.tally();
            int cells = 0;
            for (int place = 0; place < tally.size(); place++) {
                cells = Math.max(cells, tally.cell(place) + 1);
            }
            int[] first = new int[cells + 1];
            for (int place = 0; place < tally.size(); place++) {
                first[tally.cell(place) + 1]++;
            }
            for (int cell = 0; cell < cells; cell++) {
                first[cell + 1] += first[cell];
            }
            int[] next = first.clone();
            int[] places = new int[tally.size()];
            for (int place = 0; place < tally.size(); place++) {
                places[next[tally.cell(place)]++] = place;
            }
            int[] regions = added.regions().stream().mapToInt(numbers::number).toArray();
            return new Source(added, expressions, regions, places, first);
        }
    }

    private record OfCell(Source source, int cell, String code) {}

    /**
     * @param reused requests that are asked for several times
     * @param regions that measures are kept by
     */
    Measures(List<Request> requests, Set<Request> reused, RegionNumbers regions) {
        this.reused = reused;
        this.regionNumbers = regions;
        for (Request request : requests) {
            numbers.put(request, cells.size());
            cells.add(new ArrayList<>());
        }
    }

    /** @param expressions value expressions of the part */
    void add(Added added, List<String> expressions) {
        Source source = Source.of(added, expressions, regionNumbers);
        for (int cell = 0; cell + 1 < source.first().length; cell++) {
            if (source.first()[cell] < source.first()[cell + 1]) {
                Terms.Cell its = added.cells().get(cell);
                for (int request : its.requests()) {
                    cells.get(request).add(new OfCell(source, cell, its.code()));
                }
            }
        }
    }

    /** Period to region to measure. */
    Map<String, Map<String, Measure>> of(Request request, String code) {
        String its = request.apart() ? code : "";
        if (!reused.contains(request)) {
            return made(request, its);
        }
        return kept.computeIfAbsent(request, r -> new HashMap<>()).computeIfAbsent(its, c -> made(request, its));
    }

    private Map<String, Map<String, Measure>> made(Request request, String code) {
        Map<String, Map<String, Measure>> measures = new TreeMap<>();
        for (OfCell one : cells.get(numbers.get(request))) {
            if (request.apart() && !one.code().equals(code)) {
                continue;
            }
            Source source = one.source();
            Tally tally = source.added().tally();
            int k = source.expressions().indexOf(request.term().value());
            int end = source.first()[one.cell() + 1];
            int period = -1;
            ByRegion regions = null;
            for (int i = source.first()[one.cell()]; i < end; i++) {
                int place = source.places()[i];
                if (tally.period(place) != period) {
                    period = tally.period(place);
                    regions = (ByRegion) measures.computeIfAbsent(
                            source.added().periods().get(period), p -> new ByRegion(regionNumbers));
                }
                regions.gather(source.regions()[tally.region(place)], measure(tally, place, k, one.code(), request));
            }
        }
        return request.term().aggregate() == Term.Aggregate.MEAN
                ? yearly(request.term(), measures)
                : Collections.unmodifiableMap(measures);
    }

    /** Most figures are of the vintage of the one before. */
    private Instant vintage(long micros) {
        if (micros != lastMicros) {
            lastMicros = micros;
            lastVintage = DateTimeUtils.microsToInstant(micros);
        }
        return lastVintage;
    }

    /** What a place measures of a request, by its value expression k. */
    private Measure measure(Tally tally, int place, int k, String code, Request request) {
        Instant vintage = vintage(tally.vintage(place));
        if (tally.status(place) == Terms.SET_ASIDE) {
            return Measure.setAside(vintage);
        }
        Term.Aggregate aggregate = request.term().aggregate();
        boolean figure = aggregate == Term.Aggregate.VALUE || aggregate == Term.Aggregate.SQL;
        long count = tally.count(place, k);
        boolean one = count == 0 || tally.least(place, k) == tally.most(place, k);
        String kept = request.apart() || request.by().isEmpty() ? "" : code;
        // a figure stated several times is that figure; where they differ, the region is missing later on
        ExactSum sum = null;
        if (count > 0) {
            sum = figure
                    ? ExactSum.of(new BigDecimal(tally.least(place, k)))
                    : ExactSum.of(tally.parts(), tally.firstPart(place, k));
        }
        return new Measure(
                kept,
                sum,
                tally.rows(place),
                tally.rows(place) - count,
                one ? 1 : 2,
                STATUS[tally.status(place)],
                interval(tally, place),
                vintage);
    }

    private static Interval interval(Tally tally, int place) {
        double lower = tally.interval(place, 0);
        double upper = tally.interval(place, 1);
        double level = tally.interval(place, 2);
        // most figures have none
        boolean none = Double.isNaN(lower) && Double.isNaN(upper) && Double.isNaN(level);
        return none ? Interval.NONE : new Interval(limit(lower), limit(upper), limit(level));
    }

    private static Optional<Double> limit(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }

    /** The codes that rows of the request have. */
    Set<String> codes(Request request) {
        Set<String> codes = new TreeSet<>();
        cells.get(numbers.get(request)).forEach(cell -> codes.add(request.apart() ? cell.code() : ""));
        return codes;
    }

    /** Means of the shorter periods of each year; a year with fewer of them than declared has none. */
    private static Map<String, Map<String, Measure>> yearly(Term term, Map<String, Map<String, Measure>> byPeriod) {
        Map<String, Map<String, List<Measure>>> byYear = new TreeMap<>();
        byPeriod.forEach((period, regions) -> {
            if (period.length() > 4) {
                regions.forEach(
                        (region, measure) -> byYear.computeIfAbsent(period.substring(0, 4), y -> new TreeMap<>())
                                .computeIfAbsent(region, r -> new ArrayList<>())
                                .add(measure));
            }
        });
        Map<String, Map<String, Measure>> means = new TreeMap<>();
        byYear.forEach((year, regions) -> regions.forEach((region, measures) -> {
            boolean whole = measures.size() == term.count().orElse(measures.size())
                    && measures.stream().allMatch(Measure::hasValue);
            if (whole) {
                means.computeIfAbsent(year, y -> new LinkedHashMap<>()).put(region, mean(measures));
            }
        }));
        return means;
    }

    private static Measure mean(List<Measure> measures) {
        BigDecimal mean = measures.stream()
                .map(Measure::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(measures.size()), MathContext.DECIMAL128);
        Measure all = measures.stream().reduce(Measure::plus).orElseThrow();
        return new Measure("", ExactSum.of(mean), 1, 0, 1, all.status().and(ObsStatus.E), Interval.NONE, all.vintage());
    }
}
