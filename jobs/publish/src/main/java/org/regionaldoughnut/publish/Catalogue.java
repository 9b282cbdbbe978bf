package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;
import org.regionaldoughnut.office.Source;

/**
 * The {@code dcat.jsonld} of a release: DCAT-AP 3.0 in JSON-LD. One catalogue, one dataset for each table, one
 * distribution for each of its files. Files are named below the office's base URL, or relative to the description.
 */
final class Catalogue {
    private static final Map<String, String> FORMATS = Map.of(
            "parquet", "application/vnd.apache.parquet",
            "csv", "text/csv",
            "sdmx", "application/vnd.sdmx.data+csv",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final String IANA = "https://www.iana.org/assignments/media-types/";

    private final Office office;
    private final Path draft;

    Catalogue(Office office, Path draft) {
        this.office = office;
        this.draft = draft;
    }

    ObjectNode of(ReleaseId id, Instant created, List<Source> sources, List<ReleasedTable> tables) throws IOException {
        String base =
                office.publication().baseUrl().map(url -> url + "/" + id + "/").orElse("");
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        context(root.putObject("@context"));
        root.put("@id", base + "dcat.jsonld#catalogue");
        root.put("@type", "dcat:Catalog");
        titled(root, office.title(), office.description().orElse("Release " + id + " of " + office.title() + "."));
        root.set("dct:publisher", publisher(base));
        root.set("dct:issued", time(created));
        ArrayNode datasets = root.putArray("dcat:dataset");
        for (ReleasedTable table : tables) {
            datasets.add(dataset(base, created, sources, table));
        }
        return root;
    }

    private static void context(ObjectNode context) {
        context.put("dcat", "http://www.w3.org/ns/dcat#");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("foaf", "http://xmlns.com/foaf/0.1/");
        context.put("vcard", "http://www.w3.org/2006/vcard/ns#");
        context.put("spdx", "http://spdx.org/rdf/terms#");
        context.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    }

    private void titled(ObjectNode node, String title, String description) {
        text(node.putObject("dct:title"), title);
        text(node.putObject("dct:description"), description);
    }

    private void text(ObjectNode node, String value) {
        Locale locale = Locale.forLanguageTag(office.setting("report.language").orElse("en"));
        node.put("@value", value).put("@language", locale.getLanguage());
    }

    private ObjectNode publisher(String base) {
        Publication.Publisher publisher = office.publication().publisher();
        ObjectNode agent = node(base + "dcat.jsonld#publisher", "foaf:Agent");
        text(agent.putObject("foaf:name"), publisher.name());
        publisher.homepage().ifPresent(url -> agent.putObject("foaf:homepage").put("@id", url));
        return agent;
    }

    private ObjectNode dataset(String base, Instant created, List<Source> sources, ReleasedTable table)
            throws IOException {
        ObjectNode dataset = node(base + "dcat.jsonld#" + table.name(), "dcat:Dataset");
        titled(
                dataset,
                office.title() + ": " + table.contract().title(),
                table.contract().title() + ", " + table.rows() + " rows.");
        dataset.put("dct:identifier", draft.getFileName() + "/" + table.name());
        dataset.putObject("dct:publisher").put("@id", base + "dcat.jsonld#publisher");
        dataset.set("dct:issued", time(created));
        dataset.putObject("dct:temporal")
                .put("@type", "dct:PeriodOfTime")
                .set("dcat:startDate", year(office.years().stream().min(Integer::compare)));
        ((ObjectNode) dataset.get("dct:temporal"))
                .set("dcat:endDate", year(office.years().stream().max(Integer::compare)));
        office.publication().publisher().email().ifPresent(email -> dataset.putObject("dcat:contactPoint")
                .put("@type", "vcard:Kind")
                .put("vcard:fn", office.publication().publisher().name())
                .putObject("vcard:hasEmail")
                .put("@id", "mailto:" + email));
        ArrayNode origins = dataset.putArray("dct:source");
        sources.forEach(
                source -> source.url().filter(url -> url.startsWith("http")).ifPresent(url -> origins.addObject()
                        .put("@id", url.replace(" ", "%20"))));
        ArrayNode distributions = dataset.putArray("dcat:distribution");
        for (String file : table.files()) {
            distributions.add(distribution(base, file, sources));
        }
        return dataset;
    }

    private ObjectNode distribution(String base, String file, List<Source> sources) throws IOException {
        ObjectNode distribution = node(base + "dcat.jsonld#" + file.replace('/', '-'), "dcat:Distribution");
        text(distribution.putObject("dct:title"), file);
        distribution.putObject("dcat:accessURL").put("@id", base + file);
        distribution.putObject("dcat:downloadURL").put("@id", base + file);
        distribution
                .putObject("dcat:mediaType")
                .put("@id", IANA + FORMATS.get(file.substring(0, file.indexOf('/'))))
                .put("@type", "dct:MediaType");
        distribution
                .putObject("dcat:byteSize")
                .put("@value", Long.toString(Files.size(draft.resolve(file))))
                .put("@type", "xsd:nonNegativeInteger");
        ObjectNode checksum = distribution.putObject("spdx:checksum").put("@type", "spdx:Checksum");
        checksum.putObject("spdx:algorithm").put("@id", "spdx:checksumAlgorithm_sha256");
        checksum.putObject("spdx:checksumValue")
                .put("@value", Hash.of(draft.resolve(file)))
                .put("@type", "xsd:hexBinary");
        ObjectNode rights = distribution.putObject("dct:rights").put("@type", "dct:RightsStatement");
        rights.put(
                "dct:description",
                "Licences of the sources: "
                        + String.join(
                                ", ",
                                sources.stream().map(Source::licence).distinct().toList()));
        return distribution;
    }

    private static ObjectNode node(String id, String type) {
        return JsonNodeFactory.instance.objectNode().put("@id", id).put("@type", type);
    }

    private static ObjectNode time(Instant at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("@value", at.toString())
                .put("@type", "xsd:dateTime");
    }

    private static ObjectNode year(Optional<Integer> year) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("@value", year.map(y -> Integer.toString(y)).orElse(""))
                .put("@type", "xsd:gYear");
    }
}
