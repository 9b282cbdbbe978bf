package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Hash;

/** Reads the data contracts, {@code *.odcs.yaml}. */
final class ContractReader {
    private static final String SUFFIX = ".odcs.yaml";
    private final List<Problem> problems;
    private final List<Path> files;

    ContractReader(List<Problem> problems, List<Path> files) {
        this.problems = problems;
        this.files = files;
    }

    Map<String, Contract> read(Path folder) {
        Map<String, Contract> contracts = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path :
                    list.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                files.add(path);
                YamlFile.read(path, problems).ifPresent(file -> {
                    String id = path.getFileName().toString().replace(SUFFIX, "");
                    contracts.put(id, contract(id, file));
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contracts;
    }

    private Contract contract(String id, YamlFile file) {
        JsonNode root = file.root();
        JsonNode table = root.at("/schema/0");
        if (!root.path("kind").asText().equals("DataContract") || table.isMissingNode()) {
            problems.add(new Problem(file.path(), 1, "is not a data contract (ODCS) with a schema"));
        }
        List<Contract.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode property : table.path("properties")) {
            String name = property.path("name").asText();
            if (name.isEmpty() || !names.add(name)) {
                problems.add(new Problem(
                        file.path(),
                        file.line("/schema/0/properties/" + index),
                        "the column name '" + name + "' is empty or stands twice"));
            }
            columns.add(new Contract.Column(
                    name,
                    property.path("logicalType").asText("string"),
                    property.path("physicalType").asText("string"),
                    property.path("required").asBoolean(false),
                    property.path("primaryKey").asBoolean(false)
                            ? Optional.of(property.path("primaryKeyPosition").asInt())
                            : Optional.empty(),
                    custom(property, "unit"),
                    custom(property, "codelist"),
                    property.path("description").asText("")));
            index++;
        }
        List<QualityRule> rules = new ArrayList<>();
        int rule = 0;
        for (JsonNode quality : table.path("quality")) {
            rules.add(rule(quality, file, "/schema/0/quality/" + rule++, rules.size()));
        }
        return new Contract(
                id,
                file.path(),
                root.path("version").asText(),
                root.path("name").asText(id),
                columns,
                rules,
                Hash.of(List.of(root.toString())));
    }

    private QualityRule rule(JsonNode quality, YamlFile file, String pointer, int number) {
        if (!quality.path("engine").asText().equals("dqdl")) {
            problems.add(new Problem(
                    file.path(), file.line(pointer), "the rule's engine is not dqdl, the only one that is run here"));
        }
        String id = quality.path("id").asText(quality.path("name").asText("rule-" + (number + 1)));
        return read(
                id,
                quality.path("implementation").asText().strip(),
                quality,
                custom(quality, "action"),
                custom(quality, "owner"),
                file.line(pointer));
    }

    /** A rule of a contract or a source; a rule that stops its batch unless it says otherwise. */
    static QualityRule read(
            String id, String rule, JsonNode node, Optional<String> action, Optional<String> owner, int line) {
        QualityRule.Severity severity = QualityRule.Severity.valueOf(
                node.path("severity").asText("error").toUpperCase(Locale.ROOT));
        return new QualityRule(
                id,
                rule,
                severity,
                node.hasNonNull("dimension") ? Optional.of(node.get("dimension").asText()) : Optional.empty(),
                node.hasNonNull("why")
                        ? Optional.of(node.get("why").asText())
                        : Optional.ofNullable(node.path("description").textValue()),
                owner,
                action.map(a -> QualityRule.Action.valueOf(a.toUpperCase(Locale.ROOT)))
                        .orElse(
                                severity == QualityRule.Severity.ERROR
                                        ? QualityRule.Action.STOP
                                        : QualityRule.Action.FLAG),
                line);
    }

    private static Optional<String> custom(JsonNode node, String property) {
        for (JsonNode custom : node.path("customProperties")) {
            if (custom.path("property").asText().equals(property)) {
                return Optional.of(custom.path("value").asText());
            }
        }
        return Optional.empty();
    }
}
