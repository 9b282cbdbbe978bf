package org.regionaldoughnut.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.office.Catalogue;

/**
 * A release of invented figures: so many regions of one level, every indicator of the catalogue over ten years, a
 * doughnut of the last. Written by DuckDB, so that it costs seconds.
 */
final class GeneratedRelease {
    private static final String LAST = "2019";

    private GeneratedRelease() {}

    static Path write(Path release, Catalogue catalogue, int regions) throws SQLException, IOException {
        IngestBenchmark.emptied(release);
        Files.createDirectories(release);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE regions AS SELECT 'R' || lpad(i::VARCHAR, 5, '0') AS code, 'TEST' AS scheme,"
                    + " 'Region number ' || i AS name, 'NUTS3' AS level, NULL::VARCHAR AS parent, NULL::DATE AS"
                    + " valid_from, NULL::DATE AS valid_to, NULL::VARCHAR AS partial FROM range(" + regions + ") r(i)");
            slots(sql, catalogue);
            sql.execute("CREATE TABLE indicators AS SELECT s.indicator, '_T' AS breakdown, r.code AS region,"
                    + " y.year::VARCHAR AS period, y.year::INTEGER AS year, round(5 + 40 * abs(hash(s.indicator || r.code"
                    + " || y.year) % 1000) / 1000.0, 2) AS value, s.unit, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,"
                    + " NULL::DOUBLE AS confidence_level, y.year::INTEGER AS reference_year, 'published' AS origin, 'A' AS"
                    + " obs_status, 'F' AS conf_status, 1.0 AS coverage_regions, 1.0 AS coverage_population, NULL::VARCHAR"
                    + " AS reason FROM (SELECT DISTINCT indicator, unit FROM slots) s, regions r, range(2010, 2020)"
                    + " y(year) ORDER BY region, indicator, period");
            sql.execute("CREATE TABLE doughnut AS SELECT s.framework, 'bench' AS boundary_set, s.lens, s.ring,"
                    + " s.dimension, s.indicator, '_T' AS breakdown, i.region, i.period, i.year, i.value, s.unit,"
                    + " 'lower' AS direction, 'share' AS form, NULL::DOUBLE AS boundary, 1 - i.value / 100 AS"
                    + " ratio, i.value AS gap_percent, NULL::DOUBLE AS q1, NULL::DOUBLE AS q3, NULL::INTEGER AS n,"
                    + " NULL::INTEGER AS n_dimensions, true AS in_median, 'A' AS obs_status, i.reference_year,"
                    + " NULL::VARCHAR AS proxy, NULL::VARCHAR AS reason FROM slots s JOIN indicators i USING"
                    + " (indicator) WHERE i.period = '" + LAST
                    + "' UNION ALL BY NAME SELECT 'doughnut' AS framework, 'bench' AS boundary_set, '_T' AS"
                    + " lens, ring, '_T' AS dimension, '_T' AS indicator, '_T'"
                    + " AS breakdown,"
                    + " i.region,"
                    + " '" + LAST + "' AS period, " + LAST
                    + " AS year, median(i.value) AS gap_percent, quantile_cont(i.value, 0.25) AS q1,"
                    + " quantile_cont(i.value, 0.75) AS q3, count(*)::INTEGER AS n, 6 AS n_dimensions, false"
                    + " AS in_median, 'A' AS obs_status FROM slots s JOIN indicators i USING (indicator) WHERE"
                    + " framework = 'doughnut' AND i.period = '"
                    + LAST + "' GROUP BY ring, i.region ORDER BY region");
            for (String table : new String[] {"indicators", "doughnut", "regions"}) {
                Path folder = Files.createDirectories(release.resolve("parquet").resolve(table));
                sql.execute("COPY " + table + " TO '" + folder.resolve("part-0.parquet") + "' (FORMAT parquet)");
            }
        }
        Files.writeString(release.resolve("release.json"), "{\"id\":\"bench\",\"created\":\"2026-01-01T00:00:00Z\"}");
        return release;
    }

    private static void slots(Statement sql, Catalogue catalogue) throws SQLException {
        sql.execute("CREATE TABLE slots (framework VARCHAR, ring VARCHAR, dimension VARCHAR, indicator VARCHAR,"
                + " lens VARCHAR, unit VARCHAR)");
        try (var insert = sql.getConnection().prepareStatement("INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Indicator indicator : catalogue.indicators().values()) {
                for (Indicator.Slot slot : indicator.slots()) {
                    if (slot.headline()) {
                        insert.setString(1, slot.framework());
                        insert.setString(2, slot.ring().isEmpty() ? Framework.NO_RING : slot.ring());
                        insert.setString(3, slot.dimension());
                        insert.setString(4, indicator.id());
                        insert.setString(5, indicator.lens());
                        insert.setString(6, indicator.unit());
                        insert.execute();
                    }
                }
            }
        }
    }
}
