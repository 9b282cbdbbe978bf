package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Runs of the past, made on demand. */
public record Backfill(
        long id,
        String dagId,
        Instant from,
        Instant to,
        JsonNode conf,
        boolean paused,
        ReprocessBehavior reprocess,
        int maxActiveRuns,
        Instant created,
        Instant updated,
        Optional<Instant> completed) {}
