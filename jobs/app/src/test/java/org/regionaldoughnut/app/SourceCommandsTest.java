package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** What an office sees of a source before and after it takes it in: infer, preview, check, list. */
class SourceCommandsTest {
    private static final Path DATA = OfficeCopy.PROJECT.resolve("../shared/data");

    @TempDir
    Path folder;

    private OfficeCopy office;

    @BeforeAll
    static void session() {
        SparkTest.session();
    }

    @BeforeEach
    void copy() throws IOException {
        office = new OfficeCopy(folder);
    }

    private JsonNode done(String... arguments) {
        OfficeCopy.Ended ended = office.doughnut(arguments);
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.json();
    }

    private void change(String file, String from, String to) throws IOException {
        Path path = office.received(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replaceFirst(from, to));
    }

    @Test
    void listTellsTheLastBatchOfEachSourceItsCellsAndItsAge() {
        for (JsonNode source : done("source", "list", "--json")) {
            assertThat(source.path("state").asText()).isEqualTo("never received");
            assertThat(source.path("file").asText()).endsWith("bytes");
        }
        done("ingest", "la-emissions", "--json");
        JsonNode list = done("source", "list", "--json");
        assertThat(list).hasSize(5);
        for (JsonNode source : list) {
            if (source.path("source").asText().equals("la-emissions")) {
                assertThat(source.path("cells").asLong()).isEqualTo(2166);
                assertThat(source.path("batches").asLong()).isEqualTo(1);
                assertThat(source.path("days_old").asLong()).isZero();
                assertThat(source.path("last_batch").asText()).hasSize(12);
            } else {
                assertThat(source.path("batches").asLong()).isZero();
            }
        }
        OfficeCopy.Ended table = office.doughnut("source", "list");
        assertThat(table.out()).contains("la-emissions").contains("never received");
    }

    @Test
    void aFileThatIsNotThereIsToldByTheListAndRefusedByTheCheck() throws IOException {
        Files.delete(office.received("social-2019.csv"));
        assertThat(done("source", "list", "--json").toString()).contains("not there");
        OfficeCopy.Ended check = office.doughnut("source", "check", "social");
        assertThat(check.code()).isEqualTo(5);
        assertThat(check.err()).contains("there is no file at").contains("social-2019.csv");
    }

    @Test
    void previewShowsTheFirstRowsThatAreKeptAndThoseThatAreNotWithTheReason() throws IOException {
        change("local-authority-co2-2019.csv", "101.76228463200354", "about a hundred");
        change("local-authority-co2-2019.csv", "E06000002", "E99999999");
        OfficeCopy.Ended before = office.doughnut("source", "preview", "la-emissions");
        assertThat(before.err()).contains("regions are not harmonised yet");
        done("ingest", "regions", "--json");
        done("validate", "regions", "--json");
        done("harmonise", "regions", "--json");
        JsonNode preview = done("source", "preview", "la-emissions", "--rows", "4", "--json");
        assertThat(preview.path("rows")).hasSize(4);
        assertThat(preview.path("rows").get(0).path("region").asText()).isEqualTo("UKC");
        assertThat(preview.path("rows").get(0).path("sector").asText()).isNotBlank();
        List<String> reasons = preview.path("rejected").findValuesAsText("reason");
        assertThat(reasons).hasSize(4);
        assertThat(String.join("\n", reasons)).contains("about a hundred").contains("E99999999");
        OfficeCopy.Ended table = office.doughnut("source", "preview", "la-emissions");
        assertThat(table.out())
                .contains("that are kept")
                .contains("that are rejected")
                .contains("line");
    }

    @Test
    void checkCountsWhatWouldBeKeptAndEndsWithFourWhereThatIsNothing() throws IOException {
        change("local-authority-co2-2019.csv", "101.76228463200354", "about a hundred");
        JsonNode check = done("source", "check", "la-emissions", "--json");
        assertThat(check.path("kept").asLong()).isEqualTo(2165);
        JsonNode file = check.path("files").get(0);
        assertThat(file.path("cells").asLong()).isEqualTo(2166);
        assertThat(file.path("rejected").asLong()).isEqualTo(1);
        assertThat(file.path("reasons").get(0).asText()).startsWith("1 times: ");
        assertThat(office.doughnut("source", "check", "la-emissions").out()).contains("2165 cells would be kept.");

        Path source = office.source("la-emissions");
        Files.writeString(source, Files.readString(source).replace("from: kt, multiply: 1000", "from: Authority"));
        OfficeCopy.Ended nothing = office.doughnut("source", "check", "la-emissions");
        assertThat(nothing.code()).as(nothing.out()).isEqualTo(4);
        assertThat(nothing.out()).contains("0 cells would be kept.");
    }

