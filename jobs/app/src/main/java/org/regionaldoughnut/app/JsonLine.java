package org.regionaldoughnut.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.regionaldoughnut.model.ExitCode;

/** Results as one line of JSON. */
final class JsonLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonLine() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result has no JSON form", e);
        }
    }

    static String error(ExitCode code, String message) {
        ObjectNode error = object();
        error.put("state", "failed");
        error.put("error", code.name().toLowerCase(Locale.ROOT));
        error.put("exit_code", code.code());
        error.put("message", message);
        return of(error);
    }
}
