package org.regionaldoughnut.schedule.model;

import java.time.Instant;

/** A run that a timetable asks for. */
public record DueRun(Instant logicalDate, DataInterval interval, Instant runAfter) {}
