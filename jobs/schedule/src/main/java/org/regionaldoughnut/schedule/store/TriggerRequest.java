package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.TriggeredBy;

/**
 * A run that someone asks for.
 *
 * @param runId absent: made of its type and time
 * @param logicalDate absent: it stands for no date
 * @param interval absent: that of the logical date, as the timetable has it
 * @param runAfter absent: now
 * @param conf values for its templates: an object
 */
public record TriggerRequest(
        String dagId,
        Optional<String> runId,
        Optional<Instant> logicalDate,
        Optional<DataInterval> interval,
        Optional<Instant> runAfter,
        JsonNode conf,
        Optional<String> note,
        TriggeredBy by,
        Optional<String> userName) {

    public TriggerRequest {
        if (!conf.isObject()) {
            throw RefusedException.invalid("Cannot start a run of " + dagId + ": its conf is not an object. Give one.");
        }
    }

    public static TriggerRequest now(String dagId, TriggeredBy by) {
        return new TriggerRequest(
                dagId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                Optional.empty(),
                by,
                Optional.empty());
    }

    public TriggerRequest named(String id) {
        return new TriggerRequest(dagId, Optional.of(id), logicalDate, interval, runAfter, conf, note, by, userName);
    }

    public TriggerRequest at(Instant date) {
        return new TriggerRequest(dagId, runId, Optional.of(date), interval, runAfter, conf, note, by, userName);
    }

    public TriggerRequest with(JsonNode values) {
        return new TriggerRequest(dagId, runId, logicalDate, interval, runAfter, values, note, by, userName);
    }

    public TriggerRequest from(String user) {
        return new TriggerRequest(dagId, runId, logicalDate, interval, runAfter, conf, note, by, Optional.of(user));
    }
}
