package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** The sample office with a calendar and an approver: one release through its whole life, by a clock that is told. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseLifeTest {
    private static final String FIRST = "sample-2026-03-01-1";
    private static final String SECOND = FIRST + "-v2";

    @TempDir
    static Path folder;

    private static OfficeCopy office;

    @BeforeAll
    static void runOnce() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        Path yaml = office.home.resolve("conf/sample/office.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        .replace(
                                "publication: {approval: none}",
                                """
                                publication:
                                  approval: required
                                  calendar:
                                    - {at: "2026-03-02T09:30", title: Regional doughnuts 2019}
                                """));
        Files.writeString(
                Files.createDirectories(office.home.resolve("conf/sample/reports"))
                        .resolve("web.yaml"),
                """
                id: web
                title: Doughnuts on the web
                deliver: on-release
                folder: ../../../www
                """);
    }

    @Test
    @Order(1)
    void aRunEndsAtADraftAndNothingIsPublic() {
        OfficeCopy.Ended run = at("2026-03-01T09:00:00Z", "run", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().path("draft").asText()).contains(FIRST, "release approve");
        assertThat(run.json().path("release").isNull()).isTrue();
        assertThat(office.storage.resolve("releases")).doesNotExist();
        JsonNode status =
                at("2026-03-01T09:00:00Z", "release", "status", "--json").json();
        assertThat(status.path("state").asText()).isEqualTo("draft");
        assertThat(status.path("embargo").asText()).isEqualTo("2026-03-02T09:30:00Z");
    }

    @Test
    @Order(2)
    void aDraftThatNobodyApprovedIsNotPublished() {
        OfficeCopy.Ended refused = at("2026-03-02T10:00:00Z", "release", "publish", FIRST, "--json");
        assertThat(refused.code()).isEqualTo(7);
        assertThat(refused.err()).contains("Cannot publish " + FIRST + ": nobody has approved it.");
        assertThat(refused.json().path("exit_code").asInt()).isEqualTo(7);
        assertThat(office.storage.resolve("releases")).doesNotExist();
    }

    @Test
    @Order(3)
    void anyChangeMakesTheApprovalVoid() throws IOException {
        assertThat(at("2026-03-01T11:00:00Z", "release", "approve", FIRST, "--by", "A. Clerk")
                        .code())
                .isZero();
        Path page = office.storage.resolve("drafts").resolve(FIRST).resolve("html/UKC.html");
        String kept = Files.readString(page);
        Files.writeString(page, kept + "<!-- touched -->");
        OfficeCopy.Ended refused = at("2026-03-02T10:00:00Z", "release", "publish", FIRST);
        assertThat(refused.code()).isEqualTo(7);
        assertThat(refused.err()).contains("changed after it was approved, so the approval is void");
        Files.writeString(page, kept);
        assertThat(at("2026-03-02T10:00:00Z", "release", "publish", FIRST).code())
                .as("what is void stays void")
                .isEqualTo(7);
    }

    @Test
    @Order(4)
    void beforeTheEmbargoNotOneByteIsPublic() {
        OfficeCopy.Ended approved = at(
                "2026-03-01T12:00:00Z",
                "release",
                "approve",
                FIRST,
                "--by",
                "A. Clerk",
                "--note",
                "Looked at",
                "--json");
        assertThat(approved.json().path("state").asText()).isEqualTo("embargoed");
        OfficeCopy.Ended early = at("2026-03-02T09:29:59.999Z", "release", "publish", FIRST);
        assertThat(early.code()).isEqualTo(7);
        assertThat(early.err()).contains("it is under embargo until 2026-03-02T09:30 (Europe/London)");
        OfficeCopy.Ended due = at("2026-03-02T09:29:59.999Z", "release", "publish");
        assertThat(due.code()).isZero();
        assertThat(due.out()).contains("Nothing to publish");
        assertThat(at("2026-03-02T09:29:59Z", "run").code()).isZero();
        assertThat(office.storage.resolve("releases")).doesNotExist();
        assertThat(at("2026-03-01T12:00:00Z", "query", "select 1").err()).contains("there is no release");
    }

    @Test
    @Order(5)
    void atItsTimeTheNextRunPublishesItAllAtOnce() throws IOException {
        Path blocked = Files.writeString(office.home.resolve("www"), "a file where a folder should be");
        OfficeCopy.Ended run = at("2026-03-02T09:30:00Z", "run", "--json");
        assertThat(run.code()).as("published, but one delivery failed").isEqualTo(5);
        assertThat(run.json().at("/deliveries/0/state").asText()).isEqualTo("failed");
        Files.delete(blocked);
        OfficeCopy.Ended again = at("2026-03-02T09:30:10Z", "run", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().at("/deliveries/0/state").asText()).isEqualTo("sent");
        assertThat(office.home.resolve("www").resolve(FIRST).resolve("html/index.html"))
                .exists();
        Path release = office.storage.resolve("releases").resolve(FIRST);
        assertThat(run.json().path("release").asText()).isEqualTo(release.toString());
        assertThat(office.storage.resolve("drafts").resolve(FIRST)).doesNotExist();
        JsonNode said =
                new ObjectMapper().readTree(release.resolve("release.json").toFile());
        assertThat(said.path("state").asText()).isEqualTo("published");
        assertThat(said.path("calendar").asText()).isEqualTo("Regional doughnuts 2019");
        assertThat(said.at("/approval/by").asText()).isEqualTo("A. Clerk");
        assertThat(said.at("/approval/note").asText()).isEqualTo("Looked at");
        assertThat(said.path("published").asText()).isEqualTo("2026-03-02T09:30:00Z");
        JsonNode status = at("2026-03-02T09:31:00Z", "release", "status", "latest", "--json")
                .json();
        assertThat(status.path("state").asText()).isEqualTo("published");
        assertThat(status.path("damaged")).isEmpty();
        assertThat(at("2026-03-02T09:31:00Z", "run", "--json")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("up_to_date");
    }

    @Test
    @Order(6)
    void aPublishedReleaseDoesNotChangeAndDamageIsSeen() throws IOException {
        OfficeCopy.Ended refused = at("2026-03-03T09:00:00Z", "release", "approve", FIRST, "--by", "A. Clerk");
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("does not change any more");
        Path csv = office.storage.resolve("releases").resolve(FIRST).resolve("csv/regions.csv");
        String kept = Files.readString(csv);
        Files.writeString(csv, kept.replace("Scotland", "Caledonia"));
        JsonNode status =
                at("2026-03-03T09:00:00Z", "release", "status", FIRST, "--json").json();
        assertThat(status.path("damaged")).extracting(JsonNode::asText).containsExactly("csv/regions.csv");
        Files.writeString(csv, kept);
    }

    @Test
    @Order(7)
    void anAmendmentIsANewVersionThatInheritsTheNotes() throws IOException {
        List<String> before = sums(FIRST);
        OfficeCopy.Ended amended =
                at("2026-03-04T09:00:00Z", "release", "amend", FIRST, "--note", "A footnote was wrong", "--json");
        assertThat(amended.code()).as(amended.err()).isZero();
        assertThat(amended.json().path("id").asText()).isEqualTo(SECOND);
        assertThat(amended.json().path("amends").asText()).isEqualTo(FIRST);
        assertThat(at("2026-03-04T09:00:00Z", "run").code()).isZero();
        assertThat(at("2026-03-04T10:00:00Z", "release", "approve", SECOND, "--by", "A. Clerk")
                        .code())
                .isZero();
        assertThat(at("2026-03-04T10:00:00Z", "release", "publish").code()).isZero();
        assertThat(office.home.resolve("www").resolve(SECOND))
                .as("delivered too")
                .isDirectory();
        JsonNode said = new ObjectMapper()
                .readTree(office.storage
                        .resolve("releases")
                        .resolve(SECOND)
                        .resolve("release.json")
                        .toFile());
        assertThat(said.at("/notes/0/text").asText()).isEqualTo("A footnote was wrong");
        JsonNode list = at("2026-03-04T10:00:00Z", "release", "list", "--json").json();
        assertThat(list)
                .extracting(r -> r.path("id").asText() + " " + r.path("state").asText() + " "
                        + r.path("latest").asBoolean())
                .containsExactly(FIRST + " amended false", SECOND + " published true");
        assertThat(sums(FIRST)).as("the old version is as it was").isEqualTo(before);

        JsonNode third = at("2026-03-05T09:00:00Z", "release", "amend", "latest", "--note", "Another", "--json")
                .json();
        Path draft = Path.of(third.path("folder").asText());
        JsonNode notes = new ObjectMapper()
                .readTree(draft.resolve("release.json").toFile())
                .path("notes");
        assertThat(notes)
                .extracting(note -> note.path("text").asText())
                .containsExactly("A footnote was wrong", "Another");
    }

    @Test
    @Order(8)
    void theRevisionReportOfTwoVersionsWithTheSameFiguresNamesNoChange() {
        JsonNode diff = at("2026-03-05T09:00:00Z", "release", "diff", FIRST, SECOND, "--json")
                .json();
        assertThat(diff.path("changes")).isEmpty();
        assertThat(diff.at("/tables/indicators/unchanged").asLong()).isGreaterThan(300);
        assertThat(diff.at("/tables/indicators/revised").asLong()).isZero();
        OfficeCopy.Ended unknown = at("2026-03-05T09:00:00Z", "release", "diff", FIRST, "sample-2026-03-01-2");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot find the release 'sample-2026-03-01-2'", "Did you mean");
    }

    @Test
    @Order(9)
    void aReleaseIsReproducedFromItsReceivedCellsUnderItsOwnConfiguration() throws IOException {
        Path indicators = office.home.resolve("conf/indicators/income-and-work.yaml");
        String kept = Files.readString(indicators);
        Files.writeString(indicators, kept.replaceFirst("title: .*", "title: Another title"));
        OfficeCopy.Ended again = at("2026-06-01T09:00:00Z", "release", "reproduce", FIRST, "--json");
        Files.writeString(indicators, kept);
        assertThat(again.code()).as(again.err() + again.out()).isZero();
        assertThat(again.json().path("same").asBoolean()).isTrue();
        assertThat(again.json().path("tables")).hasSize(6);
        assertThat(again.json().path("rooms_of_another_program")).isEmpty();
        try (Stream<Path> left = Files.list(office.storage.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> sums(String release) throws IOException {
        try (Stream<Path> files = Files.walk(office.storage.resolve("releases").resolve(release))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> {
                        try {
                            return file + " " + java.util.Arrays.hashCode(Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static OfficeCopy.Ended at(String time, String... arguments) {
        return office.doughnut(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), arguments);
    }
}
