package org.regionaldoughnut.app.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;

class ReleaseQueryTest {
    @TempDir
    Path storage;

    @Test
    void theLatestReleaseIsAskedByTheNamesOfItsTables() throws IOException, SQLException {
        release("isle-2026-03-01-1", 1);
        release("isle-2026-03-02-1", 2);
        Answer answer = new ReleaseQuery(storage)
                .run("select r.name, i.value, i.value from indicators i join regions r on r.code = i.region");
        assertThat(answer.columns()).containsExactly("name", "value", "value_2");
        assertThat(answer.rows()).containsExactly(Map.of("name", "North, \"upper\"", "value", 2.0, "value_2", 2.0));
    }

    @Test
    void timesListsAndMissingValuesAreGivenAsJsonKnowsThem() throws IOException, SQLException {
        release("isle-2026-03-01-1", 1);
        Answer answer = new ReleaseQuery(storage)
                .run("select vintage, [1, 2] as list, null as missing, {'a': 1} as pair, date '2020-01-02' as day, "
                        + "7::hugeint as big from indicators");
        StringWriter text = new StringWriter();
        Printer.json(answer, new PrintWriter(text));
        assertThat(text.toString())
                .isEqualTo("[{\"vintage\":\"2020-10-15T08:30:00Z\",\"list\":[1,2],\"missing\":null,"
                        + "\"pair\":{\"a\":1},\"day\":\"2020-01-02\",\"big\":7}]" + System.lineSeparator());
    }

    @Test
    void anAnswerIsWrittenAsParquet() throws IOException, SQLException {
        release("isle-2026-03-01-1", 3);
        Path file = storage.resolve("it's.parquet");
        ReleaseQuery query = new ReleaseQuery(storage);
        query.toParquet("select region, value, vintage from indicators; ", file);
        assertThat(query.run("select region, value from read_parquet('"
                                + file.toString().replace("'", "''") + "')")
                        .rows())
                .isEqualTo(query.run("select region, value from indicators").rows());
    }

    @Test
    void aMistakeInTheSqlIsSaidInOneSentenceWithTheTables() throws IOException, SQLException {
        release("isle-2026-03-01-1", 1);
        assertThatThrownBy(() -> new ReleaseQuery(storage).run("select * from indicator"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot run the query: ")
                .hasMessageContaining("indicator")
                .hasMessageEndingWith("Correct the SQL; the tables are indicators, regions.");
    }

    @Test
    void withoutAReleaseTheUserIsToldHowToGetOne() {
        assertThatThrownBy(() -> new ReleaseQuery(storage).run("select 1"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("there is no release in " + storage + " yet. Make one with 'doughnut run'");
    }

    @Test
    void anAnswerIsPrintedAsATableOrAsCsv() {
        Answer answer = new Answer(
                List.of("region", "value"),
                List.of(
                        Answer.row(
                                List.of("region", "value"), java.util.Arrays.asList("North, \"upper\"", 12_345_678.5)),
                        Answer.row(List.of("region", "value"), java.util.Arrays.asList("S\nE", null))));
        StringWriter table = new StringWriter();
        Printer.table(answer, new PrintWriter(table));
        assertThat(table.toString().lines())
                .containsExactly(
                        "region               value",
                        "--------------  ----------",
                        "North, \"upper\"  12345678.5",
                        "S E");
        StringWriter csv = new StringWriter();
        Printer.csv(answer, new PrintWriter(csv));
        assertThat(csv.toString()).isEqualTo("region,value\r\n\"North, \"\"upper\"\"\",12345678.5\r\n\"S\nE\",\r\n");
    }

    private void release(String id, double value) throws IOException, SQLException {
        Path folder = storage.resolve("releases").resolve(id);
        Files.createDirectories(folder.resolve("parquet/indicators"));
        Files.createDirectories(folder.resolve("parquet/regions"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select 'I1' as region, " + value
                    + "::double as value, timestamptz '2020-10-15 08:30:00+00' as vintage) to '" + folder
                    + "/parquet/indicators/part-0.parquet' (format parquet)");
            statement.execute("copy (select 'I1' as code, 'North, \"upper\"' as name) to '" + folder
                    + "/parquet/regions/part-0.parquet' (format parquet)");
        }
        Files.writeString(
                storage.resolve("releases/latest.json"), "{\"id\": \"" + id + "\", \"path\": \"releases/" + id + "\"}");
    }
}
