package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.model.NearMiss;

/**
 * Reads one office: {@code conf/doughnut.yaml} &lt; {@code office.yaml} &lt; environment &lt; settings of the command
 * line, its sources, the contracts and the catalogue.
 */
public final class OfficeReader {
    /** Environment variables {@code DOUGHNUT_CONF_a__b} set the key {@code a.b}. */
    private static final String ENVIRONMENT_PREFIX = "DOUGHNUT_CONF_";

    private final Path home;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param home the folder that holds conf/ and schemas/
     * @param workingDirectory what paths of the command line are relative to
     */
    public OfficeReader(Path home, Map<String, String> environment, Path workingDirectory) {
        this.home = home.toAbsolutePath().normalize();
        this.environment = environment;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
    }

    /** What is worth knowing of a configuration without a problem, such as shared definitions an office replaces. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Problems met so far; filled by {@link #read}, also where it throws. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * @param office name of a folder below conf/, or a folder
     * @param set settings {@code key=value}, the value in YAML
     * @throws ConfigurationException with every problem found
     */
    public Office read(String office, List<String> set) {
        Path folder = folder(office);
        SchemaCheck schemas = new SchemaCheck(home.resolve("schemas/conf"));
        Optional<YamlFile> defaults = yaml(home.resolve("conf/doughnut.yaml"));
        Optional<YamlFile> own = yaml(folder.resolve("office.yaml"));
        failOnProblems();
        schemas.check("doughnut", defaults.orElseThrow().root(), defaults.orElseThrow(), problems);
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        merge(settings, defaults.orElseThrow().root());
        merge(settings, own.orElseThrow().root());
        environment.entrySet().stream()
                .filter(e -> e.getKey().startsWith(ENVIRONMENT_PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> set(
                        settings,
                        e.getKey().substring(ENVIRONMENT_PREFIX.length()).replace("__", "."),
                        e.getValue()));
        for (String pair : set) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new DoughnutException(
                        ExitCode.USAGE, "Cannot set '" + pair + "': it has no '='. Write --set key=value.");
            }
            set(settings, pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        schemas.check("office", settings, own.orElseThrow(), problems);
        requireName(folder.getFileName().toString(), settings.path("id").asText(), own.orElseThrow());
        failOnProblems();

        Map<String, Contract> contracts = new ContractReader(problems, files).read(home.resolve("schemas/datasets"));
        SourceReader sourceReader = new SourceReader(home, settings, contracts, schemas, problems, files);
        Map<String, Source> sources = new TreeMap<>();
        for (Path path : yamlFiles(folder.resolve("sources"))) {
            yaml(path)
                    .flatMap(file -> sourceReader.read(file, dataFolder(settings, own.orElseThrow())))
                    .ifPresent(source -> sources.put(source.id(), source));
        }
        CatalogueReader catalogueReader = new CatalogueReader(schemas, problems, files, notes);
        Catalogue catalogue = catalogueReader.read(home.resolve("conf"), folder);
        List<Correction> corrections = new CorrectionsReader(schemas, problems, files).read(folder, sources, contracts);
        Office read = bind(settings, folder, own.orElseThrow(), contracts, sources, catalogue, corrections);
        new OfficeCheck(read, own.orElseThrow(), problems).run();
        failOnProblems();
        return read;
    }

    private Office bind(
            ObjectNode settings,
            Path folder,
            YamlFile own,
            Map<String, Contract> contracts,
            Map<String, Source> sources,
            Catalogue catalogue,
            List<Correction> corrections) {
        JsonNode regions = settings.path("regions");
        List<Control> controls = new ArrayList<>();
        for (JsonNode control : settings.path("controls")) {
            controls.add(Json.bind(control, Control.class));
        }
        return new Office(
                settings.path("id").asText(),
                settings.path("title").asText(),
                text(settings, "description"),
                home,
                folder,
                zone(settings, own),
                Json.bind(regions, Office.RegionFrame.class),
                settings.has("population")
                        ? Optional.of(Json.bind(settings.path("population"), Office.Population.class))
                        : Optional.empty(),
                StreamSupport.stream(settings.at("/doughnut/years").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList(),
                StreamSupport.stream(settings.at("/doughnut/levels").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                settings.path("boundary_set").asText(),
                controls,
                settings.at("/publication/approval").asText("none").equals("required"),
                sources,
                contracts,
                catalogue,
                settings,
                List.copyOf(files),
                corrections,
                problems.isEmpty() ? hash(settings) : "");
    }

    /** Every file read, by content, and the merged settings: what the office is. */
    private String hash(ObjectNode settings) {
        List<String> parts = new ArrayList<>(List.of(settings.toString()));
        try {
            for (Path file : files.stream().sorted().toList()) {
                parts.add(home.relativize(file.toAbsolutePath()).toString());
                parts.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Hash.of(parts);
    }

    private Path folder(String office) {
        Path named = home.resolve("conf").resolve(office);
        if (!office.contains("/") && Files.isRegularFile(named.resolve("office.yaml"))) {
            return named;
        }
        Path given = workingDirectory.resolve(office).normalize();
        if (Files.isRegularFile(given.resolve("office.yaml"))) {
            return given;
        }
        List<String> known;
        try (Stream<Path> folders = Files.list(home.resolve("conf"))) {
            known = folders.filter(f -> Files.isRegularFile(f.resolve("office.yaml")))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            known = List.of();
        }
        throw new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot find the office '" + office + "': there is no office.yaml in " + named + " or " + given + "."
                        + NearMiss.hint(office, known) + " Known offices: " + String.join(", ", known) + ".");
    }

    private Optional<YamlFile> yaml(Path path) {
        files.add(path);
        return YamlFile.read(path, problems);
    }

    private List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            problems.add(new Problem(folder, 0, "is not there; an office keeps one file for each source in it"));
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables of source locations; a relative path in office.yaml is relative to that file. */
    private static Map<String, String> dataFolder(ObjectNode settings, YamlFile own) {
        Map<String, String> variables = new LinkedHashMap<>();
        settings.path("variables")
                .fields()
                .forEachRemaining(e -> variables.put(e.getKey(), e.getValue().asText()));
        if (settings.has("data")) {
            Path data = Path.of(settings.path("data").asText());
            variables.put(
                    "data",
                    own.path()
                            .toAbsolutePath()
                            .getParent()
                            .resolve(data)
                            .normalize()
                            .toString());
        }
        return variables;
    }

    private void requireName(String expected, String id, YamlFile file) {
        if (!expected.equals(id)) {
            problems.add(new Problem(
                    file.path(), file.line("/id"), "the id '" + id + "' differs from the folder's name " + expected));
        }
    }

    private ZoneId zone(JsonNode settings, YamlFile file) {
        String name = settings.path("time_zone").asText("UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(new Problem(
                    file.path(),
                    file.line("/time_zone"),
                    "unknown time zone '" + name + "'." + NearMiss.hint(name, ZoneId.getAvailableZoneIds())));
            return ZoneId.of("UTC");
        }
    }

    private void set(ObjectNode settings, String path, String value) {
        JsonNode parsed = YamlFile.value(value, workingDirectory.resolve("--set " + path), problems);
        if (path.equals("data")) {
            parsed = JsonNodeFactory.instance.textNode(
                    workingDirectory.resolve(value).normalize().toString());
        }
        ObjectNode overlay = JsonNodeFactory.instance.objectNode();
        ObjectNode at = overlay;
        String[] keys = path.split("\\.");
        for (int i = 0; i < keys.length - 1; i++) {
            at = at.putObject(keys[i]);
        }
        at.set(keys[keys.length - 1], parsed);
        merge(settings, overlay);
    }

    /** Maps merge, scalars and lists replace, null removes. */
    static void merge(ObjectNode base, JsonNode over) {
        over.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                base.remove(field.getKey());
            } else if (value.isObject() && base.path(field.getKey()).isObject()) {
                merge((ObjectNode) base.get(field.getKey()), value);
            } else {
                base.set(field.getKey(), value.deepCopy());
            }
        });
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.hasNonNull(key) ? Optional.of(node.get(key).asText()) : Optional.empty();
    }

    private void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
