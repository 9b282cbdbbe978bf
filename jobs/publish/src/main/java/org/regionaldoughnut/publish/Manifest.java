package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Hash;

/**
 * Every file of a draft or release with the hash of its bytes. What publishing itself writes does not count: the sums,
 * and the words of {@code release.json} about its state.
 *
 * @param files path below the folder, with slashes, to SHA-256
 */
record Manifest(Map<String, String> files) {
    static final String SUMS = "SHA256SUMS";
    private static final List<String> STATE = List.of("state", "approval", "published", "embargo");

    Manifest {
        files = Map.copyOf(files);
    }

    static Manifest of(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : names(folder)) {
            if (name.equals(Releases.DESCRIPTION)) {
                ObjectNode description = (ObjectNode) JsonFile.read(folder.resolve(name));
                description.remove(STATE);
                files.put(name, Hash.of(List.of(description.toString())));
            } else if (!name.equals(SUMS)) {
                files.put(name, Hash.of(folder.resolve(name)));
            }
        }
        return new Manifest(files);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** Identity of all of it. */
    String hash() {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(files).forEach((name, hash) -> {
            parts.add(name);
            parts.add(hash);
        });
        return Hash.of(parts);
    }

    /** Writes the sums of all files as {@code sha256sum -c} reads them. */
    static void writeSums(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : names(folder)) {
            if (!name.equals(SUMS)) {
                lines.append(Hash.of(folder.resolve(name)))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve(SUMS), lines, StandardCharsets.UTF_8);
    }

    /** Files that are not as the sums say: changed, gone or added. None where there are no sums. */
    static List<String> damaged(Path folder) throws IOException {
        Path sums = folder.resolve(SUMS);
        if (!Files.isRegularFile(sums)) {
            return List.of();
        }
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(sums)) {
            int gap = line.indexOf("  ");
            if (gap > 0) {
                expected.put(line.substring(gap + 2), line.substring(0, gap));
            }
        }
        List<String> damaged = new ArrayList<>();
        for (String name : names(folder)) {
            if (!name.equals(SUMS) && !Hash.of(folder.resolve(name)).equals(expected.remove(name))) {
                damaged.add(name);
            }
        }
        damaged.addAll(expected.keySet());
        return damaged;
    }
}
