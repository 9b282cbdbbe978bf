package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of conf/ and schemas/ to change, a storage of its own, and the command line to run on them. */
final class OfficeCopy {
    static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T09:00:00Z"), ZoneOffset.UTC);

    final Path home;
    final Path storage;

    OfficeCopy(Path folder) throws IOException {
        this.home = folder.resolve("home");
        this.storage = folder.resolve("storage");
        for (String part : List.of("conf", "schemas")) {
            copy(PROJECT.resolve(part), home.resolve(part));
        }
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {
        JsonNode json() {
            try {
                return new ObjectMapper()
                        .readTree(out.strip().substring(out.strip().lastIndexOf('\n') + 1));
            } catch (IOException e) {
                throw new AssertionError("the last line is no JSON: " + out, e);
            }
        }

        JsonNode step(String name) {
            for (JsonNode step : json().path("steps")) {
                if (step.path("name").asText().equals(name)) {
                    return step;
                }
            }
            throw new AssertionError("no step " + name + " in " + out);
        }
    }

    Ended doughnut(String... arguments) {
        return doughnut(CLOCK, arguments);
    }

    Ended doughnut(Clock clock, String... arguments) {
        return doughnut(clock, Map.of(), arguments);
    }

    Ended doughnut(Clock clock, Map<String, String> environment, String... arguments) {
        System.setProperty(Workplace.HOME, home.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--storage", storage.toString()));
        all.addAll(List.of(arguments));
        int code = Doughnut.execute(
                clock, environment, new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    Path received(String name) {
        return home.resolve("conf/sample/received").resolve(name);
    }

    Path source(String name) {
        return home.resolve("conf/sample/sources").resolve(name + ".yaml");
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
