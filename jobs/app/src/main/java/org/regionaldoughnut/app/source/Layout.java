package org.regionaldoughnut.app.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.regionaldoughnut.office.Preset;

/** A preset that fits a sample: what it says need not be proposed. */
record Layout(Preset preset) {
    private static final int LEAST_COLUMNS = 2;

    /** The one that tells most columns of those whose format and columns the sample has. */
    static Optional<Layout> of(ReceivedSample sample, List<Preset> presets) {
        return presets.stream()
                .map(Layout::new)
                .filter(layout -> layout.fits(sample))
                .max(Comparator.comparingInt(layout -> layout.keys("columns").size()));
    }

    private boolean fits(ReceivedSample sample) {
        JsonNode format = preset.keys().path("format");
        if (!format.path("kind").asText().equals(sample.kind())
                || format.path("header_line").asInt(1) != sample.headerLine()) {
            return false;
        }
        List<String> names = new ArrayList<>(sample.names());
        JsonNode unpivot = preset.keys().path("unpivot");
        if (unpivot.isObject()) {
            Pattern columns = Pattern.compile(unpivot.path("columns").asText());
            if (names.stream().noneMatch(name -> columns.matcher(name).matches())) {
                return false;
            }
            names.add(unpivot.path("name").asText());
            names.add(unpivot.path("value").asText());
        }
        int met = 0;
        for (JsonNode column : preset.keys().path("columns")) {
            List<String> from = from(column);
            if (!from.isEmpty() && from.stream().noneMatch(names::contains)) {
                return false;
            }
            met += from.isEmpty() ? 0 : 1;
        }
        return met >= LEAST_COLUMNS;
    }

    private static List<String> from(JsonNode column) {
        List<String> names = new ArrayList<>();
        JsonNode from = column.path("from");
        if (from.isArray()) {
            from.forEach(name -> names.add(name.asText()));
        } else if (from.isTextual()) {
            names.add(from.asText());
        }
        return names;
    }

    boolean says(String key) {
        return preset.keys().has(key);
    }

    String text(String key) {
        return preset.keys().path(key).asText();
    }

    /** Entries of one of its maps: columns, codes, format. */
    List<String> keys(String map) {
        List<String> keys = new ArrayList<>();
        preset.keys().path(map).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The received columns that one of its columns may come from. */
    List<String> received(String column) {
        return from(preset.keys().path("columns").path(column));
    }
}
