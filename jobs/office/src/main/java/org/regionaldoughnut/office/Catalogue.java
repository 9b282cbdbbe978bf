package org.regionaldoughnut.office;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;

/** What is computed and what it is held against: indicators, boundary sets and frameworks by id, in order of id. */
public record Catalogue(
        Map<String, Indicator> indicators, Map<String, BoundarySet> boundarySets, Map<String, Framework> frameworks) {

    /** Ceilings and floors that go together. */
    public record BoundarySet(String id, String title, String source, List<Boundary> boundaries, List<Floor> floors) {
        public BoundarySet {
            boundaries = List.copyOf(boundaries);
            floors = List.copyOf(floors);
        }

        public Optional<Boundary> boundary(String indicator) {
            return boundaries.stream()
                    .filter(b -> b.indicator().equals(indicator))
                    .findFirst();
        }

        public Optional<Floor> floor(String indicator) {
            return floors.stream().filter(f -> f.indicator().equals(indicator)).findFirst();
        }
    }

    public Indicator indicator(String id) {
        return Optional.ofNullable(indicators.get(id)).orElseThrow();
    }
}
