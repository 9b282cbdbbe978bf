package org.regionaldoughnut.schedule.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class Python {
    private Python() {}

    static String text(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format("\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    static String texts(Collection<String> texts) {
        return texts.stream().map(Python::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String bool(boolean value) {
        return value ? "True" : "False";
    }

    static String value(JsonNode node) {
        if (node.isObject()) {
            var fields = new ArrayList<String>();
            node.fields().forEachRemaining(f -> fields.add(text(f.getKey()) + ": " + value(f.getValue())));
            return "{" + String.join(", ", fields) + "}";
        }
        if (node.isArray()) {
            var items = new ArrayList<String>();
            node.forEach(item -> items.add(value(item)));
            return "[" + String.join(", ", items) + "]";
        }
        if (node.isNull()) {
            return "None";
        }
        return node.isBoolean() ? bool(node.asBoolean()) : node.isNumber() ? node.asText() : text(node.asText());
    }
}
