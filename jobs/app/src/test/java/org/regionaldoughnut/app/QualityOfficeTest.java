package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** What becomes of deliberately broken files of the United Kingdom, and who may let them pass. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QualityOfficeTest {
    @TempDir
    static Path folder;

    private static OfficeCopy office;
    private static OfficeCopy.Ended first;

    @BeforeAll
    static void runOnce() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        first = office.doughnut("run", "--json");
    }

    private static String latest() throws IOException {
        return Files.readString(office.storage.resolve("releases/latest.json"));
    }

    private static JsonNode findings(String... arguments) {
        List<String> all = new ArrayList<>(List.of("quality", "show", "--json"));
        all.addAll(List.of(arguments));
        return office.doughnut(all.toArray(String[]::new)).json();
    }

    @Test
    @Order(1)
    void aGoodRunLeavesEverySourceInOrderAndPagesForReaders() throws IOException {
        assertThat(first.err()).doesNotContain("Cannot");
        assertThat(first.code()).isZero();
        JsonNode all = findings();
        assertThat(all).extracting(f -> f.path("source").asText()).contains("social", "statistics.indicators", "_Z");
        assertThat(all).noneMatch(f -> f.path("stops").asBoolean());
        assertThat(all).noneMatch(f -> f.path("outcome").asText().equals("error"));
        assertThat(all).anySatisfy(f -> {
            assertThat(f.path("rule").asText()).isEqualTo("value-in-range");
            assertThat(f.path("outcome").asText()).isEqualTo("passed");
        });
        assertThat(office.storage.resolve("quality/index.html")).content().contains("source-social.html");
        assertThat(office.doughnut("quality", "show", "soical").err()).contains("Did you mean 'social'?");
    }

    @Test
    @Order(1)
    void lineageLeadsFromAStatisticToFileAndBatchAndBack() throws IOException {
        OfficeCopy.Ended up = office.doughnut("lineage", "statistics.indicators");
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(up.out())
                .contains("  harmonised.census  by indicators/all, run ")
                .contains("    raw.social  by harmonise/census, run ")
                .contains("      social-2019.csv  batch ");
        JsonNode down = office.doughnut("lineage", "social-2019.csv", "--down", "--json")
                .json();
        assertThat(down.get(0).path("name").asText()).isEqualTo("raw.social");
        assertThat(down.toString()).contains("statistics.doughnut", "releases");
        assertThat(office.doughnut("lineage", "statistics.indicator").err())
                .contains("Did you mean 'statistics.indicators'?");
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(office.storage.resolve("lineage/events.ndjson"))) {
            events.add(new com.fasterxml.jackson.databind.ObjectMapper().readTree(line));
        }
        JsonNode ingested = event(events, "ingest.social");
        assertThat(ingested.path("inputs").get(0).path("name").asText()).endsWith("received/social-2019.csv");
        assertThat(ingested.path("outputs")
                        .get(0)
                        .path("outputFacets")
                        .path("outputStatistics")
                        .path("rowCount")
                        .asLong())
                .isEqualTo(first.step("ingest/social").path("rows_out").asLong());
        assertThat(event(events, "validate.census").toString()).contains("\"assertion\":\"social-1\",\"success\":true");
    }

    private static JsonNode event(List<JsonNode> events, String job) {
        return events.stream()
                .filter(event -> event.path("eventType").asText().equals("COMPLETE"))
                .filter(event -> event.path("job").path("name").asText().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event of " + job));
    }

    @Test
    @Order(2)
    void aSourceIsProfiledAndRulesAreSuggestedInDqdl() {
        JsonNode columns =
                office.doughnut("quality", "profile", "la-population", "--json").json();
        assertThat(columns).anySatisfy(c -> {
            assertThat(c.path("column").asText()).isEqualTo("value");
            assertThat(c.path("completeness").asDouble()).isEqualTo(1.0);
        });
        OfficeCopy.Ended suggested = office.doughnut("quality", "suggest", "la-population");
        assertThat(suggested.code()).as(suggested.err()).isZero();
        assertThat(suggested.out()).contains("  - rule: 'IsComplete \"value\"'");
    }

    @Test
    @Order(3)
    void aRuleThatDoesNotParseEndsTheRunBeforeDataAreReadWithFileAndLine() throws IOException {
        Path file = office.source("social");
        byte[] kept = Files.readAllBytes(file);
        Files.writeString(file, Files.readString(file).replace("RowCount > 200", "RowCuont > 200"));
        for (OfficeCopy.Ended ended : List.of(office.doughnut("run"), office.doughnut("check"))) {
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.out() + ended.err()).containsPattern("social.yaml:[1-9][0-9]*: Cannot use rule social-1");
        }
        Files.write(file, kept);
    }

    @Test
    @Order(4)
    void aBrokenRowIsNamedInQuarantineAndNothingIsPublished() throws IOException {
        String before = latest();
        Path file = office.received("regional-trade-2019.csv");
        byte[] kept = Files.readAllBytes(file);
        Files.writeString(file, Files.readString(file).replaceFirst(",7902\n", ",-7902\n"));
        OfficeCopy.Ended ended = office.doughnut("run");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("regional-trade breaks").contains("doughnut quality show");
        assertThat(latest()).isEqualTo(before);
        JsonNode failed = findings("regional-trade", "--failed", "--rows", "3");
        assertThat(failed).anySatisfy(f -> {
            assertThat(f.path("rule").asText()).isEqualTo("value-not-negative");
            assertThat(f.path("rows").get(0).path("line").asInt()).isEqualTo(2);
            assertThat(f.path("rows").get(0).path("message").asText()).contains("value is -7.902E9");
        });
        assertThat(failed).anySatisfy(f -> {
            assertThat(f.path("rule").asText()).isEqualTo("exports-as-published");
            assertThat(f.path("stops").asBoolean()).isTrue();
        });
        Files.write(file, kept);
    }

    @Test
    @Order(5)
    void aWaiverLetsAStoppedBatchPassAndIsShown() throws IOException {
        Path file = office.received("social-2019.csv");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 195));
        assertThat(office.doughnut("run").code()).isEqualTo(4);
        String batch = findings("social", "--failed").get(0).path("batch").asText();
        OfficeCopy.Ended over = office.doughnut(
                "quality", "waive", "social-1", batch, "--reason", "late", "--by", "A. Clerk", "--until", "2020-01-01");
        assertThat(over.code()).isEqualTo(2);
        assertThat(over.err()).contains("is over already");
        OfficeCopy.Ended waived = office.doughnut(
                "quality",
                "waive",
                "social-1",
                batch.substring(0, 12),
                "--reason",
                "Two tables <b>come later</b>",
                "--by",
                "A. Clerk",
                "--until",
                "2026-12-31");
        assertThat(waived.code()).as(waived.err()).isZero();
        assertThat(office.doughnut("run").code()).isZero();
        assertThat(findings("social", "--failed"))
                .anySatisfy(f -> assertThat(f.path("waiver").asText())
                        .isEqualTo("waived until 2026-12-31 by A. Clerk: Two tables <b>come later</b>"));
        assertThat(office.storage.resolve("quality/source-social.html"))
                .content()
                .contains("&lt;b&gt;come later&lt;/b&gt;")
                .doesNotContain("<b>come");
    }

    @Test
    @Order(6)
    void aStatisticOutsideItsDefinitionsRangeStopsPublication() throws IOException {
        String before = latest();
        Path file = office.home.resolve("conf/indicators/food.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("range: *\\{min: 0, max: 100}", "range: {min: 0, max: 1}"));
        OfficeCopy.Ended ended = office.doughnut("run");
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err()).contains("Cannot publish the statistics").contains("value-in-range");
        assertThat(latest()).isEqualTo(before);
        JsonNode failed = findings("statistics.indicators", "--failed", "--rows", "2");
        assertThat(failed.get(0).path("rows").get(0).path("received").asText()).contains("food-insecurity");
    }
}
