package org.regionaldoughnut.model;

/** How a value is set against its floor or ceiling. */
public enum Form {
    /** The figure is the percentage lacking something all are entitled to. */
    SHARE,
    /** Distance to a threshold, rescaled between it and the worst value. */
    THRESHOLD,
    /** Percentage of people in sub-areas that fail a threshold. */
    PLACES,
    /** A gap that should be zero: shortfall is the gap itself, never below zero. */
    GAP,
    /** Ratio to an ecological boundary. */
    CEILING,
    /** Shown, not judged. */
    CONTEXT
}
