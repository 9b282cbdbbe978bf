package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two releases of invented figures and why they differ. */
class RevisionsTest {
    private static final String OLD = "2020-01-01";
    private static final String NEW = "2021-01-01";

    @TempDir
    private Path folder;

    @Test
    void everyChangeHasItsReason() throws Exception {
        Path before = release(
                "before",
                "{\"id\":\"b\",\"boundary_set\":\"s1\",\"definitions\":{\"defined-anew\":\"1\",\"same\":\"1\"},"
                        + "\"program\":{\"publish\":\"1\"},\"inputs\":[{\"source\":\"s\",\"batch\":\"1\"}]}",
                figure("same", 1, OLD, "A"),
                figure("revised", 1, OLD, "A"),
                figure("defined-anew", 1, OLD, "A"),
                figure("secret", 1, OLD, "A"),
                figure("unexplained", 1, OLD, "A"),
                figure("removed", 1, OLD, "A"));
        Path after = release(
                "after",
                "{\"id\":\"a\",\"boundary_set\":\"s2\",\"definitions\":{\"defined-anew\":\"2\",\"same\":\"1\"},"
                        + "\"program\":{\"publish\":\"1\"},\"inputs\":[{\"source\":\"s\",\"batch\":\"2\"}]}",
                figure("same", 1, OLD, "A"),
                figure("revised", 1.5, NEW, "A"),
                figure("defined-anew", 3, OLD, "A"),
                "('secret', '_T', 'R', '2019', NULL, 'Q', DATE '" + OLD + "')",
                figure("unexplained", 2, OLD, "A"),
                figure("added", 7, NEW, "A"));
        places(before, "('same', 10.0, 5.0)", "('bounded', 10.0, 5.0)");
        places(after, "('same', 10.0, 5.0)", "('bounded', 12.0, 4.0)");

        JsonNode report = new Revisions(before, after).report(100);

        assertThat(whys(report, "indicators"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "added", "new data",
                        "revised", "revised data",
                        "defined-anew", "new method",
                        "secret", "disclosure control",
                        "unexplained", "other figures or configuration",
                        "removed", "other figures or configuration"));
        assertThat(whys(report, "doughnut")).isEqualTo(Map.of("bounded", "new boundary"));
        assertThat(report.at("/tables/indicators/unchanged").asInt()).isEqualTo(1);
        assertThat(report.at("/causes/new_methods/0").asText()).isEqualTo("defined-anew");
        assertThat(report.at("/causes/new_batches/0").asText()).isEqualTo("s 2");
        assertThat(report.at("/causes/boundary_set/to").asText()).isEqualTo("s2");
        JsonNode revised = change(report, "revised");
        assertThat(revised.path("change").asDouble()).isEqualTo(0.5);
        assertThat(revised.path("change_percent").asDouble()).isEqualTo(50);
    }

    @Test
    void anotherProgramIsTheReasonWhereNothingElseIs() throws Exception {
        Path before = release("before", "{\"program\":{\"indicators\":\"1\"}}", figure("i", 1, OLD, "A"));
        Path after = release("after", "{\"program\":{\"indicators\":\"2\"}}", figure("i", 2, OLD, "A"));
        places(before, "('i', 1.0, 5.0)");
        places(after, "('i', 1.0, 5.0)");
        assertThat(whys(new Revisions(before, after).report(10), "indicators")).isEqualTo(Map.of("i", "new program"));
    }

    private static String figure(String indicator, double value, String vintage, String status) {
        return "('" + indicator + "', '_T', 'R', '2019', " + value + ", '" + status + "', DATE '" + vintage + "')";
    }

    private Path release(String name, String json, String... figures) throws SQLException, IOException {
        Path release = Files.createDirectories(folder.resolve(name));
        write(
                release,
                "indicators",
                "SELECT * FROM (VALUES " + String.join(", ", figures)
                        + ") t(indicator, breakdown, region, period, value, obs_status, vintage)");
        Files.writeString(release.resolve("release.json"), json);
        return release;
    }

    private static void places(Path release, String... gaps) throws SQLException, IOException {
        write(
                release,
                "doughnut",
                "SELECT 'd' AS framework, 's' AS boundary_set, 'l' AS lens, 'social' AS ring, 'food' AS dimension,"
                        + " indicator, '_T' AS breakdown, 'R' AS region, '2019' AS period, gap_percent, boundary,"
                        + " 0.0 AS baseline, 'A' AS obs_status, DATE '2020-01-01' AS vintage FROM (VALUES "
                        + String.join(", ", gaps) + ") t(indicator, gap_percent, boundary)");
    }

    private static void write(Path release, String table, String rows) throws SQLException, IOException {
        Path file = Files.createDirectories(release.resolve("parquet").resolve(table))
                .resolve("part-0.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + rows + ") TO '" + file + "' (FORMAT parquet)");
        }
    }

    private static Map<String, String> whys(JsonNode report, String table) {
        Map<String, String> whys = new TreeMap<>();
        report.path("changes").forEach(change -> {
            if (change.path("table").asText().equals(table)) {
                whys.put(change.path("indicator").asText(), change.path("why").asText());
            }
        });
        return whys;
    }

    private static JsonNode change(JsonNode report, String indicator) {
        for (JsonNode change : report.path("changes")) {
            if (change.path("indicator").asText().equals(indicator)) {
                return change;
            }
        }
        throw new AssertionError("no change of " + indicator + " in " + report);
    }
}
