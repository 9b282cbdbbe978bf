package org.regionaldoughnut.schedule.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An asset was renewed.
 *
 * @param source the task that did it; absent for an event from outside
 * @param runs the runs that were made of it
 */
public record AssetEvent(
        long id,
        long assetId,
        String name,
        String uri,
        String group,
        Instant at,
        JsonNode extra,
        Optional<Source> source,
        List<DagRun> runs) {

    public record Source(String dagId, String runId, String taskId) {}
}
