package org.regionaldoughnut.schedule.model;

import java.time.Instant;

/** The time a run stands for: from start, to end not included. A trigger timetable has an empty one. */
public record DataInterval(Instant start, Instant end) {
    public DataInterval {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("an interval cannot end at " + end + " before it starts at " + start);
        }
    }
}
