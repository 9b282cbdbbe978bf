package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the scheduler on the sample office, without a node and without Spark. */
class ScheduleCommandsTest {
    @TempDir
    Path folder;

    private OfficeCopy office;

    @BeforeEach
    void copyOffice() throws IOException {
        office = new OfficeCopy(folder);
    }

    private OfficeCopy.Ended schedule(String... words) {
        var all = new String[words.length + 1];
        all[0] = "schedule";
        System.arraycopy(words, 0, all, 1, words.length);
        return office.doughnut(all);
    }

    @Test
    void aRunThatIsStartedByHandWaitsForASchedulerAndSaysSo() {
        var started = schedule("trigger", "nightly-refresh", "--run-id", "one", "--json");
        assertThat(started.code()).isZero();
        assertThat(started.json().path("state").asText()).isEqualTo("queued");
        assertThat(started.err()).contains("No scheduler is running");

        assertThat(schedule("explain", "nightly-refresh", "one").out()).contains("no scheduler is running");
        assertThat(schedule("trigger", "nightly-refresh", "--run-id", "one").code())
                .isEqualTo(6);
        assertThat(schedule("pause", "nightly-refresh").code()).isZero();
        assertThat(schedule("explain", "nightly-refresh", "one").out()).contains("paused");
        assertThat(schedule("list", "--json").out()).contains("\"state\":\"paused\"");
        assertThat(schedule("unpause", "nightly-refresh").code()).isZero();
        assertThat(schedule("clear", "nightly-refresh", "one", "--dry-run", "--json")
                        .json()
                        .path("would_clear"))
                .hasSize(2);
    }

    @Test
    void aMistypedNameIsMetWithTheNearestOne() {
        var ended = schedule("trigger", "nightly-refesh");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("nightly-refesh");
        assertThat(schedule("next", "nightly-refesh").err()).contains("nightly-refresh");
        assertThat(schedule("lsit").code()).isEqualTo(2);
    }

    @Test
    void aPipelineThatCannotBeReadIsNamedBesideThoseThatCan() throws IOException {
        Path file = office.home.resolve("conf/sample/pipelines/another-name.yaml");
        Files.writeString(file, "dag_id: some-name\nschedule: \"@daily\"\ntasks: {t: {step: check}}\n");
        try {
            var listed = schedule("list", "--json");
            assertThat(listed.json().path("dags")).hasSize(3);
            assertThat(listed.err()).contains("Not scheduled: ").contains("another-name.yaml:1:");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theTimesOfTheNextRunsAreShownInTheirZone() {
        var ended = schedule("next", "monthly-report", "-n", "3", "--json");
        assertThat(ended.json().path("monthly-report")).hasSize(3);
    }

    @Test
    void aBackfillShowsItsRunsBeforeItMakesThem() {
        var words = new String[] {"backfill", "monthly-report", "--from", "2024-01-01", "--to", "2024-06-30", "--json"};
        var dry = java.util.Arrays.copyOf(words, words.length + 1);
        dry[words.length] = "--dry-run";

        // months begin at midnight in London: the June one an hour before it does in UTC
        assertThat(schedule(dry).json().path("logical_dates")).hasSize(6);
        assertThat(schedule(words).code()).isZero();
        assertThat(schedule(words).code()).isEqualTo(6);
        assertThat(schedule("backfill", "--cancel", "1").out()).contains("cancelled");
        assertThat(schedule("backfill", "monthly-report").code()).isEqualTo(2);
    }

    @Test
    void aCopyOfTheDatabaseBringsRunsAndUsersBack() throws IOException {
        assertThat(schedule("trigger", "nightly-refresh", "--run-id", "kept").code())
                .isZero();
        assertThat(schedule("users", "--add", "ada", "--role", "operator").err())
                .contains("Password of ada: ");
        var copy = folder.resolve("copy.zip").toString();
        assertThat(schedule("backup", copy).code()).isZero();
        assertThat(schedule("restore", copy).code()).isEqualTo(6);

        try (var files = Files.walk(office.storage)) {
            for (var file : files.filter(f -> f.getFileName().toString().startsWith("schedule."))
                    .toList()) {
                Files.delete(file);
            }
        }
        assertThat(schedule("restore", copy).code()).isZero();
        assertThat(schedule("users").out()).contains("ada  operator");
        assertThat(schedule("explain", "nightly-refresh", "kept").code()).isZero();
        assertThat(schedule("users", "--remove", "ada").code()).isZero();
    }

    @Test
    void theDoctorSaysThatNobodyRuns() {
        var ended = schedule("doctor");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).contains("no scheduler runs: start one");
        assertThat(schedule("status").out()).contains("no scheduler runs");
        assertThat(schedule("stop").out()).contains("No scheduler runs on this machine.");
    }

    @Test
    void pipelinesAreWrittenForAirflow() throws IOException {
        var dags = folder.resolve("dags");
        assertThat(schedule("export", "airflow", "--to", dags.toString(), "--command", "/opt/doughnut")
                        .code())
                .isZero();
        assertThat(Files.readString(dags.resolve("nightly_refresh.py"))).contains("/opt/doughnut --office sample");
        assertThat(dags.resolve("sample.dag-factory.yaml")).exists();
    }

    @Test
    void aBrokenPipelineIsFoundByTheCheck() throws IOException {
        Files.writeString(
                office.home.resolve("conf/sample/pipelines/nightly-refresh.yaml"),
                "dag_id: nightly-refresh\ntasks:\n  a: {step: runn, dependencies: [a]}\n");
        var ended = office.doughnut("check");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out())
                .contains("nightly-refresh.yaml:3")
                .contains("'runn' is no step")
                .contains("wait for each other");
    }
}
