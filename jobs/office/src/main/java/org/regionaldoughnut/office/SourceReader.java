package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.model.NearMiss;

/** Reads the files of {@code sources/}. */
final class SourceReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z_]+)}");
    private final Path home;
    private final ObjectNode settings;
    private final Map<String, Contract> contracts;
    private final SchemaCheck schemas;
    private final List<Problem> problems;
    private final List<Path> files;

    SourceReader(
            Path home,
            ObjectNode settings,
            Map<String, Contract> contracts,
            SchemaCheck schemas,
            List<Problem> problems,
            List<Path> files) {
        this.home = home;
        this.settings = settings;
        this.contracts = contracts;
        this.schemas = schemas;
        this.problems = problems;
        this.files = files;
    }

    Optional<Source> read(YamlFile file, Map<String, String> variables) {
        int before = problems.size();
        JsonNode root = file.root();
        schemas.check("source", root, file, problems);
        String name = file.path().getFileName().toString().replace(".yaml", "");
        if (!root.path("id").asText().equals(name)) {
            problem(file, "/id", "the id '" + root.path("id").asText() + "' differs from the file's name " + name);
        }
        Contract contract = contracts.get(root.path("contract").asText());
        if (contract == null) {
            problem(
                    file,
                    "/contract",
                    "there is no contract '" + root.path("contract").asText() + "'."
                            + NearMiss.hint(root.path("contract").asText(), contracts.keySet()));
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        Map<String, ColumnMapping> columns = columns(file, contract);
        root.path("codes").fields().forEachRemaining(codes -> codelist(file, contract, codes));
        for (String key : List.of("/unpivot/columns", "/format/footer")) {
            regex(file, key);
        }
        Optional<String> path = location(file, variables);
        return path.map(p -> source(file, contract, columns, p));
    }

    private Source source(YamlFile file, Contract contract, Map<String, ColumnMapping> columns, String path) {
        JsonNode root = file.root();
        Map<String, String> codes = new LinkedHashMap<>();
        root.path("codes")
                .fields()
                .forEachRemaining(e -> codes.put(e.getKey(), e.getValue().asText()));
        List<QualityRule> rules = new ArrayList<>();
        for (JsonNode rule : root.path("quality")) {
            String id = rule.path("id").asText(root.path("id").asText() + "-" + (rules.size() + 1));
            rules.add(ContractReader.read(
                    id,
                    rule.path("rule").asText(),
                    rule,
                    Optional.ofNullable(rule.path("action").textValue()),
                    Optional.ofNullable(rule.path("owner").textValue()),
                    file.line("/quality/" + rules.size())));
        }
        return new Source(
                root.path("id").asText(),
                file.path(),
                root.path("title").asText(),
                root.path("publisher").asText(),
                root.path("licence").asText(),
                Optional.ofNullable(root.path("url").textValue()),
                Optional.ofNullable(root.path("attribution").textValue()),
                contract.id(),
                root.path("series").asText(root.path("id").asText()),
                root.has("series_from")
                        ? Optional.of(Json.bind(root.path("series_from"), Source.SeriesFrom.class))
                        : Optional.empty(),
                Optional.ofNullable(root.path("published").textValue()),
                path,
                Json.bind(root.path("format"), Format.class),
                Optional.ofNullable(root.path("where").textValue()),
                root.has("unpivot")
                        ? Optional.of(Json.bind(root.path("unpivot"), Source.Unpivot.class))
                        : Optional.empty(),
                columns,
                codes,
                rules,
                Hash.of(List.of(
                        root.path("series").toString(),
                        root.path("series_from").toString(),
                        root.path("format").toString(),
                        root.path("where").toString(),
                        root.path("unpivot").toString(),
                        root.path("columns").toString(),
                        contract.hash())),
                Hash.of(List.of(
                        root.path("codes").toString(), root.path("published").toString())));
    }

    private Map<String, ColumnMapping> columns(YamlFile file, Contract contract) {
        Map<String, ColumnMapping> columns = new LinkedHashMap<>();
        file.root().path("columns").fields().forEachRemaining(column -> {
            if (contract.column(column.getKey()).isEmpty()) {
                problem(
                        file,
                        "/columns/" + column.getKey(),
                        "the contract " + contract.id() + " has no column '" + column.getKey() + "'."
                                + NearMiss.hint(column.getKey(), contract.columnNames()));
            } else {
                columns.put(
                        column.getKey(),
                        column.getValue().isTextual()
                                ? ColumnMapping.ofExpression(column.getValue().asText())
                                : Json.bind(column.getValue(), ColumnMapping.class));
            }
        });
        List<String> missing = contract.columns().stream()
                .filter(Contract.Column::required)
                .map(Contract.Column::name)
                .filter(required -> !columns.containsKey(required))
                .toList();
        if (!missing.isEmpty()) {
            problem(
                    file,
                    "/columns",
                    "required columns of the contract " + contract.id() + " are not mapped: "
                            + String.join(", ", missing));
        }
        return columns;
    }

    private void codelist(YamlFile file, Contract contract, Map.Entry<String, JsonNode> codes) {
        if (contract.column(codes.getKey()).isEmpty()) {
            problem(
                    file,
                    "/codes/" + codes.getKey(),
                    "the contract " + contract.id() + " has no such column."
                            + NearMiss.hint(codes.getKey(), contract.columnNames()));
        }
        Path list = home.resolve("schemas/codelists").resolve(codes.getValue().asText() + ".csv");
        if (!list.toFile().isFile()) {
            problem(file, "/codes/" + codes.getKey(), "there is no codelist " + home.relativize(list));
        } else if (!files.contains(list)) {
            files.add(list);
        }
    }

    private void regex(YamlFile file, String pointer) {
        JsonNode node = file.root().at(pointer);
        if (node.isTextual()) {
            try {
                Pattern.compile(node.asText());
            } catch (PatternSyntaxException e) {
                problem(file, pointer, "'" + node.asText() + "' is not a regular expression: " + e.getDescription());
            }
        }
    }

    private Optional<String> location(YamlFile file, Map<String, String> variables) {
        String text = file.root().at("/location/path").asText();
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder path = new StringBuilder();
        while (matcher.find()) {
            String variable = matcher.group(1);
            String value = variables.get(variable);
            if (value == null) {
                problem(
                        file,
                        "/location/path",
                        "the variable ${" + variable + "} has no value. Give it with --set " + variable + "=... or in "
                                + "office.yaml" + " of '" + settings.path("id").asText() + "'");
                return Optional.empty();
            }
            matcher.appendReplacement(path, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(path);
        return Optional.of(file.path()
                .toAbsolutePath()
                .getParent()
                .resolve(path.toString())
                .normalize()
                .toString());
    }

    private void problem(YamlFile file, String pointer, String message) {
        problems.add(new Problem(file.path(), file.line(pointer), message));
    }
}
