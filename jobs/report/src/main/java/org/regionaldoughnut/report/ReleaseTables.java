package org.regionaldoughnut.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Region;

/**
 * The Parquet tables of a release through DuckDB, a region at a time: what is held in memory does not grow with the
 * number of regions, but for their names. Only the newest doughnut of each region is read.
 */
final class ReleaseTables implements AutoCloseable {
    private static final List<String> TABLES = List.of("indicators", "doughnut", "regions");
    private static final int NAMES_GIVEN = 6;

    private final Path release;
    private final Connection connection;
    private final String framework;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private ReleaseTables(Path release, Connection connection, String framework) {
        this.release = release;
        this.connection = connection;
        this.framework = framework;
    }

    /**
     * @param framework the framework whose rings make the doughnut
     * @param boundarySet the set its rows were held against; empty for any
     * @throws DoughnutException where a table is not there or cannot be read
     */
    static ReleaseTables open(Path release, String framework, String boundarySet) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            ReleaseTables tables = new ReleaseTables(release, connection, framework);
            tables.prepare(boundarySet);
            return tables;
        } catch (SQLException e) {
            throw closing(connection, failure(release, e));
        } catch (DoughnutException e) {
            throw closing(connection, e);
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

    private void prepare(String boundarySet) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET threads = 1");
            for (String table : TABLES) {
                Path folder = release.resolve("parquet").resolve(table);
                if (!Files.isDirectory(folder)) {
                    throw new DoughnutException(
                            ExitCode.CONFIGURATION,
                            "Cannot write the pages of " + release.getFileName() + ": the table " + table
                                    + " is not in " + folder + ". Build the release with `publish` first.");
                }
                statement.execute("CREATE VIEW " + table + "_files AS SELECT * FROM read_parquet("
                        + literal(folder + "/**/*.parquet") + ", union_by_name = true)");
            }
            String set = boundarySet.isEmpty() ? "" : " AND boundary_set = " + literal(boundarySet);
            statement.execute(
                    "CREATE VIEW doughnut AS SELECT * FROM doughnut_files WHERE breakdown IN ('_T', '_Z')" + set);
            statement.execute("CREATE TABLE newest AS SELECT region, max(period) AS period FROM doughnut"
                    + " WHERE framework = " + literal(framework) + " GROUP BY region");
        }
    }

    /** Every region of the release, by level and name. */
    Map<String, Region> regions() {
        String sql = "SELECT code, name, level, parent, partial FROM regions_files" + " ORDER BY level, name, code";
        Map<String, Region> regions = new LinkedHashMap<>();
        each(sql, List.of(), row -> {
            String code = text(row, "code");
            Region region = new Region(
                    code,
                    text(row, "name").isBlank() ? code : text(row, "name"),
                    text(row, "level"),
                    Optional.of(text(row, "parent")).filter(parent -> !parent.isEmpty()),
                    List.of());
            regions.putIfAbsent(code, region);
        });
        return regions;
    }

    /** Codes of the regions with a doughnut and its period, in order of code. */
    Map<String, String> periods() {
        Map<String, String> periods = new LinkedHashMap<>();
        each(
                "SELECT region, period FROM newest ORDER BY region",
                List.of(),
                row -> periods.put(text(row, "region"), text(row, "period")));
        return periods;
    }

    /** All rows of the region's newest doughnut, other frameworks included. */
    List<DoughnutRow> doughnut(String region) {
        List<DoughnutRow> rows = new ArrayList<>();
        each(
                "SELECT r.* FROM doughnut r JOIN newest USING (region, period) WHERE region = ?"
                        + " ORDER BY framework, ring, dimension, in_median DESC, indicator, lens",
                List.of(region),
                row -> rows.add(doughnutRow(row)));
        return rows;
    }

    /** All figures of the region. */
    List<Figure> figures(String region) {
        List<Figure> figures = new ArrayList<>();
        each(
                "SELECT * FROM indicators_files WHERE region = ? AND breakdown = '_T' ORDER BY indicator, period",
                List.of(region),
                row -> figures.add(figure(row)));
        return figures;
    }

    /** Indicators of the doughnut that not every region of a level has, by level. */
    List<Area> areas() {
        List<Area> areas = new ArrayList<>();
        String sql = "SELECT r.indicator, g.level, count(r.value) AS have, count(*) AS regions,"
                + " string_agg(CASE WHEN r.value IS NULL THEN g.name END, '; ' ORDER BY g.name) AS without"
                + " FROM doughnut r JOIN newest USING (region, period)"
                + " JOIN (SELECT code, min(level) AS level, min(name) AS name FROM regions_files GROUP BY code) g"
                + " ON g.code = r.region WHERE r.framework = ? AND r.indicator NOT IN ('_T', '_Z')"
                + " GROUP BY ALL HAVING count(r.value) BETWEEN 1 AND count(*) - 1 ORDER BY ALL";
        each(sql, List.of(framework), row -> {
            List<String> without = List.of(text(row, "without").split("; "));
            areas.add(new Area(
                    text(row, "indicator"),
                    text(row, "level"),
                    row.getInt("have"),
                    row.getInt("regions"),
                    without.size() > NAMES_GIVEN ? List.of() : without));
        });
        return areas;
    }

    /**
     * @param have regions of the level with a figure
     * @param without names of those without, empty where they are many
     */
    record Area(String indicator, String level, int have, int regions, List<String> without) {}

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, List<String> parameters, RowReader reader) {
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

    private static DoughnutRow doughnutRow(ResultSet row) throws SQLException {
        return new DoughnutRow(
                text(row, "region"),
                text(row, "framework"),
                text(row, "lens"),
                text(row, "ring"),
                text(row, "dimension"),
                text(row, "indicator"),
                text(row, "period"),
                number(row, "value"),
                text(row, "unit"),
                text(row, "form"),
                number(row, "boundary"),
                number(row, "ratio"),
                number(row, "gap_percent"),
                number(row, "q1"),
                number(row, "q3"),
                whole(row, "n"),
                whole(row, "n_dimensions"),
                row.getBoolean("in_median"),
                text(row, "obs_status"),
                whole(row, "reference_year"),
                text(row, "proxy"),
                text(row, "reason"));
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(
                text(row, "indicator"),
                text(row, "period"),
                row.getInt("year"),
                number(row, "value"),
                text(row, "unit"),
                number(row, "lower"),
                number(row, "upper"),
                number(row, "confidence_level"),
                whole(row, "reference_year"),
                text(row, "obs_status"),
                share(row, "coverage_regions"),
                share(row, "coverage_population"),
                text(row, "reason"));
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalDouble share(ResultSet row, String column) throws SQLException {
        OptionalDouble share = number(row, column);
        return share.isPresent() && share.getAsDouble() < 0 ? OptionalDouble.empty() : share;
    }

    private static OptionalInt whole(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Texts.printable(row.getString(column));
    }

    private static String literal(String text) {
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
