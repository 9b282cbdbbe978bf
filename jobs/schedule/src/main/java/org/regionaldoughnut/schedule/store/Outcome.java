package org.regionaldoughnut.schedule.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.regionaldoughnut.schedule.model.TaskState;

/**
 * How a try ended.
 *
 * @param state success, skipped or failed
 * @param note why, in a sentence, where it did not succeed
 * @param value what the task left for others: its XCom return value
 */
public record Outcome(TaskState state, Optional<String> note, Optional<JsonNode> value) {
    public Outcome {
        if (state != TaskState.SUCCESS && state != TaskState.SKIPPED && state != TaskState.FAILED) {
            throw new IllegalArgumentException("a try cannot end " + state.word());
        }
    }

    public static Outcome success(Optional<JsonNode> value) {
        return new Outcome(TaskState.SUCCESS, Optional.empty(), value);
    }

    public static Outcome skipped(String why) {
        return new Outcome(TaskState.SKIPPED, Optional.of(why), Optional.empty());
    }

    public static Outcome failed(String why) {
        return new Outcome(TaskState.FAILED, Optional.of(why), Optional.empty());
    }
}
