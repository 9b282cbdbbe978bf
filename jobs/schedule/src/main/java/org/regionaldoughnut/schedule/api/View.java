package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.regionaldoughnut.schedule.store.Listing;

/** Writes objects of the API, with nulls where there is no value. */
final class View {
    private static final long MICROS = 1_000_000L;
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    static View of() {
        return new View();
    }

    /** {@code {"<plural>": [...], "total_entries": n}}. */
    static <T> ObjectNode collection(String plural, Listing<T> listing, Function<T, ? extends JsonNode> view) {
        return collection(plural, listing.items(), listing.total(), view);
    }

    static <T> ObjectNode collection(
            String plural, Collection<T> items, long total, Function<T, ? extends JsonNode> view) {
        ObjectNode collection = JsonNodeFactory.instance.objectNode();
        ArrayNode array = collection.putArray(plural);
        items.forEach(item -> array.add(view.apply(item)));
        collection.put("total_entries", total);
        return collection;
    }

    View text(String name, String value) {
        node.put(name, value);
        return this;
    }

    View text(String name, Optional<String> value) {
        node.put(name, value.orElse(null));
        return this;
    }

    View time(String name, Instant value) {
        node.put(name, value.toString());
        return this;
    }

    View time(String name, Optional<Instant> value) {
        node.put(name, value.map(Instant::toString).orElse(null));
        return this;
    }

    View number(String name, long value) {
        node.put(name, value);
        return this;
    }

    View number(String name, double value) {
        node.put(name, value);
        return this;
    }

    View number(String name, Optional<? extends Number> value) {
        if (value.isEmpty()) {
            node.putNull(name);
        } else {
            node.put(name, value.get().longValue());
        }
        return this;
    }

    View seconds(String name, Optional<Duration> value) {
        if (value.isEmpty()) {
            node.putNull(name);
        } else {
            node.put(name, value.get().toMillis() / 1000.0);
        }
        return this;
    }

    /** Airflow's {@code TimeDelta}. */
    View delta(String name, Optional<Duration> value) {
        if (value.isEmpty()) {
            node.putNull(name);
        } else {
            ObjectNode delta = node.putObject(name);
            delta.put("__type", "TimeDelta");
            delta.put("days", value.get().toDays());
            delta.put(
                    "seconds",
                    value.get().toSecondsPart()
                            + 60L
                                    * (value.get().toMinutesPart()
                                            + 60L * value.get().toHoursPart()));
            delta.put("microseconds", value.get().toNanosPart() / (1_000_000_000L / MICROS));
        }
        return this;
    }

    View flag(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    View json(String name, JsonNode value) {
        node.set(name, value);
        return this;
    }

    View none(String... names) {
        for (String name : names) {
            node.putNull(name);
        }
        return this;
    }

    View texts(String name, Collection<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
        return this;
    }

    <T> View list(String name, Collection<T> values, Function<T, ? extends JsonNode> view) {
        ArrayNode array = node.putArray(name);
        values.forEach(value -> array.add(view.apply(value)));
        return this;
    }

    View object(String name) {
        node.putObject(name);
        return this;
    }

    ObjectNode node() {
        return node;
    }
}
