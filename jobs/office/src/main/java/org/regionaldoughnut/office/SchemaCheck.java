package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.NearMiss;

/** Checks configuration files against the JSON Schemas (2020-12) of {@code schemas/conf}. */
final class SchemaCheck {
    private final Path folder;
    private final Map<String, JsonNode> documents = new HashMap<>();
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    SchemaCheck(Path folder) {
        this.folder = folder;
    }

    /** Adds what the kind's schema finds wrong with the tree; lines are those of the given file. */
    void check(String kind, JsonNode tree, YamlFile file, List<Problem> problems) {
        for (ValidationMessage message : schema(kind).validate(tree)) {
            String pointer = message.getInstanceLocation().toString();
            if (message.getType().equals("additionalProperties")
                    || message.getType().equals("unevaluatedProperties")) {
                String key = message.getProperty() == null ? lastQuoted(message.getMessage()) : message.getProperty();
                problems.add(new Problem(
                        file.path(),
                        file.line(pointer + "/" + key.replace("~", "~0").replace("/", "~1")),
                        "unknown key '" + key + "'." + NearMiss.hint(key, knownKeys(kind))));
            } else {
                problems.add(new Problem(file.path(), file.line(pointer), said(pointer, message)));
            }
        }
    }

    private static String said(String pointer, ValidationMessage message) {
        String text = message.getMessage();
        String detail = text.contains(": ") ? text.substring(text.indexOf(": ") + 2) : text;
        String where =
                pointer.isEmpty() ? "the file" : "'" + pointer.substring(1).replace('/', '.') + "'";
        return where + ": " + detail;
    }

    private static String lastQuoted(String text) {
        String[] parts = text.split("'");
        return parts.length > 1 ? parts[1] : text;
    }

    /** Every key the kind knows anywhere: a near miss may also stand at the wrong level. */
    private List<String> knownKeys(String kind) {
        Set<String> keys = new TreeSet<>();
        collectKeys(document(kind), keys);
        return List.copyOf(keys);
    }

    private static void collectKeys(JsonNode schema, Set<String> keys) {
        if (schema.path("properties").isObject()) {
            schema.path("properties").fieldNames().forEachRemaining(keys::add);
        }
        schema.forEach(below -> collectKeys(below, keys));
    }

    private JsonSchema schema(String kind) {
        return schemas.computeIfAbsent(kind, k -> {
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .build();
            // presets refer to what sources may say
            Map<String, String> shared = Map.of(
                    "urn:regional-doughnut:schema:source", document("source").toString());
            return JsonSchemaFactory.getInstance(
                            SpecVersion.VersionFlag.V202012,
                            factory -> factory.schemaLoaders(loaders -> loaders.schemas(shared)))
                    .getSchema(document(k), config);
        });
    }

    private JsonNode document(String kind) {
        return documents.computeIfAbsent(kind, k -> {
            Path path = folder.resolve(k + ".schema.json");
            try {
                return new ObjectMapper().readTree(Files.readString(path));
            } catch (IOException e) {
                throw new ConfigurationException(
                        List.of(new Problem(path, 0, "cannot be read as a JSON Schema: " + e.getMessage())));
            }
        });
    }
}
