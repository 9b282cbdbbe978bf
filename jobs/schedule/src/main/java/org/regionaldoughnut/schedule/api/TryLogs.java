package org.regionaldoughnut.schedule.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.TryKey;

/** What tries have written, wherever it is kept. */
@FunctionalInterface
public interface TryLogs {
    /** A line; what a program printed by itself may have no time. */
    record Line(Optional<Instant> at, String text) {}

    /** Lines of a try from the given one on, at most so many; none where nothing was written or is kept. */
    List<Line> lines(TryKey key, long from, int most);
}
