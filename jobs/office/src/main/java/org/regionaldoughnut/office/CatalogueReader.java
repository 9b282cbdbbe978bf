package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Exchange;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.model.Validity;

/** Reads indicators, boundary sets and frameworks: the shared ones, and an office's own, which replace them by id. */
final class CatalogueReader {
    private final SchemaCheck schemas;
    private final List<Problem> problems;
    private final List<Path> files;
    private final List<String> notes;
    private final Origins origins = new Origins();
    private Path codelists;

    CatalogueReader(SchemaCheck schemas, List<Problem> problems, List<Path> files, List<String> notes) {
        this.schemas = schemas;
        this.problems = problems;
        this.files = files;
        this.notes = notes;
    }

    Catalogue read(Path shared, Path office) {
        codelists = shared.resolveSibling("schemas").resolve("codelists");
        Map<String, Indicator> indicators = new TreeMap<>();
        Map<String, Catalogue.BoundarySet> boundaries = new TreeMap<>();
        Map<String, Framework> frameworks = new TreeMap<>();
        for (Path folder : List.of(shared, office)) {
            Map<String, Indicator> here = new TreeMap<>();
            for (YamlFile file : files(folder.resolve("indicators"), "indicators")) {
                int index = 0;
                for (JsonNode node : file.root().path("indicators")) {
                    origins.add(Origins.Kind.INDICATOR, node.path("id").asText(), file, "/indicators/" + index);
                    Indicator indicator = indicator(node);
                    if (here.put(indicator.id(), indicator) != null) {
                        problems.add(new Problem(
                                file.path(),
                                file.line("/indicators/" + index + "/id"),
                                "the indicator '" + indicator.id() + "' is defined twice"));
                    }
                    index++;
                }
            }
            replace(indicators, here, "indicator");
            Map<String, Catalogue.BoundarySet> sets = new TreeMap<>();
            for (YamlFile file : files(folder.resolve("boundaries"), "boundaries")) {
                boundarySet(file).ifPresent(set -> {
                    sets.put(set.id(), set);
                    origins.add(Origins.Kind.BOUNDARY_SET, set.id(), file, "");
                });
            }
            replace(boundaries, sets, "boundary set");
            Map<String, Framework> own = new TreeMap<>();
            for (YamlFile file : files(folder.resolve("frameworks"), "framework")) {
                Framework framework = Json.bind(file.root(), Framework.class);
                own.put(framework.id(), framework);
                origins.add(Origins.Kind.FRAMEWORK, framework.id(), file, "");
            }
            replace(frameworks, own, "framework");
        }
        return new Catalogue(indicators, boundaries, frameworks, origins);
    }

    private <T> void replace(Map<String, T> all, Map<String, T> own, String what) {
        own.forEach((id, item) -> {
            if (all.put(id, item) != null) {
                notes.add("the office's own " + what + " '" + id + "' replaces the shared one");
            }
        });
    }

    private List<YamlFile> files(Path folder, String kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<YamlFile> read = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path :
                    list.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                files.add(path);
                int before = problems.size();
                Optional<YamlFile> file = YamlFile.read(path, problems);
                file.ifPresent(f -> schemas.check(kind, f.root(), f, problems));
                if (problems.size() == before) {
                    file.ifPresent(read::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private Optional<Catalogue.BoundarySet> boundarySet(YamlFile file) {
        List<Boundary> boundaries = new ArrayList<>();
        List<Floor> floors = new ArrayList<>();
        int before = problems.size();
        int index = 0;
        for (JsonNode node : file.root().path("boundaries")) {
            try {
                boundaries.add(new Boundary(
                        text(node, "indicator").orElseThrow(),
                        node.path("value").asDouble(),
                        node.path("baseline").asDouble(0),
                        text(node, "unit").orElse(""),
                        node.has("year") ? Optional.of(node.path("year").asInt()) : Optional.empty(),
                        text(node, "kind").orElse("planetary"),
                        text(node, "scope").orElse("per-capita"),
                        text(node, "perspective"),
                        text(node, "sharing"),
                        text(node, "source").orElse(""),
                        node.has("weight")
                                ? Optional.of(Json.bind(node.path("weight"), Boundary.Weight.class))
                                : Optional.empty(),
                        validity(node)));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(file.path(), file.line("/boundaries/" + index), e.getMessage()));
            }
            index++;
        }
        index = 0;
        for (JsonNode node : file.root().path("floors")) {
            try {
                floors.add(new Floor(
                        text(node, "indicator").orElseThrow(),
                        node.path("value").asDouble(),
                        node.has("worst") ? Optional.of(node.path("worst").asDouble()) : Optional.empty(),
                        text(node, "unit").orElse(""),
                        text(node, "span"),
                        text(node, "source").orElse(""),
                        validity(node)));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(file.path(), file.line("/floors/" + index), e.getMessage()));
            }
            index++;
        }
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new Catalogue.BoundarySet(
                        file.root().path("id").asText(),
                        file.root().path("title").asText(),
                        file.root().path("source").asText(),
                        boundaries,
                        floors));
    }

    private static Validity validity(JsonNode node) {
        return new Validity(integer(node, "valid_from"), integer(node, "valid_to"));
    }

