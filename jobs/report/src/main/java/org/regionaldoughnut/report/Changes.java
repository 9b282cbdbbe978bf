package org.regionaldoughnut.report;

import static org.regionaldoughnut.report.ReleaseDatabase.number;
import static org.regionaldoughnut.report.ReleaseDatabase.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is not as it was in the release before, and why: new or later data, a revision, another floor or ceiling. */
final class Changes {
    private static final String COMPARED =
            " FROM (SELECT r.* FROM doughnut r JOIN newest USING (region, period) WHERE r.framework = ?"
                    + " AND r.indicator NOT IN ('_T', '_Z')) n FULL JOIN (SELECT e.* FROM earlier e JOIN (SELECT region,"
                    + " max(period) AS period FROM earlier GROUP BY region) l USING (region, period)) e"
                    + " ON n.region = e.region AND n.ring = e.ring AND n.dimension = e.dimension"
                    + " AND n.indicator = e.indicator";
    private static final String KIND = "CASE WHEN e.value IS NULL AND n.value IS NULL THEN 'none'"
            + " WHEN e.value IS NULL THEN 'added' WHEN n.value IS NULL THEN 'withdrawn'"
            + " WHEN e.reference_year IS DISTINCT FROM n.reference_year THEN 'later'"
            + " WHEN abs(e.value - n.value) > 1e-9 * greatest(abs(e.value), abs(n.value)) THEN 'revised'"
            + " WHEN e.boundary IS DISTINCT FROM n.boundary OR e.boundary_set IS DISTINCT FROM n.boundary_set"
            + " AND abs(coalesce(e.gap_percent, 0) - coalesce(n.gap_percent, 0)) > 1e-9 THEN 'boundary'"
            + " WHEN abs(coalesce(e.gap_percent, 0) - coalesce(n.gap_percent, 0)) > 1e-9 THEN 'method'"
            + " ELSE 'same' END";

    private final ReleaseDatabase database;
    private final String framework;

    Changes(ReleaseDatabase database, String framework) {
        this.database = database;
        this.framework = framework;
    }

    /**
     * @param kind {@code added, withdrawn, later, revised, boundary, method} or {@code same}
     * @param before and after: gaps in percent
     */
    record Change(
            String indicator,
            String ring,
            String kind,
            String unit,
            OptionalDouble valueBefore,
            OptionalDouble value,
            OptionalDouble before,
            OptionalDouble after) {
        double size() {
            return Math.abs(after.orElse(0) - before.orElse(0));
        }
    }

    /** Changes of one region, largest first; those that stayed the same too, so that they can be counted. */
    List<Change> of(String region) {
        List<Change> changes = new ArrayList<>();
        if (!database.hasEarlier()) {
            return changes;
        }
        database.each(
                "SELECT DISTINCT coalesce(n.indicator, e.indicator) AS indicator, coalesce(n.ring, e.ring) AS ring, "
                        + KIND + " AS kind, coalesce(n.unit, e.unit) AS unit, e.value AS value_before, n.value,"
                        + " e.gap_percent AS gap_before, n.gap_percent AS gap_after" + COMPARED
                        + " WHERE coalesce(n.region, e.region) = ? AND kind <> 'none' ORDER BY abs(coalesce(gap_after, 0) -"
                        + " coalesce(gap_before, 0)) DESC, indicator",
                List.of(framework, region),
                row -> changes.add(new Change(
                        text(row, "indicator"),
                        text(row, "ring"),
                        text(row, "kind"),
                        text(row, "unit"),
                        number(row, "value_before"),
                        number(row, "value"),
                        number(row, "gap_before"),
                        number(row, "gap_after"))));
        return changes;
    }

    /** @param largest largest relative change of a revised value in percent, absent where none was revised */
    record Summary(String indicator, String kind, int regions, OptionalDouble largest) {}

    /** How many regions changed, by indicator and kind. */
    List<Summary> summary() {
        List<Summary> summaries = new ArrayList<>();
        if (!database.hasEarlier()) {
            return summaries;
        }
        database.each(
                "SELECT indicator, kind, count(DISTINCT region) AS regions, max(CASE WHEN kind = 'revised' THEN"
                        + " 100 * abs(value - value_before) / nullif(abs(value_before), 0) END) AS largest FROM (SELECT"
                        + " coalesce(n.indicator, e.indicator) AS indicator, coalesce(n.region, e.region) AS region, "
                        + KIND + " AS kind, e.value AS value_before, n.value" + COMPARED
                        + ") WHERE kind <> 'none' GROUP BY 1, 2 ORDER BY 1, 2",
                List.of(framework),
                row -> summaries.add(new Summary(
                        text(row, "indicator"), text(row, "kind"), row.getInt("regions"), number(row, "largest"))));
        return summaries;
    }
}
