package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.RegionTree;

/**
 * What frameworks and boundary sets make of the values of four regions: windows, groups, trends and sensitivity, by the
 * settings of an office. Region r of A, B, C, D has r thousand people and emits 1 t per person times r in 2010, growing
 * by a tenth of that each year.
 */
@ExtendWith(SparkTest.class)
class ViewsTest {
    private static final int FIRST = 2010;
    private static final int YEARS = 10;

    @TempDir
    private static Path shared;

    private static Lake lake;

    private static RegionTree country() {
        return tree(
                region("X", "NUTS0", null),
                region("A", "NUTS1", "X"),
                region("B", "NUTS1", "X"),
                region("C", "NUTS1", "X"),
                region("D", "NUTS1", "X"));
    }

    private static String set(String id, double value) {
        return "{id: " + id + ", title: " + id + ", description: Of a test., source: test, floors: [], boundaries:"
                + " [{indicator: co2-per-person, value: " + value
                + ", baseline: 0, unit: u, year: 2017, kind: planetary, scope:"
                + " per-capita, perspective: residence, sharing: equal-per-capita, source: test}]}\n";
    }

    @BeforeAll
    static void compute(SparkSession spark) throws IOException {
        Country country = new Country(shared)
                .write("conf/boundaries/first.yaml", set("first", 2))
                .write("conf/boundaries/wide.yaml", set("wide", 4))
                .indicator(
                        "co2-per-person",
                        "form: ceiling, perspective: residence, slots: [{framework: doughnut, ring: ecological,"
                                + " dimension: climate-change, headline: true}], terms: {co2: {table: emissions,"
                                + " series: [air], where: \"sector = '_T'\"}, people: {table: census, series:"
                                + " [people], where: \"variable = 'population'\"}}, formula: co2 / people, roll_up:"
                                + " sum");
        String[] regions = {"A", "B", "C", "D"};
        for (int r = 1; r <= regions.length; r++) {
            for (int y = 0; y < YEARS; y++) {
                country.people(regions[r - 1], FIRST + y, 1000 * r);
                country.emitted(regions[r - 1], FIRST + y, "_T", 1000 * r * (r + r * 0.1 * y));
            }
        }
        lake = country.lake(spark, shared.resolve("lake"), 1);
        Country.compute(
                lake,
                country.office(
                        "boundary_sets=[wide]",
                        "statistics={windows: [{from: 2011, to: 2013}], trend: {lag: 4, slope_from: 6, error_from: 10},"
                                + " targets: {ecological: 2050}, quantile_type: 7, groups: [{id: sides, title: Sides,"
                                + " level: NUTS1, members: {low: [A, B], high: [C, D]}}, {id: by-co2, title: By CO2,"
                                + " level: NUTS1, percentiles: {indicator: co2-per-person, cuts: [50]}}]}"),
                country(),
                1);
    }

    private static Map<String, Row> rows(Table table, Function<Row, String> key) {
        Map<String, Row> rows = new TreeMap<>();
        lake.read(table).orElseThrow().collectAsList().forEach(row -> rows.put(key.apply(row), row));
        return rows;
    }

    private static double number(Row row, String column) {
        return row.<Double>getAs(column);
    }

    @Test
    void aWindowIsTheMeanOfTheRatioOverItsYears() {
        Map<String, Row> windows =
                rows(Indicators.WINDOWS, row -> row.getAs("region") + "/" + row.getAs("boundary_set"));

        // 1.1, 1.2 and 1.3 t by the boundary of 2 t
        assertThat(number(windows.get("A/first"), "ratio")).isCloseTo(0.6, within(1e-12));
        assertThat(number(windows.get("A/first"), "gap_percent")).isCloseTo(-40, within(1e-9));
        assertThat(number(windows.get("D/wide"), "ratio")).isCloseTo(1.2, within(1e-12));
        assertThat(windows.get("D/wide").<Integer>getAs("n")).isEqualTo(3);
        assertThat(windows.get("D/wide").<Integer>getAs("n_imputed")).isZero();
    }

    @Test
    void groupsShareTheOvershootByTheirPeople() {
        Map<String, Row> groups = rows(
                Indicators.GROUPS,
                row -> row.getAs("grouping") + "/" + row.getAs("region_group") + "/" + row.getAs("boundary_set"));

        // 2019: 1.9, 3.8, 5.7, 7.6 t of 1, 2, 3, 4 thousand people; over 2 t: 0, 1.8, 3.7, 5.6 t each
        Row low = groups.get("sides/low/first");
        Row high = groups.get("sides/high/first");
        assertThat(number(low, "contribution")).isCloseTo(3_600, within(1e-6));
        assertThat(number(high, "contribution")).isCloseTo(3_700 * 3 + 5_600 * 4, within(1e-6));
        assertThat(number(low, "share") + number(high, "share")).isCloseTo(1, within(1e-12));
        assertThat(number(low, "people")).isEqualTo(3_000);
        assertThat(low.<Integer>getAs("regions_with_data")).isEqualTo(2);
        // the median of four, type 7, is 4.75 t: A and B below it, C and D above
        assertThat(number(groups.get("by-co2/p0-50/first"), "contribution")).isCloseTo(3_600, within(1e-6));
        assertThat(number(groups.get("by-co2/p50-100/first"), "share")).isCloseTo(number(high, "share"), within(1e-12));
    }

    @Test
    void theSameRegionStandsUnderEachBoundarySet() {
        Map<String, Row> doughnut = rows(
                Indicators.DOUGHNUT,
                row -> row.getAs("indicator") + "/" + row.getAs("region") + "/" + row.getAs("boundary_set"));

        assertThat(number(doughnut.get("co2-per-person/B/first"), "ratio")).isCloseTo(1.9, within(1e-12));
        assertThat(number(doughnut.get("co2-per-person/B/wide"), "ratio")).isCloseTo(0.95, within(1e-12));
    }

    @Test
    void aTrendOfAStraightLineIsItsSlopeWithoutError() {
        Map<String, Row> trends = rows(Indicators.TRENDS, row -> row.getAs("region") + "/" + row.getAs("boundary_set"));

        // 0.1 t a year by 2 t are 5 percentage points
        Row trend = trends.get("A/first");
        assertThat(number(trend, "slope")).isCloseTo(5, within(1e-9));
        assertThat(number(trend, "slope_error")).isCloseTo(0, within(1e-9));
        // 7.6 t of 4 t: 90 % over in 2019, to be down in 2050
        assertThat(number(trends.get("D/wide"), "rate_needed")).isCloseTo(-90 / 31.0, within(1e-9));
    }
}
