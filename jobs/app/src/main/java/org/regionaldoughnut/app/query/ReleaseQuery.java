package org.regionaldoughnut.app.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.regionaldoughnut.publish.Releases;

/**
 * Asks the latest release in DuckDB's SQL: a view for each of its tables. No Spark is started and nothing but the
 * release's files is opened.
 */
public final class ReleaseQuery implements Question {
    private final Path storage;

    /** @param storage folder that holds releases/ */
    public ReleaseQuery(Path storage) {
        this.storage = storage;
    }

    /** Work on an open connection. */
    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    /**
     * @throws org.regionaldoughnut.model.DoughnutException where there is no release or the SQL cannot be run
     */
    @Override
    public Answer run(String sql) {
        return on(statement -> statement.execute(sql) ? answer(statement) : new Answer(List.of(), List.of()));
    }

    @Override
    public void toParquet(String sql, Path file) {
        String question = sql.strip().replaceFirst(";\\s*$", "");
        on(statement -> statement.execute("COPY (" + question + ") TO '"
                + file.toString().replace("'", "''") + "' (FORMAT parquet, COMPRESSION zstd)"));
    }

    @Override
    public List<String> tables() {
        return tables(release().resolve("parquet"));
    }

    @Override
    public Answer schema(String table) {
        if (!tables().contains(table)) {
            throw QueryProblem.unknownTable(table, tables());
        }
        Answer described =
                run("select column_name as \"column\", column_type as type from (describe \"" + table + "\")");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : described.rows()) {
            String column = String.valueOf(row.get("column"));
            rows.add(Answer.row(
                    List.of("column", "type", "meaning"),
                    List.of(column, row.get("type"), meaning(table, column).orElse(""))));
        }
        return new Answer(List.of("column", "type", "meaning"), rows);
    }

    @Override
    public Optional<String> meaning(String table, String column) {
        Path dictionary = release().resolve("dictionary.json");
        if (!Files.isRegularFile(dictionary)) {
            return Optional.empty();
        }
        try {
            for (JsonNode described :
                    new ObjectMapper().readTree(dictionary.toFile()).path("tables")) {
                for (JsonNode known : described.path("columns")) {
                    if (described.path("name").asText().equals(table)
                            && known.path("name").asText().equals(column)) {
                        return Optional.of(known.path("description").asText());
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path release() {
        return new Releases(storage)
                .latest()
                .orElseThrow(() -> QueryProblem.noRelease(storage))
                .folder();
    }

    private <T> T on(Work<T> work) {
        Path release = release();
        List<String> tables = tables(release.resolve("parquet"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", offline());
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("CREATE VIEW \"" + table + "\" AS SELECT * FROM read_parquet('"
                        + (release.resolve("parquet").resolve(table) + "/*.parquet").replace("'", "''") + "')");
            }
            return work.on(statement);
        } catch (SQLException e) {
            throw QueryProblem.refused(e, tables);
        }
    }

    /** The answer depends on the files here alone: nothing is fetched to give it. */
    private static Properties offline() {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        return properties;
    }

    private static List<String> tables(Path folder) {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(Statement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            ResultSetMetaData about = result.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                names.add(about.getColumnLabel(i));
            }
            List<String> columns = Answer.unique(names);
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(result.getObject(i));
                }
                rows.add(Answer.row(columns, values));
            }
            return new Answer(columns, rows);
        }
    }
}
