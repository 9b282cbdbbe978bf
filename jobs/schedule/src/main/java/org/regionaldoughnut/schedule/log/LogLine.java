package org.regionaldoughnut.schedule.log;

import java.time.Instant;
import java.util.Optional;

/** A line that a try printed; one that was cut off in the middle has no time. */
public record LogLine(Optional<Instant> at, String text) {}
