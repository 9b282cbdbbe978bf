package org.regionaldoughnut.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The release's {@code dictionary.json} for readers: tables, their columns, and the codes that stand in them. */
record DictionaryPage(Path release, Texts texts) {
    static final String FILE = "dictionary.html";

    /** Longer lists are named with their length; the file holds all of them. */
    private static final int MOST_CODES = 200;

    record View(List<Table> tables, List<Codelist> codelists) {}

    record Table(String name, String title, String rows, List<Column> columns) {}

    /** @param codelist of the codes in it, empty for none */
    record Column(String name, boolean key, String type, String unit, String codelist, String description) {}

    /** @param left how many more there are, as a sentence; empty for none */
    record Codelist(String name, List<Code> codes, String left) {}

    record Code(String code, String title) {}

    private Path file() {
        return release.resolve("dictionary.json");
    }

    boolean isThere() {
        return Files.isRegularFile(file());
    }

    Optional<View> view() {
        if (!isThere()) {
            return Optional.empty();
        }
        try {
            JsonNode root = new ObjectMapper().readTree(file().toFile());
            List<Table> tables = new ArrayList<>();
            root.path("tables").forEach(table -> tables.add(table(table)));
            List<Codelist> codelists = new ArrayList<>();
            root.path("codelists")
                    .fields()
                    .forEachRemaining(list -> codelists.add(codelist(list.getKey(), list.getValue())));
            return Optional.of(new View(tables, codelists));
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot read " + file() + ": " + e.getMessage() + ". Build the release again with `publish`.",
                    e);
        }
    }

    private Table table(JsonNode table) {
        List<String> key = new ArrayList<>();
        table.path("key").forEach(column -> key.add(column.asText()));
        List<Column> columns = new ArrayList<>();
        table.path("columns")
                .forEach(column -> columns.add(new Column(
                        text(column, "name"),
                        key.contains(text(column, "name")),
                        text(column, "type"),
                        text(column, "unit"),
                        text(column, "codelist"),
                        text(column, "description"))));
        String rows =
                texts.get("dictionary.rows", texts.whole(table.path("rows").asInt()));
        return new Table(text(table, "name"), text(table, "title"), rows, columns);
    }

    private Codelist codelist(String name, JsonNode list) {
        List<Code> codes = new ArrayList<>();
        for (JsonNode code : list) {
            if (codes.size() < MOST_CODES) {
                codes.add(new Code(text(code, "code"), text(code, "title")));
            }
        }
        int left = list.size() - codes.size();
        return new Codelist(name, codes, left > 0 ? texts.get("dictionary.more-codes", texts.whole(left)) : "");
    }

    private static String text(JsonNode node, String key) {
        return Texts.printable(node.path(key).asText(""));
    }
}
