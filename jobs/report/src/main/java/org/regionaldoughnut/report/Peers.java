package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.report.Ranking.Peer;

/**
 * The regions of a level side by side, an indicator at a time. Each region's figure is the one nearest to the year of
 * the doughnut. Comparisons asked for lately are kept; how many does not depend on the number of regions.
 */
final class Peers {
    private static final int KEPT = 128;

    private final ReleaseDatabase database;
    private final Map<String, Ranking> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ranking> eldest) {
            return size() > KEPT;
        }
    };

    Peers(ReleaseDatabase database, String framework) {
        this.database = database;
        database.execute(
                "CREATE TABLE nearest AS SELECT * FROM (SELECT i.indicator, i.region, i.period, i.value, i.unit,"
                        + " i.lower, i.upper, i.obs_status, row_number() OVER (PARTITION BY i.indicator, i.region ORDER BY"
                        + " i.value IS NULL, abs(coalesce(i.reference_year, i.year) - y.year),"
                        + " coalesce(i.reference_year, i.year) DESC, i.period) AS place"
                        + " FROM indicators_files i,"
                        + " (SELECT max(try_cast(left(period, 4) AS INTEGER)) AS year FROM newest) y"
                        + " WHERE i.breakdown = '_T' AND (y.year IS NULL OR abs(coalesce(i.reference_year, i.year) - y.year) <= 2))"
                        + " WHERE place = 1 AND value IS NOT NULL");
        database.execute("CREATE TABLE gaps AS SELECT r.indicator, r.region, max(r.gap_percent) AS gap_percent"
                + " FROM doughnut r JOIN newest USING (region, period) WHERE r.framework = "
                + ReleaseDatabase.literal(framework) + " AND r.indicator NOT IN ('_T', '_Z') GROUP BY ALL");
        database.execute("CREATE TABLE places AS SELECT code, min(name) AS name, min(level) AS level"
                + " FROM regions_files GROUP BY code");
    }

    /** All regions of the level that have a figure, worst first where one way is better, else largest first. */
    Ranking ranking(String indicator, String level, Direction direction) {
        return kept.computeIfAbsent(
                level + " " + indicator + " " + direction, key -> Ranking.of(read(indicator, level), direction));
    }

    private List<Peer> read(String indicator, String level) {
        List<Peer> peers = new ArrayList<>();
        database.each(
                "SELECT n.region, p.name, n.period, n.value, n.lower, n.upper, g.gap_percent FROM nearest n"
                        + " JOIN places p ON p.code = n.region LEFT JOIN gaps g USING (indicator, region)"
                        + " WHERE n.indicator = ? AND p.level = ? AND isfinite(n.value) ORDER BY p.name, n.region",
                List.of(indicator, level),
                row -> peers.add(new Peer(
                        text(row, "region"),
                        text(row, "name").isBlank() ? text(row, "region") : text(row, "name"),
                        text(row, "period"),
                        row.getDouble("value"),
                        number(row, "lower"),
                        number(row, "upper"),
                        number(row, "gap_percent"))));
        return List.copyOf(peers);
    }

    /** The figure of one region, for instance of the one that holds the region of the page. */
    OptionalDouble figure(String indicator, Optional<String> region) {
        List<Double> values = new ArrayList<>();
        region.ifPresent(code -> database.each(
                "SELECT value FROM nearest WHERE indicator = ? AND region = ?",
                List.of(indicator, code),
                row -> number(row, "value").ifPresent(values::add)));
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.get(0));
    }

    /** Indicators with a figure for some region, with the number of regions. */
    Map<String, Integer> indicators() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        database.each(
                "SELECT indicator, count(*) AS n FROM nearest GROUP BY 1 ORDER BY 1",
                List.of(),
                row -> counts.put(text(row, "indicator"), row.getInt("n")));
        return counts;
    }

    /** Levels at which the indicator has figures, those with the fewest regions first. */
    List<String> levels(String indicator) {
        List<String> levels = new ArrayList<>();
        database.each(
                "SELECT p.level, count(*) AS n FROM nearest n JOIN places p ON p.code = n.region WHERE n.indicator = ?"
                        + " AND p.level NOT IN ('RESIDUAL', 'EXTRA') GROUP BY 1 ORDER BY n, 1",
                List.of(indicator),
                row -> levels.add(text(row, "level")));
        return levels;
    }
}
