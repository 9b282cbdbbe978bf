package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON object of a request. Its fields are asked for one by one; what is wrong with them, and fields that nobody
 * knows, are told together by {@link #check()}. A null is the same as a field that is not there.
 */
final class Body {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String BODY = "body";

    private final ObjectNode fields;
    private final List<Refusal.Invalid> problems = new ArrayList<>();

    private Body(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * @param text of the request
     * @param known the fields that the schema has
     */
    static Body of(String text, Set<String> known) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text.isBlank() ? "null" : text);
        } catch (JsonProcessingException e) {
            throw Refusal.unprocessable(List.of(new Refusal.Invalid(
                    BODY, "", "json_invalid", "JSON decode error: " + e.getOriginalMessage(), NullNode.instance)));
        }
        if (!node.isObject()) {
            throw Refusal.unprocessable(List.of(new Refusal.Invalid(
                    BODY, "", "model_attributes_type", "Input should be a valid dictionary or object", node)));
        }
        Body body = new Body((ObjectNode) node);
        body.fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                body.wrong(name, "extra_forbidden", "Extra inputs are not permitted");
            }
        });
        return body;
    }

    /** Throws where anything was wrong so far. */
    void check() {
        if (!problems.isEmpty()) {
            throw Refusal.unprocessable(problems);
        }
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    private JsonNode field(String name) {
        return fields.path(name);
    }

    Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!field(name).isTextual()) {
            wrong(name, "string_type", "Input should be a valid string");
            return Optional.empty();
        }
        return Optional.of(field(name).textValue());
    }

    /** Empty where it is missing, which {@link #check()} then tells. */
    String requiredText(String name) {
        require(name);
        return text(name).orElse("");
    }

    Optional<Instant> instant(String name) {
        Optional<String> text = text(name);
        try {
            return text.map(Moments::parse);
        } catch (IllegalArgumentException e) {
            wrong(name, "datetime_from_date_parsing", "Input should be a valid datetime with a time zone");
            return Optional.empty();
        }
    }

    Instant requiredInstant(String name) {
        require(name);
        return instant(name).orElse(Instant.EPOCH);
    }

    boolean flag(String name, boolean otherwise) {
        if (has(name) && !field(name).isBoolean()) {
            wrong(name, "bool_type", "Input should be a valid boolean");
        }
        return field(name).asBoolean(otherwise);
    }

    boolean requiredFlag(String name) {
        require(name);
        return flag(name, false);
    }

    long number(String name, long otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!field(name).isIntegralNumber()) {
            wrong(name, "int_type", "Input should be a valid integer");
            return otherwise;
        }
        return field(name).longValue();
    }

    Optional<Double> decimal(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!field(name).isNumber()) {
            wrong(name, "float_type", "Input should be a valid number");
            return Optional.empty();
        }
        return Optional.of(field(name).doubleValue());
    }

    long requiredNumber(String name) {
        require(name);
        return number(name, 0);
    }

    ObjectNode object(String name) {
        if (!has(name)) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!field(name).isObject()) {
            wrong(name, "dict_type", "Input should be a valid dictionary");
            return JsonNodeFactory.instance.objectNode();
        }
        return (ObjectNode) field(name);
    }

    /** Texts of a list; a null among them is an empty text. */
    Optional<List<String>> texts(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        if (!field(name).isArray()) {
            wrong(name, "list_type", "Input should be a valid list");
        }
        for (JsonNode item : field(name)) {
            // a task may be given as [id, index]; nothing here is mapped, so that the index says nothing
            JsonNode first = item.isArray() && item.size() > 0 ? item.get(0) : item;
            if (first.isTextual() || first.isNull()) {
                texts.add(first.asText("").equals("null") ? "" : first.asText(""));
            } else {
                wrong(name, "string_type", "Input should be a valid string");
            }
        }
        return Optional.of(texts);
    }

    /** A word of an enumeration. */
    <E> Optional<E> word(String name, java.util.function.Function<String, E> parse) {
        Optional<String> text = text(name);
        try {
            return text.map(parse);
        } catch (IllegalArgumentException e) {
            wrong(name, "enum", "Input should be a known value: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void require(String name) {
        if (!has(name)) {
            wrong(name, "missing", "Field required");
        }
    }

    void wrong(String name, String type, String message) {
        JsonNode given = fields.has(name) ? fields.get(name) : NullNode.instance;
        problems.add(new Refusal.Invalid(BODY, name, type, message, given));
    }
}
