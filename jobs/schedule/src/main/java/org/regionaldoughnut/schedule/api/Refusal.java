package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** An answer that is not what was asked for: a status, and the {@code detail} that is told. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient JsonNode detail;

    private Refusal(int status, JsonNode detail) {
        super(detail.isTextual() ? detail.textValue() : detail.toString(), null, false, false);
        this.status = status;
        this.detail = detail;
    }

    static Refusal of(int status, String detail) {
        return new Refusal(status, TextNode.valueOf(detail));
    }

    static Refusal badRequest(String detail) {
        return of(400, detail);
    }

    static Refusal notFound(String detail) {
        return of(404, detail);
    }

    /** The request cannot be understood: all that is wrong with it. */
    static Refusal unprocessable(List<Invalid> problems) {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        for (Invalid problem : problems) {
            var entry = details.addObject();
            entry.put("type", problem.type());
            entry.putArray("loc").add(problem.place()).add(problem.name());
            entry.put("msg", problem.message());
            entry.set("input", problem.input());
        }
        return new Refusal(422, details);
    }

    /**
     * One thing that is wrong with a request.
     *
     * @param place {@code body}, {@code query} or {@code path}
     * @param type a word of pydantic's, such as {@code missing} or {@code extra_forbidden}
     */
    record Invalid(String place, String name, String type, String message, JsonNode input) {}

    int status() {
        return status;
    }

    JsonNode detail() {
        return detail;
    }
}
