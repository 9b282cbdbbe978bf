package org.regionaldoughnut.ingest.landing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server said of the version that was received.
 *
 * @param tag its entity tag, empty where it gave none
 * @param modified its date of change, empty where it gave none
 */
record Seen(String tag, String modified) {
    static final Seen NOTHING = new Seen("", "");

    static Seen of(HttpResponse<?> response) {
        return new Seen(
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Last-Modified").orElse(""));
    }

    /** Reads what was kept; nothing where nothing was. */
    static Seen of(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NOTHING;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() < 2 ? NOTHING : new Seen(lines.get(0), lines.get(1));
    }

    void keep(Path file) throws IOException {
        Files.write(file, List.of(tag, modified));
    }

    /** A weak tag stands for like content, not for the same bytes. */
    boolean canBeResumed() {
        return !validator().isEmpty();
    }

    String validator() {
        return !tag.isEmpty() && !tag.startsWith("W/") ? tag : modified;
    }

    /** Header fields that ask for another version only. */
    Map<String, String> conditions() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (!tag.isEmpty()) {
            fields.put("If-None-Match", tag);
        }
        if (!modified.isEmpty()) {
            fields.put("If-Modified-Since", modified);
        }
        return fields;
    }
}
