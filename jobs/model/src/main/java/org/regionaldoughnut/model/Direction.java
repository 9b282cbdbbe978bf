package org.regionaldoughnut.model;

/** Which way is better. */
public enum Direction {
    HIGHER,
    LOWER,
    CONTEXT
}
