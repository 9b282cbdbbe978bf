package org.regionaldoughnut.model;

import java.util.Optional;

/** Years something holds for, both ends included; open where absent. */
public record Validity(Optional<Integer> from, Optional<Integer> to) {
    public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

    public Validity {
        if (from.isPresent() && to.isPresent() && from.get() > to.get()) {
            throw new IllegalArgumentException("valid from " + from.get() + " to " + to.get());
        }
    }

    public boolean holdsIn(int year) {
        return from.filter(f -> f > year).isEmpty() && to.filter(t -> t < year).isEmpty();
    }

    /** Whether some year lies in both. */
    public boolean overlaps(Validity other) {
        return from.filter(f -> !other.holdsUpTo(f)).isEmpty()
                && other.from.filter(f -> !holdsUpTo(f)).isEmpty();
    }

    private boolean holdsUpTo(int year) {
        return to.filter(t -> t < year).isEmpty();
    }
}
