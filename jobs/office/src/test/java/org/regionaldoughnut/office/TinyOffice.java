package org.regionaldoughnut.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home with the real schemas and contracts, and in it the smallest office that can be read. */
final class TinyOffice {
    static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));

    final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> set = new ArrayList<>();

    TinyOffice(Path folder) throws IOException {
        home = folder.toRealPath();
        copy(PROJECT.resolve("schemas"), home.resolve("schemas"));
        write("conf/doughnut.yaml", Files.readString(PROJECT.resolve("conf/doughnut.yaml")));
        write(
                "conf/tiny/office.yaml",
                """
                id: tiny
                title: Tiny country
                time_zone: Europe/London
                regions:
                  frame: UK-NUTS-2016
                  root: UK
                  correspondences: []
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: tiny-set
                spark:
                  conf: {spark.sql.shuffle.partitions: "3"}
                """);
        write(
                "conf/boundaries/tiny-set.yaml",
                """
                id: tiny-set
                title: A set for tests
                description: No boundary, no floor.
                source: none
                boundaries: []
                floors: []
                """);
        write("conf/tiny/sources/people.yaml", source("people"));
    }

    /** A source that maps every required column of the contract census. */
    static String source(String id) {
        return """
                id: %s
                title: Number of people
                publisher: Office for National Statistics
                licence: OGL-UK-3.0
                contract: census
                location: {path: people.csv}
                format: {kind: csv}
                columns:
                  region: {from: Code}
                  region_scheme: {constant: UK-NUTS-2016}
                  variable: {constant: population}
                  breakdown: {constant: "_T"}
                  period: {from: Year}
                  value: {from: People}
                  unit: {constant: persons}
                """
                .formatted(id);
    }

    TinyOffice write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    TinyOffice replace(String file, String text, String by) throws IOException {
        String before = Files.readString(home.resolve(file));
        if (!before.contains(text)) {
            throw new AssertionError(file + " does not hold '" + text + "'");
        }
        return write(file, before.replace(text, by));
    }

    TinyOffice environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TinyOffice set(String pair) {
        set.add(pair);
        return this;
    }

    Office read() {
        return read("tiny");
    }

    Office read(String name) {
        return new OfficeReader(home, environment, home).read(name, set);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
