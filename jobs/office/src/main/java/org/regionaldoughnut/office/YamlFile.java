package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file as a JSON tree that knows on which line each of its values stands. */
final class YamlFile {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path path;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> open = new HashSet<>();
    private final JsonNode root;

    private YamlFile(Path path, String text, List<Problem> problems) {
        this.path = path;
        this.root = parse(text, problems);
    }

    private YamlFile(Path path, JsonNode root, Map<String, Integer> lines) {
        this.path = path;
        this.root = root;
        this.lines.putAll(lines);
    }

    /** The file with another tree; a value that the file does not have stands on the line of the nearest one it has. */
    YamlFile with(JsonNode other) {
        return new YamlFile(path, other, lines);
    }

    /** Reads the file; what cannot be read or parsed is added to the problems, and nothing is returned. */
    static Optional<YamlFile> read(Path path, List<Problem> problems) {
        try {
            int before = problems.size();
            YamlFile file = new YamlFile(path, Files.readString(path), problems);
            return problems.size() > before ? Optional.empty() : Optional.of(file);
        } catch (CharacterCodingException e) {
            problems.add(new Problem(path, 0, "is not UTF-8 text"));
        } catch (IOException e) {
            problems.add(new Problem(path, 0, "cannot be read: " + e.getMessage()));
        }
        return Optional.empty();
    }

    /** A value given on the command line, parsed as YAML. */
    static JsonNode value(String text, Path origin, List<Problem> problems) {
        return new YamlFile(origin, text, problems).root;
    }

    Path path() {
        return path;
    }

    JsonNode root() {
        return root;
    }

    /** The line of the value at the JSON pointer, or of the nearest value that holds it. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 0);
    }

    private JsonNode parse(String text, List<Problem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(50);
        try {
            Node node = new Yaml(options).compose(new StringReader(text));
            return node == null ? JSON.objectNode() : convert(node, "", problems);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(path, line, "is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(
                    path,
                    0,
                    "is not YAML: " + e.getMessage().lines().findFirst().orElse("")));
        }
        return JSON.objectNode();
    }

    private JsonNode convert(Node node, String pointer, List<Problem> problems) {
        lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
        if (!open.add(node)) {
            problems.add(new Problem(path, node.getStartMark().getLine() + 1, "a value holds itself"));
            return JSON.nullNode();
        }
        try {
            return converted(node, pointer, problems);
        } finally {
            open.remove(node);
        }
    }

    private JsonNode converted(Node node, String pointer, List<Problem> problems) {
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, problems);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(item, pointer + "/" + array.size(), problems));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    /** Keys that stand in the map win over those that {@code <<} brings in from another. */
    private ObjectNode object(MappingNode mapping, String pointer, List<Problem> problems) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                bringIn(tuple.getValueNode(), object, pointer, problems);
            }
        }
        Set<String> own = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(new Problem(path, line, "a key is a list or a map; it must be one word"));
                continue;
            }
            if (name.getTag().equals(Tag.MERGE)) {
                continue;
            }
            String key = name.getValue();
            String below = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            lines.put(below, line);
            if (!own.add(key)) {
                problems.add(new Problem(path, line, "the key '" + key + "' stands twice"));
            }
            object.set(key, convert(tuple.getValueNode(), below, problems));
        }
        return object;
    }

    /** One map or a list of them, the first of which wins. */
    private void bringIn(Node node, ObjectNode object, String pointer, List<Problem> problems) {
        List<Node> maps = node instanceof SequenceNode several ? several.getValue() : List.of(node);
        for (Node map : maps) {
            if (map instanceof MappingNode) {
                convert(map, pointer, problems).fields().forEachRemaining(field -> {
                    if (!object.has(field.getKey())) {
                        object.set(field.getKey(), field.getValue());
                    }
                });
            } else {
                int line = map.getStartMark().getLine() + 1;
                problems.add(new Problem(path, line, "what '<<' brings in is no map"));
            }
        }
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            // YAML 1.1 also takes yes, no, on and off for booleans: here they are words
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                    ? JSON.booleanNode(Boolean.parseBoolean(text))
                    : JSON.textNode(text);
        }
        try {
            if (tag.equals(Tag.INT)) {
                return JSON.numberNode(Long.parseLong(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(Double.parseDouble(text));
            }
        } catch (NumberFormatException e) {
            return JSON.textNode(text);
        }
        return JSON.textNode(text);
    }
}
