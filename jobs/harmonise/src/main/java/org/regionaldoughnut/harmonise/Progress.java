package org.regionaldoughnut.harmonise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.model.Hash;

/**
 * How far a harmonised table has come: kept as the note of each commit, so that rows and what is said of them change
 * together.
 *
 * @param step the step that committed last
 * @param sources source to what the table holds of it
 */
record Progress(long step, Map<String, Applied> sources) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HARMONISED = "harmonised";

    Progress {
        sources = Map.copyOf(sources);
    }

    /**
     * @param method identity of everything that decides how batches become rows
     * @param editions number of the batches applied, in order of receipt
     * @param through identity of those batches
     */
    record Applied(String method, int editions, String through) {}

    static Applied applied(String method, List<AcceptedBatch> batches) {
        return new Applied(
                method,
                batches.size(),
                Hash.of(batches.stream()
                        .map(b -> String.join(
                                "/", b.batch(), b.part(), b.vintage().toString(), b.reading()))
                        .toList()));
    }

    /** The batches that the table does not hold yet; none at all where it holds something else and must start over. */
    Optional<List<AcceptedBatch>> pending(String source, String method, List<AcceptedBatch> batches) {
        Applied applied = sources.get(source);
        if (applied == null || !applied.method().equals(method) || applied.editions() > batches.size()) {
            return Optional.empty();
        }
        boolean same = applied(method, batches.subList(0, applied.editions())).equals(applied);
        return same ? Optional.of(batches.subList(applied.editions(), batches.size())) : Optional.empty();
    }

    Progress with(String source, Applied applied) {
        Map<String, Applied> all = new TreeMap<>(sources);
        all.put(source, applied);
        return new Progress(step, all);
    }

    String note() {
        ObjectNode note = JSON.createObjectNode();
        note.put("step", step);
        ObjectNode held = note.putObject(HARMONISED);
        new TreeMap<>(sources).forEach((source, applied) -> held.putObject(source)
                .put("method", applied.method())
                .put("editions", applied.editions())
                .put("through", applied.through()));
        return note.toString();
    }

    /** Of a note of {@link #note}; nothing known for any other. */
    static Progress of(Optional<String> note) {
        Map<String, Applied> sources = new TreeMap<>();
        try {
            JsonNode root = JSON.readTree(note.orElse("{}"));
            root.path(HARMONISED)
                    .fields()
                    .forEachRemaining(e -> sources.put(
                            e.getKey(),
                            new Applied(
                                    e.getValue().path("method").asText(),
                                    e.getValue().path("editions").asInt(),
                                    e.getValue().path("through").asText())));
            return new Progress(root.path("step").asLong(-1), sources);
        } catch (JsonProcessingException e) {
            return new Progress(-1, Map.of());
        }
    }
}
