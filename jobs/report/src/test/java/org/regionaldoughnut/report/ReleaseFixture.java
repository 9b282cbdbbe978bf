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

    private static final String TRENDS = "framework VARCHAR, boundary_set VARCHAR, lens VARCHAR, ring VARCHAR,"
            + " dimension VARCHAR, indicator VARCHAR, region VARCHAR, first_year INTEGER, last_year INTEGER, n INTEGER,"
            + " first_percent DOUBLE, last_percent DOUBLE, slope DOUBLE, slope_error DOUBLE, lag INTEGER,"
            + " slope_reason VARCHAR, error_reason VARCHAR, target_year INTEGER, distance_percent DOUBLE,"
            + " rate_needed DOUBLE, rate_reason VARCHAR, on_track BOOLEAN, run VARCHAR";

    private final Path release;
    private final Connection connection;

    ReleaseFixture(Path release) throws SQLException {
        this.release = release;
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE indicators (" + INDICATORS + ")");
            statement.execute("CREATE TABLE doughnut (" + DOUGHNUT + ")");
            statement.execute("CREATE TABLE regions (" + REGIONS + ")");
            statement.execute("CREATE TABLE indicators_breakdown (" + INDICATORS + ")");
            statement.execute("CREATE TABLE trends (" + TRENDS + ")");
            statement.execute("CREATE TABLE doughnut_sensitivity (" + DOUGHNUT + ")");
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

    /** A figure of 2019 for a part of the region. */
    ReleaseFixture part(String region, String indicator, String breakdown, double value, String unit)
            throws SQLException {
        return insert(
                "indicators_breakdown",
                "indicator, breakdown, region, period, year, value, unit, reference_year, origin, obs_status",
                indicator,
                breakdown,
                region,
                "2019",
                2019,
                value,
                unit,
                2019,
                "published",
                "A");
    }

    /** A trend from 2010 to 2019; the error may be absent. */
    ReleaseFixture trend(
            String region, String ring, String indicator, double slope, Double error, double distance, Boolean onTrack)
            throws SQLException {
        return insert(
                "trends",
                "framework, boundary_set, lens, ring, dimension, indicator, region, first_year, last_year, n,"
                        + " first_percent, last_percent, slope, slope_error, lag, target_year, distance_percent,"
                        + " rate_needed, on_track",
                "doughnut",
                "test-set",
                "local-" + ring,
                ring,
                "any",
                indicator,
                region,
                2010,
                2019,
                error == null ? 7 : 10,
                distance - 9 * slope,
                distance,
                slope,
                error,
                4,
                2030,
                distance,
                distance / 11,
                onTrack);
    }

    /** The gap of an indicator, or of a ring as {@code _T}, in 2019 under another boundary set. */
    ReleaseFixture under(String set, String region, String ring, String indicator, Double gap) throws SQLException {
        return insert(
                "doughnut_sensitivity",
                "framework, boundary_set, lens, ring, dimension, indicator, breakdown, region, period, year,"
                        + " gap_percent, in_median, obs_status",
                "doughnut",
                set,
                "local-" + ring,
                ring,
                "any",
                indicator,
                "_T",
                region,
                "2019",
                2019,
                gap,
                true,
                "A");
    }

    /** An indicator in its place of the eight capitals, in 2019; without a value it is missing. */
    ReleaseFixture capital(String region, String capital, String indicator, Double value, String unit)
            throws SQLException {
        return insert(
                "doughnut",
                "framework, boundary_set, lens, ring, dimension, indicator, breakdown, region, period, year, value,"
                        + " unit, direction, in_median, obs_status, reference_year, reason",
                "eight-capitals",
                "test-set",
                "local-social",
                "_Z",
                capital,
                indicator,
                "_T",
                region,
                "2019",
                2019,
                value,
                unit,
                "lower",
                false,
                value == null ? "O" : "A",
                value == null ? null : 2019,
                value == null ? "no source of the office holds it" : null);
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
        for (String table : new String[] {
            "indicators", "doughnut", "regions", "trends", "doughnut_sensitivity", "indicators_breakdown"
        }) {
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
