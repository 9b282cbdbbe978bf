package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.ObsStatus;

/** Reads {@code corrections/*.yaml} of an office. */
final class CorrectionsReader {
    private final SchemaCheck schemas;
    private final List<Problem> problems;
    private final List<Path> files;

    CorrectionsReader(SchemaCheck schemas, List<Problem> problems, List<Path> files) {
        this.schemas = schemas;
        this.problems = problems;
        this.files = files;
    }

    List<Correction> read(Path office, Map<String, Source> sources, Map<String, Contract> contracts) {
        Path folder = office.resolve("corrections");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Correction> corrections = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path :
                    list.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                files.add(path);
                Optional<YamlFile> read = YamlFile.read(path, problems);
                if (read.isPresent()) {
                    read(read.get(), sources, contracts, ids, corrections);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return corrections;
    }

    private void read(
            YamlFile file,
            Map<String, Source> sources,
            Map<String, Contract> contracts,
            Set<String> ids,
            List<Correction> corrections) {
        int before = problems.size();
        schemas.check("corrections", file.root(), file, problems);
        if (problems.size() > before) {
            return;
        }
        String source = file.root().path("source").asText();
        if (!sources.containsKey(source)) {
            problem(
                    file,
                    "/source",
                    "the office has no source '" + source + "'." + NearMiss.hint(source, sources.keySet()));
            return;
        }
        Contract contract = contracts.get(sources.get(source).contract());
        int i = 0;
        for (JsonNode node : file.root().path("corrections")) {
            String at = "/corrections/" + i++;
            String id = node.path("id").asText();
            if (!ids.add(id)) {
                problem(file, at + "/id", "the correction '" + id + "' is there twice");
            }
            Map<String, String> key = key(file, at, node, contract);
            Optional<LocalDate> from = date(file, at + "/from", node.path("from"));
            Optional<LocalDate> until =
                    node.has("until") ? date(file, at + "/until", node.path("until")) : Optional.empty();
            if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
                problem(file, at + "/until", "it ends before it begins");
            }
            String status = node.path("obs_status").asText(ObsStatus.I.name());
            if (ObsStatus.of(status).isEmpty()) {
                problem(file, at + "/obs_status", "'" + status + "' is not in schemas/codelists/obs-status.csv");
            }
            from.ifPresent(day -> corrections.add(new Correction(
                    id,
                    file.path(),
                    file.line(at),
                    source,
                    key,
                    number(node.path("expect")),
                    number(node.path("value")),
                    node.path("why").asText(),
                    node.path("by").asText(),
                    day,
                    until,
                    status)));
        }
    }

    private Map<String, String> key(YamlFile file, String at, JsonNode node, Contract contract) {
        Map<String, String> key = new LinkedHashMap<>();
        List<String> known = new ArrayList<>(contract.key());
        known.remove("region_scheme");
        node.path("key").fields().forEachRemaining(field -> {
            if (known.contains(field.getKey()) || field.getKey().equals("series")) {
                key.put(field.getKey(), field.getValue().asText());
            } else {
                problem(
                        file,
                        at + "/key/" + field.getKey(),
                        "the key of the contract " + contract.id() + " has no column '" + field.getKey() + "'."
                                + NearMiss.hint(field.getKey(), known));
            }
        });
        List<String> missing =
                known.stream().filter(name -> !key.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            problem(file, at + "/key", "the key names one figure only with: " + String.join(", ", missing));
        }
        return key;
    }

    private static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    private Optional<LocalDate> date(YamlFile file, String pointer, JsonNode node) {
        try {
            return Optional.of(LocalDate.parse(node.asText()));
        } catch (DateTimeException e) {
            problem(file, pointer, "'" + node.asText() + "' is no day. Write 2024-05-01");
            return Optional.empty();
        }
    }

    private void problem(YamlFile file, String pointer, String message) {
        problems.add(new Problem(file.path(), file.line(pointer), message));
    }
}
