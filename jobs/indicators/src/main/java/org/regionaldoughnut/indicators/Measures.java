package org.regionaldoughnut.indicators;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;

/** Measures by request, code, period and region. */
final class Measures {
    private final List<Request> requests;
    private final Map<Request, Integer> places = new HashMap<>();

    /** By place of the request and its code; of requests that do not keep codes apart the one code is empty. */
    private final List<Map<String, Map<String, ByRegion>>> byPlace = new ArrayList<>();

    Measures(List<Request> requests) {
        this.requests = requests;
        for (int i = 0; i < requests.size(); i++) {
            places.put(requests.get(i), i);
            byPlace.add(requests.get(i).apart() ? new TreeMap<>() : new HashMap<>(2));
        }
    }

    /** @param place of the request in the list */
    void add(int place, String code, String period, String region, Measure measure) {
        byPlace.get(place)
                .computeIfAbsent(requests.get(place).apart() ? code : "", c -> new TreeMap<>())
                .computeIfAbsent(period, p -> new ByRegion())
                .gather(region, measure);
    }

    /** Period to region to measure. */
    Map<String, Map<String, Measure>> of(Request request, String code) {
        Map<String, Map<String, Measure>> measures = Collections.unmodifiableMap(
                byPlace.get(places.get(request)).getOrDefault(request.apart() ? code : "", Map.of()));
        return request.term().aggregate() == Term.Aggregate.MEAN ? yearly(request.term(), measures) : measures;
    }

    /** The codes that rows of the request have. */
    Set<String> codes(Request request) {
        return byPlace.get(places.get(request)).keySet();
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
        return new Measure(
                Map.of("", ExactSum.of(mean)),
                1,
                0,
                1,
                all.status().and(ObsStatus.E),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                all.vintage());
    }
}
