package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.model.NearMiss;

/** What sources of one publisher's layout have in common: {@code conf/presets/<name>.yaml}. */
final class Presets {
    private static final List<String> ABOUT_ITSELF = List.of("id", "title", "description", "references");
    private static final String KEY = "preset";

    private final Path folder;
    private final SchemaCheck schemas;
    private final List<Problem> problems;
    private final List<Path> files;
    private final Map<String, Optional<YamlFile>> read = new TreeMap<>();

    Presets(Path folder, SchemaCheck schemas, List<Problem> problems, List<Path> files) {
        this.folder = folder;
        this.schemas = schemas;
        this.problems = problems;
        this.files = files;
    }

    /** The source with what its preset says and it does not; entries of maps replace each other whole, null removes. */
    YamlFile applied(YamlFile source) {
        if (!source.root().has(KEY)) {
            return source;
        }
        String name = source.root().path(KEY).asText();
        Optional<YamlFile> preset = read.computeIfAbsent(name, n -> read(n, source));
        if (preset.isEmpty()) {
            return source;
        }
        ObjectNode merged = preset.get().root().deepCopy();
        merged.remove(ABOUT_ITSELF);
        source.root().fields().forEachRemaining(field -> {
            JsonNode own = field.getValue();
            JsonNode theirs = merged.get(field.getKey());
            if (own.isNull()) {
                merged.remove(field.getKey());
            } else if (own.isObject() && theirs != null && theirs.isObject()) {
                own.fields().forEachRemaining(entry -> {
                    if (entry.getValue().isNull()) {
                        ((ObjectNode) theirs).remove(entry.getKey());
                    } else {
                        ((ObjectNode) theirs).set(entry.getKey(), entry.getValue());
                    }
                });
            } else {
                merged.set(field.getKey(), own);
            }
        });
        merged.remove(KEY);
        return source.with(merged);
    }

    private Optional<YamlFile> read(String name, YamlFile source) {
        Path path = folder.resolve(name + ".yaml");
        if (!Files.isRegularFile(path)) {
            List<String> known = names();
            problems.add(new Problem(
                    source.path(),
                    source.line("/" + KEY),
                    "there is no preset '" + name + "'." + NearMiss.hint(name, known) + " There are: "
                            + String.join(", ", known)));
            return Optional.empty();
        }
        files.add(path);
        int before = problems.size();
        Optional<YamlFile> file = YamlFile.read(path, problems);
        file.ifPresent(f -> {
            schemas.check(KEY, f.root(), f, problems);
            if (!f.root().path("id").asText().equals(name)) {
                problems.add(new Problem(path, f.line("/id"), "the id differs from the file's name " + name));
            }
        });
        return problems.size() > before ? Optional.empty() : file;
    }

    /** Reads every preset that is there, used or not. */
    void check(YamlFile office) {
        names().forEach(name -> read.computeIfAbsent(name, n -> read(n, office)));
    }

    private List<String> names() {
        try (Stream<Path> list = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return list.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".yaml"))
                    .map(f -> f.replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