    private Indicator indicator(JsonNode node) {
        Map<String, Term> terms = new LinkedHashMap<>();
        String id = node.path("id").asText();
        node.path("terms").fields().forEachRemaining(e -> terms.put(e.getKey(), term(e.getValue(), id, e.getKey())));
        List<Indicator.Slot> slots = new ArrayList<>();
        for (JsonNode slot : node.path("slots")) {
            slots.add(new Indicator.Slot(
                    slot.path("framework").asText(),
                    slot.path("ring").asText(Framework.NO_RING),
                    slot.path("dimension").asText(),
                    slot.path("headline").asBoolean(true)));
        }
        List<String> references = new ArrayList<>();
        node.path("references").forEach(reference -> references.add(reference.asText()));
        return new Indicator(
                node.path("id").asText(),
                node.path("title").asText(),
                node.path("description").asText(),
                node.path("unit").asText(),
                node.path("formula_text").asText(),
                node.path("lens").asText(),
                constant(Direction.class, node, "direction", "context"),
                node.path("level").asText(),
                constant(Form.class, node, "form", "context"),
                node.path("universe").asText(),
                text(node, "perspective"),
                text(node, "proxy"),
                constant(Indicator.Kind.class, node, "kind", "formula"),
                terms,
                text(node, "formula"),
                text(node, "over"),
                constant(Indicator.RollUp.class, node, "roll_up", "none"),
                text(node, "weight"),
                node.path("period_match").asText().equals("nearest"),
                integer(node, "reference_year"),
                slots,
                references,
                text(node, "status").flatMap(ObsStatus::of),
                text(node, "status_reason"),
                number(node.at("/range/min")),
                number(node.at("/range/max")),
                method(node));
    }

    private Method method(JsonNode node) {
        List<Method.Breakdown> breakdowns = new ArrayList<>();
        for (JsonNode breakdown : node.path("breakdowns")) {
            breakdowns.add(Json.bind(breakdown, Method.Breakdown.class));
        }
        JsonNode imputation = node.path("imputation");
        return new Method(
                node.has("groups") ? grouping(node) : Optional.empty(),
                text(node, "among"),
                text(node, "code"),
                node.path("specialised_at").asDouble(1),
                node.path("lag").asInt(1),
                integer(node, "base_year"),
                breakdowns,
                new Method.Imputation(
                        constant(Method.Fill.class, imputation, "method", "none"),
                        imputation.path("max_years").asInt(Method.Imputation.NONE.maxYears())),
                exchanges(node),
                constant(Method.Account.class, node, "account", "consumption"));
    }

    private List<Exchange> exchanges(JsonNode indicator) {
        if (!indicator.has("exchanges")) {
            return List.of();
        }
        String name = indicator.path("exchanges").asText();
        Path file = codelists.resolveSibling("correspondences").resolve(name + ".csv");
        files.add(file);
        try {
            return CsvTable.read(file, "waste", "from_nace", "to_nace", "description", "place", "source")
                    .rows()
                    .stream()
                    .map(row -> new Exchange(
                            row.get("waste"),
                            row.get("from_nace"),
                            row.get("to_nace"),
                            row.get("description"),
                            row.get("place"),
                            row.get("source")))
                    .toList();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(file, 0, e.getMessage()));
        }
        return List.of();
    }

    private Optional<Method.Grouping> grouping(JsonNode indicator) {
        JsonNode node = indicator.path("groups");
        String id = indicator.path("id").asText();
        if (node.has("prefix")) {
            return Optional.of(new Method.ByPrefix(node.path("prefix").asInt()));
        }
        String name = node.path("codelist").asText();
        String column = node.path("column").asText();
        Path file = codelists.resolve(name + ".csv");
        if (!Files.isRegularFile(file)) {
            origins.problem(id, "/groups/codelist", "there is no codelist schemas/codelists/" + name + ".csv")
                    .ifPresent(problems::add);
            return Optional.empty();
        }
        files.add(file);
        Map<String, String> groups = new TreeMap<>();
        try {
            for (Map<String, String> row : CsvTable.read(file, column).rows()) {
                String code = row.values().iterator().next();
                if (!row.get(column).isEmpty()) {
                    groups.put(code, row.get(column));
                }
            }
        } catch (ConfigurationException e) {
            origins.problem(id, "/groups/column", e.problems().get(0).message() + " in " + name + ".csv")
                    .ifPresent(problems::add);
        }
        return Optional.of(new Method.ByCodelist(groups));
    }

    private Term term(JsonNode node, String id, String name) {
        if (node.has("indicator")) {
            return Term.of(node.path("indicator").asText(), text(node, "unit"));
        }
        List<String> series = new ArrayList<>();
        node.path("series").forEach(s -> series.add(s.asText()));
        return new Term(
                node.path("table").asText(),
                series,
                where(node, id, name),
                constant(Term.Aggregate.class, node, "aggregate", "sum"),
                node.path("value").asText("value"),
                text(node, "per"),
                integer(node, "count"),
                Optional.empty(),
                text(node, "unit"));
    }

    /** The term's own condition and that of its codelist. */
    private Optional<String> where(JsonNode term, String id, String name) {
        Optional<String> own = text(term, "where");
        if (!term.has("codes")) {
            return own;
        }
        CodeCondition condition = new CodeCondition(codelists);
        try {
            String codes = condition.of(term.path("codes"));
            files.add(condition.file(term.path("codes")));
            return Optional.of(own.map(o -> "(" + o + ") and " + codes).orElse(codes));
        } catch (IllegalArgumentException e) {
            origins.problem(id, "/terms/" + name + "/codes", e.getMessage()).ifPresent(problems::add);
            return own;
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String key, String otherwise) {
        String name = node.path(key).asText(otherwise).replace('-', '_');
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    private static Optional<Integer> integer(JsonNode node, String key) {
        return node.has(key) ? Optional.of(node.path(key).asInt()) : Optional.empty();
    }

    private static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.ofNullable(node.path(key).textValue());
    }
}
