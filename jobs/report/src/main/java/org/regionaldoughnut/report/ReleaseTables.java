package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;
import static org.regionaldoughnut.report.ReleaseDatabase.whole;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regionaldoughnut.model.Region;

/**
 * The rows of a release, a region at a time: what is held in memory does not grow with the number of regions, but for
 * their names. Only the newest doughnut of each region is read.
 */
final class ReleaseTables {
    private static final int NAMES_GIVEN = 6;

    private final ReleaseDatabase database;
    private final String framework;

    /** @param framework the framework whose rings make the doughnut */
    ReleaseTables(ReleaseDatabase database, String framework) {
        this.database = database;
        this.framework = framework;
    }

    /** Every region of the release, by level and name. */
    Map<String, Region> regions() {
        String sql = "SELECT code, name, level, parent, partial FROM regions_files" + " ORDER BY level, name, code";
        Map<String, Region> regions = new LinkedHashMap<>();
        database.each(sql, List.of(), row -> {
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
        database.each(
                "SELECT region, period FROM newest ORDER BY region",
                List.of(),
                row -> periods.put(text(row, "region"), text(row, "period")));
        return periods;
    }

    /** All rows of the region's newest doughnut, other frameworks included. */
    List<DoughnutRow> doughnut(String region) {
        List<DoughnutRow> rows = new ArrayList<>();
        database.each(
                "SELECT r.* FROM doughnut r JOIN newest USING (region, period) WHERE region = ?"
                        + " ORDER BY framework, ring, dimension, in_median DESC, indicator, lens",
                List.of(region),
                row -> rows.add(doughnutRow(row)));
        return rows;
    }

    /** All figures of the region. */
    List<Figure> figures(String region) {
        List<Figure> figures = new ArrayList<>();
        database.each(
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
        database.each(sql, List.of(framework), row -> {
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

    private static OptionalDouble share(ResultSet row, String column) throws SQLException {
        OptionalDouble share = number(row, column);
        return share.isPresent() && share.getAsDouble() < 0 ? OptionalDouble.empty() : share;
    }
}
