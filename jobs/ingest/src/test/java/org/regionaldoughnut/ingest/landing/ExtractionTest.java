package org.regionaldoughnut.ingest.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Place;

/** Extractions from a database in memory; {@link PostgresExtractionTest} runs the same on PostgreSQL. */
class ExtractionTest {
    @TempDir
    Path folder;

    private Connection connection;

    String url() {
        return "jdbc:h2:mem:extraction;DATABASE_TO_LOWER=TRUE";
    }

    @BeforeEach
    void fill() throws SQLException {
        connection = DriverManager.getConnection(url());
        execute("drop table if exists figures");
        execute("create table figures (region varchar(10), persons numeric(12, 1), note varchar(80), changed bigint)");
        execute("insert into figures values ('N1', 100.5, 'a \"quoted\" line" + "\nbreak', 1), ('N2', null, null, 2)");
    }

    @AfterEach
    void close() throws SQLException {
        execute("drop table if exists figures");
        connection.close();
    }

    @Test
    void theSameRowsAreTheSameFileAndChangedOnesAnother() throws Exception {
        Place.Database whole = place(Optional.empty());
        extract(whole);
        Path file = folder.resolve("extraction.jsonl.gz");
        byte[] first = Files.readAllBytes(file);
        assertThat(lines(file))
                .containsExactly(
                        "{\"region\":\"N1\",\"persons\":\"100.5\",\"note\":\"a \\\"quoted\\\" line\\nbreak\",\"changed\":\"1\"}",
                        "{\"region\":\"N2\",\"persons\":null,\"note\":null,\"changed\":\"2\"}");
        extract(whole);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        execute("update figures set persons = 7 where region = 'N2'");
        extract(whole);
        assertThat(lines(file).get(1)).contains("\"persons\":\"7.0\"");
    }

    @Test
    void rowsBeyondTheLastOnesSeenBecomeFilesThatAppend() throws Exception {
        Place.Database growing = place(Optional.of("changed"));
        extract(growing);
        extract(growing);
        assertThat(files()).containsExactly("extraction-000001.jsonl.gz");
        execute("insert into figures values ('N3', 3, null, 5)");
        execute("update figures set persons = 8, changed = 6 where region = 'N1'");
        extract(growing);
        extract(growing);
        assertThat(files()).containsExactly("extraction-000001.jsonl.gz", "extraction-000002.jsonl.gz");
        assertThat(lines(folder.resolve("extraction-000002.jsonl.gz")))
                .satisfiesExactly(
                        l -> assertThat(l).contains("\"N3\"").endsWith("\"ACTION\":\"A\"}"),
                        l -> assertThat(l).contains("\"N1\"", "\"8.0\"").endsWith("\"ACTION\":\"A\"}"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerOrAQueryThatIsWrongEndsWithExitCodeFiveAndTellsNoSecret() {
        for (String query : List.of(
                "select nothing from figures",
                "select region, region as action from figures",
                "select * from figures where 1 = 0")) {
            Place.Database wrong = new Place.Database(
                    url(), Optional.empty(), Optional.of("${secret:WORD}"), query, Optional.empty(), List.of());
            assertThatThrownBy(() -> new Extraction("figures", wrong, url(), Optional.empty(), Optional.empty(), folder)
                            .extract())
                    .as(query)
                    .isInstanceOf(DoughnutException.class)
                    .hasMessageStartingWith("Cannot extract the source 'figures' from jdbc:")
                    .satisfies(
                            e -> assertThat(((DoughnutException) e).exitCode()).isEqualTo(ExitCode.SOURCE_UNAVAILABLE));
        }
        Place.Database nowhere = new Place.Database(
                "jdbc:postgresql://127.0.0.1:1/none?password=${secret:WORD}",
                Optional.empty(),
                Optional.empty(),
                "select 1",
                Optional.empty(),
                List.of());
        assertThatThrownBy(() -> new Extraction(
                                "figures",
                                nowhere,
                                "jdbc:postgresql://127.0.0.1:1/none?password=s3cret",
                                Optional.empty(),
                                Optional.of("s3cret"),
                                folder)
                        .extract())
                .isInstanceOf(DoughnutException.class)
                .hasMessageNotContaining("s3cret");
        assertThat(folder.resolve("extraction.jsonl.gz")).doesNotExist();
    }

    private Place.Database place(Optional<String> incrementalBy) {
        return new Place.Database(
                url(), Optional.empty(), Optional.empty(), "select * from figures", incrementalBy, List.of());
    }

    private void extract(Place.Database place) {
        new Extraction("figures", place, url(), Optional.empty(), Optional.empty(), folder).extract();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> !f.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
