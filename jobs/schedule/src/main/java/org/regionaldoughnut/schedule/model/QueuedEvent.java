package org.regionaldoughnut.schedule.model;

import java.time.Instant;

/** An asset has a new event, and a DAG still waits for others. */
public record QueuedEvent(String dagId, long assetId, Instant created) {}
