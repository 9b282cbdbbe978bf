package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.Term;

/**
 * What is to be computed from which terms: the indicators the office has sources for, those that others need first.
 *
 * @param indicators in the order of their dependencies
 * @param requests indicator to term to request; a term that is another indicator has none
 * @param parts indicator to its breakdowns, each with the requests of the terms that are broken down
 * @param missing indicator to the reason why it cannot be computed
 */
record Plan(
        Map<String, Indicator> indicators,
        Map<String, Map<String, Request>> requests,
        Map<String, List<Part>> parts,
        Map<String, String> missing) {

    /** A breakdown of an indicator and what it asks for. */
    record Part(String dimension, Map<String, Request> requests) {}

    /**
     * @param ids the indicators wanted
     * @param series the series the office has
     */
    static Plan of(Map<String, Indicator> catalogue, Set<String> ids, Set<String> series) {
        Plan plan = new Plan(new LinkedHashMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        catalogue.values().stream()
                .filter(indicator -> ids.contains(indicator.id()))
                .forEach(indicator -> plan.add(indicator, catalogue, series, new HashSet<>()));
        return plan;
    }

    private void add(Indicator indicator, Map<String, Indicator> catalogue, Set<String> series, Set<String> open) {
        String id = indicator.id();
        if (indicators.containsKey(id) || missing.containsKey(id) || !open.add(id)) {
            return;
        }
        Map<String, Request> own = new LinkedHashMap<>();
        for (Map.Entry<String, Term> entry : indicator.terms().entrySet()) {
            Term term = entry.getValue();
            if (term.indicator().isPresent()) {
                String other = term.indicator().get();
                add(catalogue.get(other), catalogue, series, open);
                if (missing.containsKey(other)) {
                    missing.put(id, "no source: it needs the indicator " + other + "; " + missing.get(other));
                    return;
                }
                continue;
            }
            Optional<String> first =
                    term.series().stream().filter(series::contains).findFirst();
            if (first.isEmpty()) {
                missing.put(id, "no source: the office has none with the series " + String.join(" or ", term.series()));
                return;
            }
            own.put(entry.getKey(), Request.of(term, first.get(), indicator.over()));
        }
        indicators.put(id, indicator);
        requests.put(id, own);
        List<Part> broken = new ArrayList<>();
        for (Method.Breakdown breakdown : indicator.method().breakdowns()) {
            Map<String, Request> terms = new LinkedHashMap<>();
            breakdown
                    .terms()
                    .forEach((name, part) -> terms.put(
                            name,
                            Request.part(
                                    indicator.terms().get(name), own.get(name).series(), breakdown, part)));
            broken.add(new Part(breakdown.dimension(), terms));
        }
        parts.put(id, broken);
    }

    /** Every request of every indicator. */
    Set<Request> all() {
        Set<Request> all = new LinkedHashSet<>();
        indicators.keySet().forEach(id -> all.addAll(ownRequests(id)));
        return all;
    }

    private Set<Request> ownRequests(String id) {
        Set<Request> own = new LinkedHashSet<>(requests.get(id).values());
        parts.get(id).forEach(part -> own.addAll(part.requests().values()));
        return own;
    }

    /** The requests an indicator needs, those of the indicators it is made of included. */
    Set<Request> needed(String id) {
        Set<Request> needed = new LinkedHashSet<>(ownRequests(id));
        others(indicators.get(id)).forEach(other -> needed.addAll(needed(other)));
        return needed;
    }

    /** An indicator and those it is made of. */
    Set<String> madeOf(String id) {
        Set<String> parts = new LinkedHashSet<>(Set.of(id));
        others(indicators.get(id)).forEach(other -> parts.addAll(madeOf(other)));
        return parts;
    }

    /** Requests that several indicators, or breakdowns of one, make. */
    Set<Request> reused() {
        Set<Request> met = new HashSet<>();
        Set<Request> reused = new HashSet<>();
        for (String id : indicators.keySet()) {
            boolean broken = !parts.get(id).isEmpty();
            for (Request request : ownRequests(id)) {
                if (!met.add(request) || broken) {
                    reused.add(request);
                }
            }
        }
        return reused;
    }

    static Set<String> others(Indicator indicator) {
        Set<String> others = new LinkedHashSet<>();
        indicator.terms().values().forEach(term -> term.indicator().ifPresent(others::add));
        return others;
    }

    /** Indicators that others are made of. */
    Set<String> terms() {
        Set<String> terms = new HashSet<>();
        indicators.values().forEach(indicator -> terms.addAll(others(indicator)));
        return terms;
    }

    /**
     * How many years away figures may lie that a value depends on: 0 where it depends on its own year alone, empty where
     * any year may count.
     *
     * @param nearestYears how far a term may be from the period of the first
     */
    Optional<Integer> reach(String id, int nearestYears) {
        Indicator indicator = indicators.get(id);
        if (indicator.kind() == Indicator.Kind.INDEX
                || indicator.method().imputation().method() != Method.Fill.NONE) {
            return Optional.empty();
        }
        int own = (indicator.kind().acrossPeriods() ? indicator.method().lag() : 0)
                + (indicator.nearestPeriod() ? nearestYears : 0);
        int furthest = 0;
        for (String other : others(indicator)) {
            Optional<Integer> its = reach(other, nearestYears);
            if (its.isEmpty()) {
                return its;
            }
            furthest = Math.max(furthest, its.get());
        }
        return Optional.of(own + furthest);
    }
}
