package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionaldoughnut.lake.SparkTest;

/** The sample office from its received files to its release, and what becomes of files that are not as they should be. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleOfficeTest {
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

    @Test
    @Order(1)
    void theRunEndsWithOneJsonObjectThatNamesOfficeRunReleaseAndSteps() {
        assertThat(first.err()).doesNotContain("Cannot");
        assertThat(first.code()).isZero();
        JsonNode json = first.json();
        assertThat(json.path("office").asText()).isEqualTo("sample");
        assertThat(json.path("state").asText()).isEqualTo("done");
        assertThat(Path.of(json.path("release").asText())).isDirectory();
        for (JsonNode step : json.path("steps")) {
            assertThat(Set.of("name", "state", "rows_in", "rows_out", "quarantined", "seconds", "reason"))
                    .allSatisfy(field -> assertThat(step.has(field)).isTrue());
            assertThat(step.path("state").asText()).isEqualTo("done");
            assertThat(step.path("rows_in").asLong())
                    .as(step.path("name").asText())
                    .isGreaterThan(0);
        }
    }

    @Test
    @Order(2)
    void theReleaseHasTheFilesOfTheHouse() throws IOException {
        Path release = Path.of(first.json().path("release").asText());
        assertThat(release.getParent().getFileName()).hasToString("releases");
        for (String file : List.of(
                "release.json",
                "datapackage.json",
                "csv/indicators.csv",
                "csv/doughnut.csv",
                "csv/regions.csv",
                "html/index.html",
                "html/UKC.html",
                "html/UKN.html")) {
            assertThat(release.resolve(file)).isNotEmptyFile();
        }
        assertThat(office.storage.resolve("releases/latest.json"))
                .content()
                .contains(release.getFileName().toString());
        try (Stream<Path> pages = Files.list(release.resolve("html"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .contains("indicators.html", "quality.html", "revisions.html", "data.html")
                    .filteredOn(page -> page.matches("UK[A-Z]\\.html"))
                    .hasSize(12);
        }
        assertThat(Files.readString(release.resolve("html/UKC.html"))).doesNotContain("NaN", "Infinity", "null");
    }

    /** Values of the publishers' files, see {@code expected/uk-2019.csv}. */
    @Test
    @Order(3)
    void everyIndicatorHasItsPublishedOrPublishedFiguresQuotient() throws IOException {
        Map<String, Double> released = new HashMap<>();
        JsonNode rows = office.doughnut(
                        "query",
                        "--json",
                        "select indicator, region, period, value from indicators where value is not null")
                .json();
        rows.forEach(row -> released.put(
                row.path("indicator").asText() + "/" + row.path("region").asText() + "/"
                        + row.path("period").asText(),
                row.path("value").asDouble()));
        List<String[]> expected = expected();
        assertThat(expected).hasSizeGreaterThan(200);
        for (String[] row : expected) {
            String key = row[0] + "/" + row[1] + "/" + row[2];
            if (row[3].isEmpty()) {
                assertThat(released).as(key + " is missing").doesNotContainKey(key);
            } else {
                double value = Double.parseDouble(row[3]);
                assertThat(released).containsKey(key);
                assertThat(released.get(key)).as(key).isCloseTo(value, within(Math.abs(value) * 1e-9));
            }
        }
    }

    @Test
    @Order(4)
    void aRegionWithoutAFigureIsShownAsMissingWithItsReason() {
        JsonNode rows = office.doughnut(
                        "query",
                        "--json",
                        "select region, value, obs_status, reason from doughnut where framework = 'doughnut'"
                                + " and indicator = 'cannot-influence-local-decisions' and value is null order by region")
                .json();
        assertThat(rows).extracting(row -> row.path("region").asText()).containsExactly("UKL", "UKM", "UKN");
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.path("reason").asText()).isNotBlank());
    }

    @Test
    @Order(5)
    void aSecondRunWithoutNewInputDoesNothingSaysSoAndAddsNoRows() throws IOException {
        Map<Path, Long> before = files();
        OfficeCopy.Ended second = office.doughnut("run", "--json");
        assertThat(second.code()).isZero();
        assertThat(second.json().path("state").asText()).isEqualTo("up_to_date");
        assertThat(second.json().path("release")).isEqualTo(first.json().path("release"));
        assertThat(files()).isEqualTo(before);
        assertThat(office.doughnut("run").out()).contains("Nothing to do");
        assertThat(office.doughnut("run", "--skip-code").code()).isEqualTo(99);
        assertThat(office.doughnut("plan", "--json").json())
                .allSatisfy(step -> assertThat(step.path("due").asBoolean()).isFalse());
    }

    @Test
    @Order(6)
    void theLakeAnswersForEveryLayer() {
        JsonNode batches = office.doughnut(
                        "query",
                        "--lake",
                        "--json",
                        "select count(*) n from raw.`la-population` r join harmonised.census h"
                                + " on r.batch = h.batch and r.line = h.line and r.cell = h.cell")
                .json();
        assertThat(batches.get(0).path("n").asLong()).isEqualTo(361);
        JsonNode outcomes = office.doughnut(
                        "query",
                        "--lake",
                        "--json",
                        "select outcome, count(*) n from quality.outcomes group by outcome")
                .json();
        assertThat(outcomes).isNotEmpty();
        JsonNode quarantine = office.doughnut("query", "--lake", "--json", "select count(*) n from quarantine.regions")
                .json();
        assertThat(quarantine.get(0).path("n").asLong()).isZero();
    }

    /** What is done to the sample's files or configuration, how the run must end, and words it must say. */
    record Mishap(String what, String file, Change change, int code, List<String> words) {
        @Override
        public String toString() {
            return what;
        }
    }

    interface Change {
        void to(Path file) throws IOException;
    }

    static Stream<Mishap> mishaps() {
        return Stream.of(
                new Mishap(
                        "a missing file",
                        "received/social-2019.csv",
                        Files::delete,
                        5,
                        List.of("there is no file at", "social-2019.csv")),
                new Mishap(
                        "a wrong header",
                        "received/social-2019.csv",
                        replace("Observation status,Value", "Observation status,Figure"),
                        3,
                        List.of("social-2019.csv", "line 1 has no column 'Value'")),
                new Mishap(
                        "a binary file named csv",
                        "received/social-2019.csv",
                        file -> Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 8}),
                        4,
                        List.of("social-2019.csv", "byte 4 is 0")),
                new Mishap(
                        "an empty file",
                        "received/social-2019.csv",
                        file -> Files.write(file, new byte[0]),
                        4,
                        List.of("social-2019.csv", "it is empty")),
                new Mishap(
                        "a file without rows",
                        "received/social-2019.csv",
                        file -> Files.writeString(file, Files.readAllLines(file).get(0) + "\n"),
                        4,
                        List.of("social")),
                new Mishap(
                        "an unknown key in a YAML",
                        "sources/social.yaml",
                        replace("publisher:", "publischer: x\npublisher:"),
                        3,
                        List.of("social.yaml:", "unknown key 'publischer'", "Did you mean 'publisher'?")));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    @Order(7)
    void refusesAndLeavesTheLastReleaseAsItWas(Mishap mishap) throws IOException {
        Path file = office.home.resolve("conf/sample").resolve(mishap.file());
        byte[] kept = Files.readAllBytes(file);
        String latest = Files.readString(office.storage.resolve("releases/latest.json"));
        try {
            mishap.change().to(file);
            OfficeCopy.Ended ended = office.doughnut("run", "--json");
            assertThat(ended.code()).as(ended.err()).isEqualTo(mishap.code());
            assertThat(ended.err()).contains("Cannot ").contains(mishap.words());
            assertThat(ended.json().path("state").asText()).isEqualTo("failed");
        } finally {
            Files.write(file, kept);
        }
        assertThat(Files.readString(office.storage.resolve("releases/latest.json")))
                .isEqualTo(latest);
        assertThat(office.doughnut("run").code()).isZero();
    }

    @Test
    @Order(8)
    void badRowsAreQuarantinedWithFileAndLineAndTheRestIsReleased() throws IOException {
        Path file = office.received("social-2019.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int number = indexOf(lines, "food-insecurity-households", "UKC");
        lines.set(number, lines.get(number).replaceFirst(",[^,]*$", ",\"1.234,5\""));
        int tooMany = indexOf(lines, "food-insecurity-households", "UKD");
        lines.set(tooMany, lines.get(tooMany) + ",1,2");
        int unknown = indexOf(lines, "food-insecurity-households", "UKE");
        lines.set(unknown, lines.get(unknown).replace(",UKE,", ",UKX,"));
        int duplicate = indexOf(lines, "food-insecurity-households", "UKF");
        lines.add(duplicate + 1, lines.get(duplicate).replaceFirst(",[^,]*$", ",99"));
        byte[] kept = Files.readAllBytes(file);
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));

        OfficeCopy.Ended ended = office.doughnut("run", "--json");
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode rows = office.doughnut(
                        "query",
                        "--lake",
                        "--json",
                        "select file, line, stage, action, rule, message from quarantine.social order by line")
                .json();
        Map<Long, String> messages = new HashMap<>();
        rows.forEach(row -> {
            assertThat(row.path("file").asText()).isEqualTo("social-2019.csv");
            messages.put(row.path("line").asLong(), row.path("message").asText());
        });
        assertThat(messages.keySet())
                .containsExactlyInAnyOrder(number + 1L, tooMany + 1L, unknown + 1L, duplicate + 1L, duplicate + 2L);
        assertThat(messages.get(number + 1L)).contains("Cannot read '1.234,5' as a number");
        assertThat(messages.get(tooMany + 1L)).contains("the header has 9 cells");
        assertThat(messages.get(unknown + 1L)).contains("region is UKX, expected a code of regions-uk");
        JsonNode step = ended.step("ingest/social");
        assertThat(step.path("rows_in").asLong())
                .isEqualTo(step.path("rows_out").asLong()
                        + step.path("quarantined").asLong());
        JsonNode released = office.doughnut(
                        "query",
                        "--json",
                        "select region from indicators where indicator = 'food-insecurity' and value is not null order by 1")
                .json();
        assertThat(released).extracting(row -> row.path("region").asText()).doesNotContain("UKC", "UKD", "UKE", "UKF");
        assertThat(released).hasSize(8);

        Files.write(file, kept);
        assertThat(office.doughnut("run").code()).isZero();
    }

    private static int indexOf(List<String> lines, String... words) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (Stream.of(words).allMatch(word -> line.contains("," + word + ","))) {
                return i;
            }
        }
        throw new AssertionError("no line with " + List.of(words));
    }

    private static Change replace(String text, String by) {
        return file -> Files.writeString(file, Files.readString(file).replaceFirst(text, by));
    }

    private static List<String[]> expected() throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (var in = SampleOfficeTest.class.getResourceAsStream("/expected/uk-2019.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> rows.add(line.split(",", 5)));
        }
        return rows;
    }

    private static Map<Path, Long> files() throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        try (Stream<Path> files = Files.walk(office.storage)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.startsWith(office.storage.resolve("ledger")))
                    .toList()) {
                sizes.put(file, Files.size(file));
            }
        }
        return sizes;
    }
}
