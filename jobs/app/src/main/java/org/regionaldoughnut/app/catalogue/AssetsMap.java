package org.regionaldoughnut.app.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.app.query.Answer;
import org.regionaldoughnut.app.query.ReleaseQuery;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.ReleaseView;

/** The eight capitals of one region in one year: rows of the view {@code assets} with the level of each indicator. */
public final class AssetsMap {
    private static final String FRAMEWORK = "eight-capitals";
    private static final List<String> COLUMNS = List.of(
            "capital",
            "level",
            "indicator",
            "value",
            "unit",
            "reference_year",
            "peers_median",
            "peers",
            "beside_peers",
            "past_year",
            "past_value",
            "since_past",
            "reason");
    private final Office office;
    private final List<Map<String, Object>> rows;

    private AssetsMap(Office office, List<Map<String, Object>> rows) {
        this.office = office;
        this.rows = rows;
    }

    /** @throws DoughnutException where the release has no map of the region or the year, naming what it has */
    public static AssetsMap of(ReleaseQuery release, Office office, String region, Optional<Integer> year) {
        List<Map<String, Object>> regions = release.run(
                        "select distinct region from " + ReleaseView.ASSETS.name() + " order by 1")
                .rows();
        List<String> known =
                regions.stream().map(row -> String.valueOf(row.get("region"))).toList();
        if (!known.contains(region)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot map the assets of '" + region + "': the latest release has no doughnut of it."
                            + NearMiss.hint(region, known) + " Regions: " + String.join(", ", known) + ".");
        }
        String own = " from " + ReleaseView.ASSETS.name() + " where region = '" + region + "'";
        List<Integer> years = release.run("select distinct year" + own + " order by 1").rows().stream()
                .map(row -> ((Number) row.get("year")).intValue())
                .toList();
        int wanted = year.orElse(years.get(years.size() - 1));
        if (!years.contains(wanted)) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot map the assets of " + region + " in " + wanted + ": the latest release has the years "
                            + years + ". Name one of them.");
        }
        return new AssetsMap(
                office,
                release.run("select *" + own + " and year = " + wanted + " order by capital, indicator")
                        .rows());
    }

    /** @param onlyThere without what is missing */
    public Answer rows(boolean onlyThere) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (String capital : capitals()) {
            for (Map<String, Object> row : rows) {
                boolean there = Boolean.TRUE.equals(row.get("there"));
                if (capital.equals(row.get("capital")) && (there || !onlyThere)) {
                    Map<String, Object> line = new LinkedHashMap<>(row);
                    Indicator indicator = office.catalogue().indicators().get(String.valueOf(row.get("indicator")));
                    line.put("level", indicator == null ? "" : indicator.level());
                    line.keySet().retainAll(COLUMNS);
                    shown.add(line);
                }
            }
        }
        return new Answer(COLUMNS, shown);
    }

    /** A line for each capital: how many of its indicators are there. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (String capital : capitals()) {
            List<Map<String, Object>> own = rows.stream()
                    .filter(row -> capital.equals(row.get("capital")))
                    .toList();
            lines.add(capital + ": " + count(own, "there", true) + " of " + own.size()
                    + " indicators there; beside peers "
                    + count(own, "beside_peers", "better") + " better, " + count(own, "beside_peers", "worse")
                    + " worse; since the past " + count(own, "since_past", "better") + " better, "
                    + count(own, "since_past", "worse") + " worse");
        }
        return lines;
    }

    private static long count(List<Map<String, Object>> rows, String column, Object value) {
        return rows.stream().filter(row -> value.equals(row.get(column))).count();
    }

    private List<String> capitals() {
        return office.catalogue().frameworks().get(FRAMEWORK).rings().stream()
                .flatMap(ring -> ring.dimensions().stream())
                .map(Framework.Dimension::id)
                .toList();
    }
}
