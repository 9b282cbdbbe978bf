package org.regionaldoughnut.office;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the definitions of the catalogue stand, so that what is wrong with one can be told with file and line. It is no
 * part of what a catalogue says: catalogues that differ in it alone are equal.
 */
public final class Origins {
    /** No definition was read from a file. */
    public static final Origins NONE = new Origins();

    private final Map<String, Place> places = new HashMap<>();

    private record Place(YamlFile file, String pointer) {}

    enum Kind {
        INDICATOR,
        BOUNDARY_SET,
        FRAMEWORK
    }

    void add(Kind kind, String id, YamlFile file, String pointer) {
        places.put(kind + "/" + id, new Place(file, pointer));
    }

    /**
     * The problem of an indicator at the line of its key.
     *
     * @param below JSON pointer from the indicator: {@code /terms/co2/where}; empty for the indicator itself
     */
    public Optional<Problem> problem(String indicator, String below, String message) {
        return problem(Kind.INDICATOR, indicator, below, message);
    }

    Optional<Problem> problem(Kind kind, String id, String below, String message) {
        return Optional.ofNullable(places.get(kind + "/" + id))
                .map(place -> new Problem(place.file().path(), place.file().line(place.pointer() + below), message));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origins;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "";
    }
}
