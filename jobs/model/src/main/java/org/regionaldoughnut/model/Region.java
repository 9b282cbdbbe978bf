package org.regionaldoughnut.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A region of one scheme.
 *
 * @param level {@code NUTS0} to {@code NUTS3}, {@code LAU}; {@link #RESIDUAL} a part of its parent that no lower level
 *     holds; {@link #EXTRA} outside every region
 * @param parent code of the region that holds it, absent at the root and for extra-regio
 * @param partial regions below the parent that hold only a part of it each; their sums are incomplete
 */
public record Region(String code, String name, String level, Optional<String> parent, List<String> partial) {
    public static final String RESIDUAL = "RESIDUAL";
    public static final String EXTRA = "EXTRA";

    public Region {
        Objects.requireNonNull(code);
        Objects.requireNonNull(name);
        Objects.requireNonNull(level);
        Objects.requireNonNull(parent);
        partial = List.copyOf(partial);
    }

    /** Whether figures of this region are shown as those of a place: residuals and extra-regio are not. */
    public boolean isPlace() {
        return !level.equals(RESIDUAL) && !level.equals(EXTRA);
    }
}
