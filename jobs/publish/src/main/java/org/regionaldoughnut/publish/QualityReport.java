package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;
import org.regionaldoughnut.office.Source;

/**
 * The {@code quality-report.json} of a release, by the concepts of the Single Integrated Metadata Structure (SIMS 2.0,
 * Eurostat 2015). What the pipeline knows is counted; what only people know says so.
 */
final class QualityReport {
    private static final String BY_HAND = "Not recorded by this software; ask the publisher.";

    private final Office office;
    private final Path draft;
    private final ArrayNode concepts = JsonNodeFactory.instance.arrayNode();

    QualityReport(Office office, Path draft) {
        this.office = office;
        this.draft = draft;
    }

    ObjectNode of(
            ReleaseId id,
            Instant created,
            Optional<Instant> embargo,
            List<Source> sources,
            List<ReleasedTable> tables,
            JsonNode disclosure)
            throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("structure", "SIMS 2.0").put("release", id.toString());
        Publication.Publisher publisher = office.publication().publisher();
        concept(
                "S.1",
                "Contact",
                publisher.name() + publisher.email().map(email -> ", " + email).orElse(""));
        concept("S.2", "Metadata update", created.toString());
        concept(
                "S.3",
                "Statistical presentation",
                office.title()
                        + ". " + office.description().orElse("") + " Tables: "
                        + String.join(
                                ", ",
                                tables.stream()
                                        .map(t -> t.name() + " (" + t.rows() + " rows)")
                                        .toList())
                        + ". Sources: "
                        + String.join(
                                "; ",
                                sources.stream()
                                        .map(s -> s.publisher() + ", " + s.title())
                                        .toList())
                        + ".");
        concept("S.4", "Unit of measure", "Stands beside each value, in the column unit.");
        concept("S.5", "Reference period", "Doughnuts of " + office.years() + "; each value keeps its own period.");
        concept("S.6", "Institutional mandate", BY_HAND);
        concept(
                        "S.7",
                        "Confidentiality",
                        "Disclosure control before release; figures suppressed: "
                                + disclosure
                                        .path("suppressed_by_rule_or_source")
                                        .asInt() + " by rule or source, "
                                + disclosure
                                        .path("suppressed_to_protect_others")
                                        .asInt()
                                + " to protect others, audited by linear programming.")
                .set("measured", disclosure);
        concept(
                "S.8",
                "Release policy",
                office.publication().calendar().isEmpty()
                        ? "No release calendar is set."
                        : "By the release calendar; nobody has access before the embargo ends.");
        concept(
                "S.9",
                "Frequency of dissemination",
                office.publication().calendar().size() + " releases in the calendar.");
        concept(
                "S.10",
                "Accessibility and clarity",
                "Pages, Parquet, CSV, SDMX-CSV and spreadsheets; described by datapackage.json, dcat.jsonld and dictionary.json.");
        concept(
                "S.11",
                "Quality management",
                "Received batches are gated by the rules of data contracts; known totals are checked before a release.");
        measured();
        punctuality(created, embargo, sources);
        concept(
                "S.15",
                "Coherence and comparability",
                "One set of codes and regions; a value that stands in for another perspective carries status D and a sentence.");
        concept("S.16", "Cost and burden", "None for respondents: published figures are used again.");
        Path revisions = draft.resolve("revisions.json");
        ObjectNode revision = concept(
                "S.17",
                "Data revision",
                "Earlier vintages stay readable; each release lists what changed since the one before.");
        if (Files.isRegularFile(revisions)) {
            revision.set("measured", JsonFile.read(revisions).path("tables"));
        }
        concept(
                "S.18",
                "Statistical processing",
                "Harmonised codes and units, roll-up by sums, ratios after summing; imputed and estimated values carry a status.");
        concept("S.19", "Comment", "");
        root.set("concepts", concepts);
        return root;
    }

    private ObjectNode concept(String code, String name, String text) {
        return concepts.addObject().put("concept", code).put("name", name).put("text", text.strip());
    }

    /** Completeness is a part of relevance in SIMS. */
    private void measured() {
        String file = draft.resolve("parquet/indicators") + "/*.parquet";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), count(value), count(*) filter (obs_status = 'E'), count(*) filter (obs_status = 'I'),"
                                + " count(lower), avg(coverage_population) from read_parquet('"
                                + file.replace("'", "''") + "')")) {
            row.next();
            long all = row.getLong(1);
            ObjectNode relevance = concept("S.12", "Relevance", "Completeness: figures present of those asked for.");
            relevance
                    .putObject("measured")
                    .put("rows", all)
                    .put("with_value", row.getLong(2))
                    .put("completeness", all == 0 ? 0 : (double) row.getLong(2) / all);
            ObjectNode accuracy = concept(
                    "S.13", "Accuracy", "Intervals are kept where the source gives them; the rest carry a status.");
            accuracy.putObject("measured")
                    .put("estimated", row.getLong(3))
                    .put("imputed", row.getLong(4))
                    .put("with_interval", row.getLong(5))
                    .put("mean_population_coverage", row.getDouble(6));
        } catch (SQLException e) {
            throw new IllegalStateException("the draft just written cannot be read", e);
        }
    }

    private void punctuality(Instant created, Optional<Instant> embargo, List<Source> sources) {
        int last = office.years().stream().max(Integer::compare).orElse(0);
        Instant end = java.time.LocalDate.of(last + 1, 1, 1)
                .atStartOfDay(office.timeZone())
                .toInstant();
        Instant release = embargo.filter(created::isBefore).orElse(created);
        concept("S.14", "Timeliness and punctuality", "Days from the end of the last reference year to the release.")
                .putObject("measured")
                .put("days_after_reference_year", Duration.between(end, release).toDays())
                .put("planned", embargo.map(Instant::toString).orElse(null))
                .put(
                        "sources_with_publication_date",
                        sources.stream().filter(s -> s.published().isPresent()).count());
    }
}
