package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Office;

/** Finds a figure of {@code statistics.indicators}, or says what there is instead. */
final class StoredFigures {
    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final Set<String> series;

    /** @param series those the office has sources for */
    StoredFigures(Lake lake, Office office, RegionTree tree, Set<String> series) {
        this.lake = lake;
        this.office = office;
        this.tree = tree;
        this.series = series;
    }

    /** All rows of an indicator and region. */
    List<Row> all(Indicator indicator, Region region) {
        return lake.read(Indicators.INDICATORS)
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot explain a figure: there is no table statistics.indicators yet. Run 'doughnut run'."))
                .where(col("indicator")
                        .equalTo(indicator.id())
                        .and(col("region").equalTo(region.code())))
                .collectAsList();
    }

    /** Of the rows found, the one of the period; the newest with a value where no period is given. */
    Row of(List<Row> found, Indicator indicator, Region region, Optional<String> period, String breakdown) {
        List<Row> broken = found.stream()
                .filter(row -> row.getAs("breakdown").equals(breakdown))
                .toList();
        List<Row> fitting = broken.stream()
                .filter(row -> period.filter(p -> !p.equals(row.getAs("period"))
                                && !p.equals(row.<String>getAs("period").substring(0, 4)))
                        .isEmpty())
                .sorted(Comparator.comparing((Row row) -> row.getAs("value") == null)
                        .thenComparing(Comparator.comparing((Row row) -> row.<String>getAs("period"))
                                .reversed()))
                .toList();
        if (fitting.isEmpty()) {
            throw nothing(indicator, region, period, breakdown, found, broken);
        }
        return fitting.get(0);
    }

    private DoughnutException nothing(
            Indicator indicator,
            Region region,
            Optional<String> period,
            String breakdown,
            List<Row> found,
            List<Row> broken) {
        String why;
        if (!broken.isEmpty()) {
            Set<String> periods = new TreeSet<>();
            broken.forEach(row -> periods.add(row.getAs("period")));
            why = "there is none for " + period.orElse("") + "." + NearMiss.hint(period.orElse(""), periods)
                    + " Periods with a row: " + String.join(", ", periods) + ".";
        } else if (!found.isEmpty()) {
            Set<String> breakdowns = new TreeSet<>();
            found.forEach(row -> breakdowns.add(row.getAs("breakdown")));
            why = "there is none of the breakdown " + breakdown + "." + NearMiss.hint(breakdown, breakdowns)
                    + " Breakdowns with a row: "
                    + String.join(", ", breakdowns.stream().limit(20).toList()) + ".";
        } else {
            why = whyNone(indicator)
                    .orElse(
                            "no source has a figure of it for this region. 'doughnut indicators list' says what feeds it.");
        }
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot explain " + indicator.id() + " of " + region.code() + " (" + region.name() + "): " + why);
    }

    private Optional<String> whyNone(Indicator indicator) {
        for (Term term : indicator.terms().values()) {
            if (term.indicator().isPresent()) {
                Optional<String> below =
                        whyNone(office.catalogue().indicator(term.indicator().get()));
                if (below.isPresent()) {
                    return below;
                }
            } else if (term.series().stream().noneMatch(series::contains)) {
                return Optional.of("the office " + office.id() + " has no source with the series "
                        + String.join(" or ", term.series()) + ". Add one to feed it.");
            }
        }
        return Optional.empty();
    }

    Region region(String code) {
        return tree.region(code).orElseThrow(() -> unknownRegion(code));
    }

    private DoughnutException unknownRegion(String code) {
        Map<String, String> byName = new TreeMap<>();
        tree.regions().forEach(region -> byName.put(region.name(), region.code()));
        String hint =
                NearMiss.hint(code, tree.regions().stream().map(Region::code).toList());
        if (byName.containsKey(code)) {
            hint = " Did you mean '" + byName.get(code) + "'?";
        } else if (hint.isEmpty()) {
            hint = NearMiss.of(code, byName.keySet())
                    .map(name -> " Did you mean '" + byName.get(name) + "' (" + name + ")?")
                    .orElse("");
        }
        return new DoughnutException(
                ExitCode.USAGE,
                "Cannot explain a figure of '" + code + "': it is no region of "
                        + office.regions().frame() + "." + hint
                        + " 'doughnut query \"select code, name from regions\"' lists them.");
    }

    static Explanation.Stored read(Row row) {
        return new Explanation.Stored(
                Optional.ofNullable(row.getAs("value")),
                row.getAs("unit"),
                row.getAs("breakdown"),
                row.getAs("origin"),
                row.getAs("obs_status"),
                Optional.ofNullable(row.getAs("coverage_regions")),
                Optional.ofNullable(row.getAs("coverage_population")),
                Optional.ofNullable(row.getAs("reason")));
    }
}
