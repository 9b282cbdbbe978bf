package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A publisher's layout as its file describes it, for whoever looks for one that fits.
 *
 * @param keys of {@code conf/presets/<id>.yaml}
 */
public record Preset(String id, JsonNode keys) {
    /**
     * Those that can be read, in order of name.
     *
     * @param home the folder that holds conf/
     */
    public static List<Preset> all(Path home) {
        Path folder = home.resolve("conf/presets");
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            List<Preset> all = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                YamlFile.read(file, new ArrayList<>())
                        .ifPresent(yaml ->
                                all.add(new Preset(yaml.root().path("id").asText(), yaml.root())));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
