package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;

/** The {@code dictionary.json} of a release: what each table, column, code and indicator means. */
final class DataDictionary {
    private DataDictionary() {}

    static ObjectNode of(Office office, List<ReleasedTable> tables) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("tables");
        Set<String> codelists = new TreeSet<>();
        for (ReleasedTable table : tables) {
            ObjectNode node = list.addObject()
                    .put("name", table.name())
                    .put("title", table.contract().title());
            node.put("version", table.contract().version()).put("rows", table.rows());
            ArrayNode key = node.putArray("key");
            table.contract().key().forEach(key::add);
            ArrayNode columns = node.putArray("columns");
            for (ReleaseColumn released : ReleaseColumn.of(table.contract())) {
                ObjectNode column = columns.addObject().put("name", released.name());
                column.put("type", released.contract().type());
                column.put("required", released.contract().required());
                released.contract().unit().ifPresent(unit -> column.put("unit", unit));
                released.contract().codelist().ifPresent(name -> {
                    column.put("codelist", name);
                    codelists.add(name);
                });
                column.put("description", released.contract().description());
            }
        }
        ObjectNode codes = root.putObject("codelists");
        for (String name : codelists) {
            Path file = office.codelistFile(name);
            if (Files.isRegularFile(file)) {
                codelist(codes.putArray(name), file);
            }
        }
        ArrayNode indicators = root.putArray("indicators");
        for (Indicator indicator : office.catalogue().indicators().values()) {
            ObjectNode node = indicators.addObject().put("id", indicator.id()).put("title", indicator.title());
            node.put("unit", indicator.unit());
            node.put("description", indicator.description());
            node.put("formula", indicator.formulaText());
            ArrayNode references = node.putArray("references");
            indicator.references().forEach(references::add);
        }
        return root;
    }

    private static void codelist(ArrayNode codes, Path file) {
        for (Map<String, String> line : CsvTable.read(file).rows()) {
            codes.addObject().put("code", line.getOrDefault("code", "")).put("title", line.getOrDefault("title", ""));
        }
    }
}
