package org.regionaldoughnut.model;

import java.util.List;
import java.util.Optional;

/**
 * A way to look at the indicators: rings of dimensions. A framework without rings has the one ring {@code _Z}.
 *
 * @param boundarySet the boundary set it is held against; the office's where absent
 * @param optional whether it is computed only for offices that ask for it
 */
public record Framework(
        String id,
        String title,
        Optional<String> description,
        String source,
        List<Ring> rings,
        Optional<String> boundarySet,
        boolean optional) {
    public static final String NO_RING = "_Z";
    public static final String SOCIAL = "social";
    public static final String ECOLOGICAL = "ecological";

    public Framework {
        rings = List.copyOf(rings);
    }

    /** A framework held against the office's boundary set. */
    public Framework(String id, String title, Optional<String> description, String source, List<Ring> rings) {
        this(id, title, description, source, rings, Optional.empty(), false);
    }

    public record Ring(String id, String title, List<Dimension> dimensions) {
        public Ring {
            dimensions = List.copyOf(dimensions);
        }
    }

    /**
     * @param measured {@code globally} where a region has no figure of its own
     */
    public record Dimension(String id, String title, Optional<String> description, Optional<String> measured) {}

    public boolean has(String ring, String dimension) {
        return rings.stream()
                .filter(r -> r.id().equals(ring))
                .flatMap(r -> r.dimensions().stream())
                .anyMatch(d -> d.id().equals(dimension));
    }
}
