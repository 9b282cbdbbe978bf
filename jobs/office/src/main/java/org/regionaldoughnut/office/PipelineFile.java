package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Hash;

/** A file of {@code conf/<office>/pipelines}, checked against its schema. */
public final class PipelineFile {
    private final YamlFile file;
    private final String text;

    private PipelineFile(YamlFile file, String text) {
        this.file = file;
        this.text = text;
    }

    public Path path() {
        return file.path();
    }

    public JsonNode root() {
        return file.root();
    }

    public String text() {
        return text;
    }

    /** A problem with the value at that JSON pointer. */
    public Problem problem(String pointer, String message) {
        return new Problem(file.path(), file.line(pointer), message);
    }

    /**
     * Files that pass their schema.
     *
     * @param home the folder that holds schemas/
     * @param office the office's folder; it need not have pipelines
     * @param problems takes what is wrong with the others
     */
    public static List<PipelineFile> read(Path home, Path office, List<Problem> problems) {
        var schemas = new SchemaCheck(home.resolve("schemas/conf"));
        var files = new ArrayList<PipelineFile>();
        for (var path : paths(office)) {
            var found = new ArrayList<Problem>();
            YamlFile.read(path, found).ifPresent(file -> {
                schemas.check("pipeline", file.root(), file, found);
                if (found.isEmpty()) {
                    files.add(new PipelineFile(file, content(path)));
                }
            });
            problems.addAll(found);
        }
        return files;
    }

    /** Changes when any of the office's pipelines changes. */
    public static String fingerprint(Path office) {
        var parts = new ArrayList<String>();
        for (var path : paths(office)) {
            parts.add(path.getFileName().toString());
            parts.add(content(path));
        }
        return Hash.of(parts);
    }

    private static List<Path> paths(Path office) {
        var folder = office.resolve("pipelines");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
