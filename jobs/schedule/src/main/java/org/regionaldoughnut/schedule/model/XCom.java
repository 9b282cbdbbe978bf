package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** A value that a task left: the last line it printed, under {@link #RETURN_VALUE}. */
public record XCom(
        String dagId,
        String runId,
        String taskId,
        String key,
        JsonNode value,
        Instant at,
        Optional<Instant> logicalDate,
        Instant runAfter) {
    public static final String RETURN_VALUE = "return_value";
}
