package org.regionaldoughnut.schedule.model;

import java.time.Instant;

/** A pipeline file that could not be read: what is wrong with it, with lines. */
public record ImportError(long id, String file, String message, Instant at) {}
