package org.regionaldoughnut.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes a release folder's Parquet with DuckDB, row by row. Figures are invented. */
final class ReleaseFixture implements AutoCloseable {
    private static final String INDICATORS = "indicator VARCHAR, breakdown VARCHAR, region VARCHAR, period VARCHAR,"
            + " year INTEGER, value DOUBLE, unit VARCHAR, lower DOUBLE, upper DOUBLE, confidence_level DOUBLE,"
            + " numerator DOUBLE, denominator DOUBLE, reference_year INTEGER, origin VARCHAR, obs_status VARCHAR,"
            + " conf_status VARCHAR, coverage_regions DOUBLE, coverage_population DOUBLE, reason VARCHAR,"
            + " vintage TIMESTAMP, run VARCHAR";
    private static final String DOUGHNUT = "framework VARCHAR, boundary_set VARCHAR, lens VARCHAR, ring VARCHAR,"
            + " dimension VARCHAR, indicator VARCHAR, breakdown VARCHAR, region VARCHAR, period VARCHAR, year INTEGER,"
            + " value DOUBLE, unit VARCHAR, direction VARCHAR, form VARCHAR, boundary DOUBLE, baseline DOUBLE,"
            + " ratio DOUBLE, gap_percent DOUBLE, q1 DOUBLE, q3 DOUBLE, n INTEGER, n_dimensions INTEGER,"
            + " in_median BOOLEAN, obs_status VARCHAR, conf_status VARCHAR, reference_year INTEGER, proxy VARCHAR,"
            + " reason VARCHAR, vintage TIMESTAMP, run VARCHAR";
    private static final String REGIONS = "code VARCHAR, scheme VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR,"
            + " valid_from DATE, valid_to DATE, partial VARCHAR";

    private final Path release;
    private final Connection connection;

    ReleaseFixture(Path release) throws SQLException {
        this.release = release;
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE indicators (" + INDICATORS + ")");
            statement.execute("CREATE TABLE doughnut (" + DOUGHNUT + ")");
            statement.execute("CREATE TABLE regions (" + REGIONS + ")");
        }
        connection.setAutoCommit(false);
    }

    ReleaseFixture region(String code, String name, String level, String parent) throws SQLException {
        return insert("regions", "code, scheme, name, level, parent", code, "TEST", name, level, parent);
    }

    /** A figure of table indicators, fully covered. */
    ReleaseFixture figure(String region, String indicator, String period, Double value, String unit)
            throws SQLException {
        int year = Integer.parseInt(period.substring(0, 4));
        return insert(
                "indicators",
                "indicator, breakdown, region, period, year, value, unit, reference_year, origin, obs_status,"
                        + " coverage_regions, coverage_population",
                indicator,
                "_T",
                region,
                period,
                year,
                value,
                unit,
                year,
                "published",
                "A",
                1.0,
                1.0);
    }

    /** A row of the doughnut 2019 whose floor or ceiling is given with the gap. */
    ReleaseFixture row(
            String region,
            String ring,
            String dimension,
            String indicator,
            Double value,
            String unit,
            String form,
            Double boundary,
            Double gap,
            String proxy)
            throws SQLException {
        Double ratio = gap == null ? null : ring.equals("social") ? (100 - gap) / 100 : gap / 100 + 1;
        return insert(
                "doughnut",
                "framework, boundary_set, lens, ring, dimension, indicator, breakdown, region, period, year, value,"
                        + " unit, direction, form, boundary, baseline, ratio, gap_percent, in_median, obs_status,"
                        + " reference_year, proxy",
                "doughnut",
                "test-set",
                "local-" + ring,
                ring,
                dimension,
                indicator,
                "_T",
                region,
                "2019",
                2019,
                value,
                unit,
                "lower",
                form,
                boundary,
                boundary == null ? null : 0.0,
                ratio,
                gap,
                proxy == null,
                proxy == null ? "A" : "D",
                2019,
                proxy);
    }

    ReleaseFixture missing(String region, String ring, String dimension, String indicator, String reason)
            throws SQLException {
        return insert(
                "doughnut",
                "framework, boundary_set, lens, ring, dimension, indicator, breakdown, region, period, year,"
                        + " in_median, obs_status, reason",
                "doughnut",
                "test-set",
                "local-" + ring,
                ring,
                dimension,
                indicator,
                "_T",
                region,
                "2019",
                2019,
                false,
                "O",
                reason);
    }

    ReleaseFixture median(
            String region, String ring, Double median, Double q1, Double q3, int n, int dimensions, String reason)
            throws SQLException {
        return insert(
                "doughnut",
                "framework, boundary_set, lens, ring, dimension, indicator, breakdown, region, period, year,"
                        + " gap_percent, q1, q3, n, n_dimensions, in_median, obs_status, reason",
                "doughnut",
                "test-set",
                "_T",
                ring,
                "_T",
                "_T",
                "_T",
                region,
                "2019",
                2019,
                median,
                q1,
                q3,
                n,
                dimensions,
                false,
                median == null ? "O" : "A",
                reason);
    }

    private ReleaseFixture insert(String table, String columns, Object... values) throws SQLException {
        String marks = "?" + ", ?".repeat(values.length - 1);
        String sql = "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
        return this;
    }

    /** Writes the Parquet files and the given release.json. */
    Path write(String json) throws SQLException, IOException {
        for (String table : new String[] {"indicators", "doughnut", "regions"}) {
            Path folder = Files.createDirectories(release.resolve("parquet").resolve(table));
            try (var statement = connection.createStatement()) {
                statement.execute("COPY " + table + " TO '"
                        + folder.resolve("part-0.parquet").toString().replace("'", "''") + "' (FORMAT parquet)");
            }
        }
        Files.writeString(release.resolve("release.json"), json);
        return release;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
