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
            for (String file : table.files()) {
                resources.add(resource(table, file));
            }
        }
        return root;
    }

    private ObjectNode resource(ReleasedTable table, String file) throws IOException {
        boolean csv = file.endsWith(".csv");
        Contract contract = office.contracts().get(table.name());
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("name", csv ? table.name() : table.name() + "-parquet");
        resource.put("profile", csv ? "tabular-data-resource" : "data-resource");
        resource.put("title", contract.title());
        resource.put("path", file);
        resource.put("format", csv ? "csv" : "parquet");
        resource.put("mediatype", csv ? "text/csv" : "application/vnd.apache.parquet");
        if (csv) {
            resource.put("encoding", "utf-8");
            resource.putObject("dialect").put("lineTerminator", "\r\n");
        }
        resource.put("bytes", Files.size(draft.resolve(file)));
        resource.put("hash", "sha256:" + Manifest.sha256(draft.resolve(file)));
        resource.set("schema", schema(contract));
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
