package org.regionaldoughnut.app.query;

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
import java.util.Properties;
import java.util.stream.Stream;
import org.regionaldoughnut.office.ReleaseView;
import org.regionaldoughnut.publish.Releases;

/**
 * Asks the latest release in DuckDB's SQL: a view for each of its tables (indicators, doughnut, regions)
 * and those made from them ({@link ReleaseView}). No Spark is
 * started and nothing but the release's files is opened.
 */
public final class ReleaseQuery {
    private final Path storage;

    /** @param storage folder that holds releases/ */
    public ReleaseQuery(Path storage) {
        this.storage = storage;
    }

    /**
     * @throws org.regionaldoughnut.model.DoughnutException where there is no release or the SQL cannot be run
     */
    public Answer run(String sql) {
        Path release = new Releases(storage)
                .latest()
                .orElseThrow(() -> QueryProblem.noRelease(storage))
                .folder();
        List<String> tables = tables(release.resolve("parquet"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", offline());
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("CREATE VIEW \"" + table + "\" AS SELECT * FROM read_parquet('"
                        + (release.resolve("parquet").resolve(table) + "/*.parquet").replace("'", "''") + "')");
            }
            for (ReleaseView view : ReleaseView.ALL) {
                if (tables.containsAll(view.tables())) {
                    statement.execute("CREATE VIEW \"" + view.name() + "\" AS " + view.query());
                }
            }
            return statement.execute(sql) ? answer(statement) : new Answer(List.of(), List.of());
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
