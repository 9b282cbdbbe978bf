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
import java.util.OptionalInt;

/** Whether regions move towards their floors and ceilings: the released table {@code trends}, where there is one. */
final class Slopes {
    private static final String OWN = " FROM trends t WHERE t.framework = ? AND (t.boundary_set = ? OR ? = '')";

    private final ReleaseDatabase database;
    private final String framework;
    private final String boundarySet;

    /** @param boundarySet the set the gaps are measured against; empty for any */
    Slopes(ReleaseDatabase database, String framework, String boundarySet) {
        this.database = database;
        this.framework = framework;
        this.boundarySet = boundarySet;
    }

    /**
     * @param years number of observed years
     * @param slope percentage points a year; absent where the years are too few
     * @param error standard error of the slope
     * @param distance what is left of the shortfall or overshoot, in percent
     * @param needed change a year that leads to nothing in the target year
     */
    record Slope(
            String indicator,
            String region,
            String ring,
            int firstYear,
            int lastYear,
            int years,
            OptionalDouble slope,
            OptionalDouble error,
            OptionalInt targetYear,
            double distance,
            OptionalDouble needed,
            Optional<Boolean> onTrack) {}

    /** Of one region, by indicator. */
    Map<String, Slope> of(String region) {
        Map<String, Slope> slopes = new LinkedHashMap<>();
        if (database.has("trends")) {
            database.each(
                    "SELECT t.*" + OWN + " AND t.region = ? ORDER BY t.indicator, t.boundary_set, t.lens, t.dimension",
                    List.of(framework, boundarySet, boundarySet, region),
                    row -> slopes.putIfAbsent(text(row, "indicator"), slope(row)));
        }
        return slopes;
    }

    /** Of one indicator, by the names of the regions of a level. */
    List<Slope> of(String indicator, String level) {
        Map<String, Slope> slopes = new LinkedHashMap<>();
        if (database.has("trends")) {
            database.each(
                    "SELECT t.*, p.name" + OWN.replace(" WHERE", " JOIN places p ON p.code = t.region WHERE")
                            + " AND t.indicator = ? AND p.level = ? AND t.slope IS NOT NULL ORDER BY p.name, t.region,"
                            + " t.boundary_set, t.lens, t.dimension",
                    List.of(framework, boundarySet, boundarySet, indicator, level),
                    row -> slopes.putIfAbsent(text(row, "region"), slope(row)));
        }
        return new ArrayList<>(slopes.values());
    }

    private static Slope slope(ResultSet row) throws SQLException {
        boolean onTrack = row.getBoolean("on_track");
        boolean unknown = row.wasNull();
        return new Slope(
                text(row, "indicator"),
                text(row, "region"),
                text(row, "ring"),
                row.getInt("first_year"),
                row.getInt("last_year"),
                row.getInt("n"),
                number(row, "slope"),
                number(row, "slope_error"),
                whole(row, "target_year"),
                row.getDouble("distance_percent"),
                number(row, "rate_needed"),
                unknown ? Optional.empty() : Optional.of(onTrack));
    }
}
