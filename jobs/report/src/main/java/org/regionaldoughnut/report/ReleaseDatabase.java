package org.regionaldoughnut.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.ReleaseView;

/**
 * The Parquet tables of a release, and of the one before it, in DuckDB: views {@code indicators_files, doughnut_files,
 * regions_files, doughnut} (headline rows of the boundary set), the further tables under their own names where the
 * release has them, the assets map of the newest year as table {@code assets}, the table {@code newest(region, period)} of each
 * region's newest doughnut, and {@code earlier} (the doughnut of the release before, where there is one).
 */
final class ReleaseDatabase implements AutoCloseable {
    private static final List<String> TABLES = List.of("indicators", "doughnut", "regions");
    private static final List<String> FURTHER = List.of("trends", "doughnut_sensitivity", "indicators_breakdown");

    private final Path release;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean hasEarlier;

    private ReleaseDatabase(Path release, Connection connection) {
        this.release = release;
        this.connection = connection;
    }

    /**
     * @param framework the framework whose rings make the doughnut
     * @param boundarySet the set its rows were held against; empty for any
     * @param earlier folder of the release before
     * @throws DoughnutException where a table is not there or cannot be read
     */
    static ReleaseDatabase open(Path release, String framework, String boundarySet, Optional<Path> earlier) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            ReleaseDatabase database = new ReleaseDatabase(release, connection);
            database.prepare(framework, boundarySet, earlier);
            return database;
        } catch (SQLException e) {
            throw closing(connection, failure(release, e));
        } catch (DoughnutException e) {
            throw closing(connection, e);
        }
    }

    /** Loads the database's own library. */
    static void load() {
        try {
            DriverManager.getConnection("jdbc:duckdb:").close();
        } catch (SQLException e) {
            throw new DoughnutException(
                    ExitCode.INTERNAL_ERROR,
                    "Cannot load DuckDB, which reads the releases: " + e.getMessage() + ".",
                    e);
        }
    }

    private static DoughnutException closing(Connection connection, DoughnutException failure) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private void prepare(String framework, String boundarySet, Optional<Path> earlier) throws SQLException {
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        execute("SET threads = 1");
        for (String table : TABLES) {
            Path folder = release.resolve("parquet").resolve(table);
            if (!Files.isDirectory(folder)) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot write the pages of " + release.getFileName() + ": the table " + table + " is not in "
                                + folder + ". Build the release with `publish` first.");
            }
            execute("CREATE VIEW " + table + "_files AS SELECT * FROM " + files(folder));
        }
        String set = boundarySet.isEmpty() ? "" : " AND boundary_set = " + literal(boundarySet);
        execute("CREATE VIEW doughnut AS SELECT * FROM doughnut_files WHERE breakdown IN ('_T', '_Z')" + set);
        execute("CREATE TABLE newest AS SELECT region, max(period) AS period FROM doughnut WHERE framework = "
                + literal(framework) + " GROUP BY region");
        for (String table : FURTHER) {
            if (has(table)) {
                execute("CREATE VIEW " + table + " AS SELECT * FROM "
                        + files(release.resolve("parquet").resolve(table)));
            }
        }
        execute("CREATE VIEW indicators AS SELECT * FROM indicators_files");
        execute("CREATE VIEW regions AS SELECT * FROM regions_files");
        execute("CREATE TABLE assets AS WITH map AS (" + ReleaseView.ASSETS.query()
                + ") SELECT m.* FROM map m JOIN newest n ON n.region = m.region AND CAST(m.year AS VARCHAR) ="
                + " left(n.period, 4)");
        Optional<Path> before =
                earlier.map(folder -> folder.resolve("parquet/doughnut")).filter(Files::isDirectory);
        hasEarlier = before.isPresent();
        if (hasEarlier) {
            execute("CREATE VIEW earlier AS SELECT * FROM " + files(before.get())
                    + " WHERE breakdown IN ('_T', '_Z') AND indicator NOT IN ('_T', '_Z') AND framework = "
                    + literal(framework));
        }
    }

    boolean hasEarlier() {
        return hasEarlier;
    }

    /** Whether the release holds the table, as a folder of Parquet files. */
    boolean has(String table) {
        return Files.isDirectory(release.resolve("parquet").resolve(table));
    }

    static String files(Path folder) {
        return "read_parquet(" + literal(folder + "/**/*.parquet") + ", union_by_name = true)";
    }

    Path release() {
        return release;
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(release, e);
        }
    }

    /** Reads one row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    void each(String sql, List<String> parameters, RowReader reader) {
        try {
            PreparedStatement statement = statements.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw failure(release, e);
        }
    }

    static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static OptionalInt whole(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Texts.printable(row.getString(column));
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static DoughnutException failure(Path release, SQLException e) {
        return new DoughnutException(
                ExitCode.DATA_REFUSED,
                "Cannot read the tables of " + release.getFileName() + ": " + e.getMessage()
                        + ". Check the Parquet files under " + release.resolve("parquet")
                        + " or build the release again.",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(release, e);
        }
    }
}
