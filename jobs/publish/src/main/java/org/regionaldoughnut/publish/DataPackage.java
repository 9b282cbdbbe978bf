package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** The {@code datapackage.json} of a release (Frictionless Data Package v1): every file, its columns and licences. */
final class DataPackage {
    private static final Map<String, String> TYPES = Map.of(
            "string", "string",
            "number", "number",
            "integer", "integer",
            "boolean", "boolean",
            "date", "date",
            "timestamp", "datetime");

    private final Office office;
    private final Path draft;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    DataPackage(Office office, Path draft) {
        this.office = office;
        this.draft = draft;
    }

    ObjectNode of(ReleaseId id, Instant created, List<Source> sources, List<ReleasedTable> tables) throws IOException {
        root.put("profile", "data-package");
        root.put("name", id.toString().toLowerCase(java.util.Locale.ROOT));
        root.put("id", id.toString());
        root.put("title", office.title());
        office.description().ifPresent(text -> root.put("description", text));
        root.put("created", created.toString());
        ArrayNode licences = root.putArray("licenses");
        sources.stream().map(Source::licence).distinct().forEach(licence -> licences.addObject()
                .put("name", licence));
        if (licences.isEmpty()) {
            root.remove("licenses");
        }
        ArrayNode origins = root.putArray("sources");
        sources.forEach(source -> {
            ObjectNode origin = origins.addObject().put("title", source.publisher() + ": " + source.title());
            source.url().ifPresent(url -> origin.put("path", url));
        });
        ArrayNode resources = root.putArray("resources");
        for (ReleasedTable table : tables) {
            List<String> parts = table.files().stream()
                    .filter(file -> file.endsWith(".parquet"))
                    .toList();
            resources.add(resource(table, parts, "parquet", "application/vnd.apache.parquet"));
            for (String file : table.files()) {
                if (file.startsWith("csv/")) {
                    resources.add(csv(table, file));
                } else if (file.startsWith("sdmx/")) {
                    resources.add(
                            resource(table, List.of(file), "sdmx-csv", "application/vnd.sdmx.data+csv; version=2.0.0"));
                } else if (file.startsWith("xlsx/")) {
                    resources.add(resource(
                            table,
                            List.of(file),
                            "xlsx",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
                }
            }
        }
        return root;
    }

    /** A file that is described, but not validated, by tools that read tables from text. */
    private ObjectNode resource(ReleasedTable table, List<String> files, String format, String mediaType)
            throws IOException {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("name", table.name().replace('_', '-') + "-" + format);
        resource.put("profile", "data-resource");
        resource.put("title", table.contract().title());
        if (files.size() == 1) {
            resource.put("path", files.get(0));
            resource.put("bytes", Files.size(draft.resolve(files.get(0))));
            resource.put("hash", "sha256:" + Hash.of(draft.resolve(files.get(0))));
        } else {
            ArrayNode paths = resource.putArray("path");
            files.forEach(paths::add);
        }
        resource.put("format", format);
        resource.put("mediatype", mediaType);
        return resource;
    }

    private ObjectNode csv(ReleasedTable table, String file) throws IOException {
        ObjectNode resource = resource(table, List.of(file), "csv", "text/csv");
        resource.put("name", table.name().replace('_', '-'));
        resource.put("profile", "tabular-data-resource");
        resource.put(
                "description",
                "A text that a spreadsheet would take for a formula (it begins with =, +, - or @) stands behind an apostrophe.");
        resource.put("encoding", "utf-8");
        resource.putObject("dialect").put("lineTerminator", "\r\n");
        resource.set("schema", schema(table.contract()));
        return resource;
    }

    private static ObjectNode schema(Contract contract) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode fields = schema.putArray("fields");
        for (ReleaseColumn released : ReleaseColumn.of(contract)) {
            Contract.Column column = released.contract();
            ObjectNode field = fields.addObject();
            field.put("name", column.name());
            field.put("type", TYPES.getOrDefault(column.type(), "any"));
            field.put("description", column.description());
            column.unit().ifPresent(unit -> field.put("unit", unit));
            column.codelist().ifPresent(name -> field.put("codelist", "conf/schemas/codelists/" + name + ".csv"));
            if (column.required()) {
                field.putObject("constraints").put("required", true);
            }
        }
        schema.putArray("missingValues").add("");
        ArrayNode key = schema.putArray("primaryKey");
        contract.key().forEach(key::add);
        return schema;
    }
}