    @Test
    void aFlagThatNoListHasIsAWarningAndIsKeptAsReceived() throws IOException {
        Path received = office.received("social-2019.csv");
        String text =
                Files.readString(received).replaceAll(",A,", ",Normal value,").replaceAll(",E,", ",estimate,");
        Files.writeString(received, text.replaceFirst(",Normal value,", ",Peculiar value,"));
        Path source = office.source("social");
        Files.writeString(source, Files.readString(source) + "codes: {obs_status: obs-status-open-sdg}\n");
        for (String room : List.of("ingest", "validate", "harmonise")) {
            done(room, "--json");
        }
        JsonNode outcome = done(
                        "query",
                        "--lake",
                        "--json",
                        "select outcome, failing_rows from quality.outcomes where rule_id = 'flags-are-known'")
                .get(0);
        assertThat(outcome.path("outcome").asText()).isEqualTo("failed");
        assertThat(outcome.path("failing_rows").asInt()).isEqualTo(1);
        JsonNode statuses = done(
                "query",
                "--lake",
                "--json",
                "select obs_status, count(*) as n from harmonised.census where source = 'social' and obs_status like"
                        + " '%value' group by obs_status");
        assertThat(statuses).hasSize(1);
        assertThat(statuses.get(0).path("obs_status").asText()).isEqualTo("Peculiar value");
    }

    @Test
    void aMistypedSourceIsAnsweredWithTheNearestOne() {
        OfficeCopy.Ended preview = office.doughnut("source", "preview", "la-emission");
        assertThat(preview.code()).isEqualTo(2);
        assertThat(preview.err()).contains("la-emissions");
    }

    @Test
    void theYamlProposedForATableOfEurostatWorksAsItIs() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "the publishers' files are not in ../shared/data");
        Path own = office.home.resolve("conf/europe");
        Files.createDirectories(own.resolve("sources"));
        Files.writeString(
                own.resolve("office.yaml"),
                """
                id: europe
                title: One table
                time_zone: UTC
                regions: {frame: NUTS-2013, root: EU, correspondences: []}
                doughnut: {years: [2014], levels: [NUTS2]}
                boundary_set: eu-2014
                """);
        Files.createDirectories(office.home.resolve("conf/boundaries"));
        Files.copy(
                office.home.resolve("conf/eu/boundaries/eu-2014.yaml"),
                office.home.resolve("conf/boundaries/eu-2014.yaml"));
        Files.copy(office.home.resolve("conf/eu/sources/nuts-2013.yaml"), own.resolve("sources/nuts-2013.yaml"));
        OfficeCopy.Ended infer = office.doughnut(
                "--office",
                "europe",
                "source",
                "infer",
                DATA.resolve("eu/eurostat_tsv_2017/ilc_li41.tsv").toString());
        assertThat(infer.code()).as(infer.err()).isZero();
        Files.writeString(own.resolve("sources/ilc-li41.yaml"), infer.out());

        for (String room : List.of("ingest", "validate", "harmonise")) {
            done("--office", "europe", room, "--json");
        }
        JsonNode preview = done("--office", "europe", "source", "preview", "ilc-li41", "--json");
        assertThat(preview.path("rows").get(0).path("variable").asText()).isEqualTo("at-risk-of-poverty");
        JsonNode check = done("--office", "europe", "source", "check", "ilc-li41", "--json");
        assertThat(check.path("kept").asLong()).isGreaterThan(5_000);
        JsonNode counted = done(
                "--office",
                "europe",
                "query",
                "--lake",
                "--json",
                "select count(value) as n from harmonised.census where breakdown = 'UNIT=PC_POP' and period = '2014' and"
                        + " length(region) = 4");
        assertThat(counted.get(0).path("n").asInt()).isEqualTo(100);
    }
}
