package org.regionaldoughnut.report.drawing;

import java.util.List;
import java.util.Objects;

/**
 * What is drawn. Percentages are shortfall in the floor's ring and overshoot in the ceiling's; negative overshoot is
 * inside the boundary.
 *
 * @param title short text alternative
 * @param description what the picture shows, in words
 */
public record Doughnut(String title, String description, Ring floor, Ring ceiling) {
    public Doughnut {
        Objects.requireNonNull(title);
        Objects.requireNonNull(description);
        Objects.requireNonNull(floor);
        Objects.requireNonNull(ceiling);
    }

    /** Dimensions clockwise from the top. */
    public record Ring(List<Dimension> dimensions) {
        public Ring {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** One sector; its wedges share it side by side. */
    public record Dimension(String title, List<Wedge> wedges) {
        public Dimension {
            Objects.requireNonNull(title);
            wedges = List.copyOf(wedges);
        }
    }

    /**
     * One indicator.
     *
     * @param percent finite; without meaning where the figure is missing
     * @param tooltip what it is and how large
     * @param mark the number written where the wedge is longer than the scale
     */
    public record Wedge(Kind kind, double percent, String tooltip, String mark) {
        public Wedge {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(tooltip);
            Objects.requireNonNull(mark);
            if (!Double.isFinite(percent)) {
                throw new IllegalArgumentException("a wedge of " + percent + " % (" + tooltip + ")");
            }
        }

        /** A dimension or indicator without a figure. */
        public static Wedge missing(String tooltip) {
            return new Wedge(Kind.MISSING, 0, tooltip, "");
        }
    }

    /** How a figure stands in its ring. */
    public enum Kind {
        /** Counts in the ring's median. */
        COUNTED,
        /** Shown, but of another concept than its boundary: not in the median. */
        PROXY,
        MISSING
    }
}
