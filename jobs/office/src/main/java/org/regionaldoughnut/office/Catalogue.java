package org.regionaldoughnut.office;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;

/** What is computed and what it is held against: indicators, boundary sets and frameworks by id, in order of id. */
public record Catalogue(
        Map<String, Indicator> indicators,
        Map<String, BoundarySet> boundarySets,
        Map<String, Framework> frameworks,
        Origins origins) {

    /** A catalogue that was read from no file. */
    public Catalogue(
            Map<String, Indicator> indicators,
            Map<String, BoundarySet> boundarySets,
            Map<String, Framework> frameworks) {
        this(indicators, boundarySets, frameworks, Origins.NONE);
    }

    /** The same catalogue looked at in some of its frameworks only. */
    public Catalogue in(List<Framework> some) {
        Map<String, Framework> kept = new TreeMap<>();
        some.forEach(framework -> kept.put(framework.id(), framework));
        return new Catalogue(indicators, boundarySets, kept, origins);
    }

    /** Ceilings and floors that go together. */
    public record BoundarySet(String id, String title, String source, List<Boundary> boundaries, List<Floor> floors) {
        public BoundarySet {
            boundaries = List.copyOf(boundaries);
            floors = List.copyOf(floors);
        }

        /** The first boundary of an indicator, whatever years it holds in. */
        public Optional<Boundary> boundary(String indicator) {
            return boundaries.stream()
                    .filter(b -> b.indicator().equals(indicator))
                    .findFirst();
        }

        /** The first floor of an indicator, whatever years it holds in. */
        public Optional<Floor> floor(String indicator) {
            return floors.stream().filter(f -> f.indicator().equals(indicator)).findFirst();
        }

        /** The boundary of an indicator that holds in the year. */
        public Optional<Boundary> boundary(String indicator, int year) {
            return boundaries.stream()
                    .filter(b -> b.indicator().equals(indicator) && b.validity().holdsIn(year))
                    .findFirst();
        }

        /** The floor of an indicator that holds in the year. */
        public Optional<Floor> floor(String indicator, int year) {
            return floors.stream()
                    .filter(f -> f.indicator().equals(indicator) && f.validity().holdsIn(year))
                    .findFirst();
        }
    }

    public Indicator indicator(String id) {
        return Optional.ofNullable(indicators.get(id)).orElseThrow();
    }
}
