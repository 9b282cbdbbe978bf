package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;

/** Rows read in batches of columns, and where they lie by year, against the same rows read one by one. */
@ExtendWith(SparkTest.class)
class ScanTest {
    private static final int FIRST = 2008;
    private static final int LAST = 2019;
    private static final String[] PRODUCTS = {"0101", "0102", "7201", "a longer code of goods"};

    @TempDir
    private Path folder;

    private Country filled;
    private Office office;

    @BeforeEach
    void fill() throws IOException {
        filled = new Country(folder.resolve("home"));
        for (int year = FIRST; year <= LAST; year++) {
            for (int r = 1; r <= 3; r++) {
                String region = "A" + r;
                filled.people(region, year, 1000 * r);
                filled.emitted(region, year, "_T", year * 10.5 * r);
                for (int p = 0; p < PRODUCTS.length; p++) {
                    // not all are traded each year
                    if ((year + r + p) % 5 > 0) {
                        filled.traded(region, year, "export", PRODUCTS[p], year / 7.0 * (p + r));
                        filled.traded(region, year, "import", PRODUCTS[p], year / 3.0);
                    }
                }
            }
        }
        String exports = "{table: trade, series: [goods], where: \"flow = 'export'\"}";
        filled.indicator(
                        "share",
                        "terms: {own: {table: trade, series: [goods], where: \"flow = 'export' and product ="
                                + " '0102'\"}, all: " + exports + "}, formula: own / all * 100, roll_up: sum,")
                .indicator(
                        "large",
                        "terms: {own: {table: trade, series: [goods], where: \"value > 600\"}}, formula: own, roll_up:"
                                + " sum,")
                .indicator(
                        "heavy",
                        "terms: {mass: {table: trade, series: [goods], where: \"flow = 'import'\", value:"
                                + " \"net_mass_kg / 1000\"}}, formula: mass, roll_up: sum,")
                .indicator("variety", "kind: entropy, over: product, terms: {exports: " + exports + "}, roll_up: sum,")
                .indicator(
                        "co2",
                        "terms: {co2: {table: emissions, series: [air], where: \"sector = '_T'\"}, people: {table:"
                                + " census, series: [people], where: \"variable = 'population'\"}}, formula: co2 /"
                                + " people, roll_up: sum,");
        office = filled.office();
    }

    @AfterEach
    void leaveSession(SparkSession spark) {
        SparkSession.setDefaultSession(spark);
        SparkSession.setActiveSession(spark);
    }

    private static RegionTree country() {
        return tree(
                region("X", "NUTS0", null),
                region("A", "NUTS1", "X"),
                region("A1", "NUTS2", "A"),
                region("A2", "NUTS2", "A"),
                region("A3", "NUTS2", "A"));
    }

    /** Sessions for small data, as those of tests, read rows one by one. A step's thread has no active one. */
    private Lake inBatches(SparkSession spark, String place) {
        SparkSession own = Session.apart(spark);
        SparkSession.setDefaultSession(own);
        SparkSession.clearActiveSession();
        own.conf().set("spark.sql.codegen.wholeStage", "true");
        own.conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
        return new Lake(own, folder.resolve(place).toUri().toString());
    }

    @Test
    void rowsReadInBatchesGiveTheValuesOfRowsReadOneByOne(SparkSession spark) {
        Lake lake = filled.lake(spark, folder.resolve("lake"), 3);
        Map<String, Row> oneByOne = Country.computed(lake, office, country());

        Dataset<Row> read = Country.rows(inBatches(spark, "lake"), office, country(), Set.of());

        assertThat(read.queryExecution().toRdd().toDebugString()).contains("executeColumnar at Scan.java");
        assertSame(Country.byKey(read), oneByOne);
    }

    @Test
    void yearsThatAreReadWhereTheyAreComputedGiveTheValuesOfRowsThatTravel(SparkSession spark) {
        Lake travelling = filled.lake(spark, folder.resolve("travelling"), 3);
        Map<String, Row> travelled = Country.computed(travelling, office, country());
        filled.lakeByYear(spark, folder.resolve("by-year"), 3);

        Dataset<Row> inPlace = Country.rows(inBatches(spark, "by-year"), office, country(), years());

        assertThat(inPlace.queryExecution().toRdd().toDebugString()).contains("CoalescedRDD");
        assertSame(Country.byKey(inPlace), travelled);
    }

    @Test
    void rowsThatMarksBesideTheFilesDeleteAreNotRead(SparkSession spark) {
        Lake rewritten = filled.lake(spark, folder.resolve("rewritten"), 2);
        delete(spark, rewritten);
        Map<String, Row> values = Country.computed(rewritten, office, country());
        Lake marked = filled.lakeByYear(spark, folder.resolve("marked"), 2);
        delete(spark, marked);
        assertThat(DeltaTable.forPath(spark, marked.location(Table.harmonised("trade")))
                        .history(1)
                        .selectExpr("cast(operationMetrics['numDeletionVectorsAdded'] as int) as marks")
                        .head()
                        .getInt(0))
                .isPositive();

        Lake batches = inBatches(spark, "marked");
        assertSame(Country.computed(batches, office, country()), values);
        assertSame(Country.byKey(Country.rows(batches, office, country(), years())), values);
    }

    @Test
    void figuresInTwoUnitsAreFoundWhereTheyAreYearsApart(SparkSession spark) {
        filled.emitted("A1", LAST, "_T", 3, "kg").lake(spark, folder.resolve("lake"), 3);
        Values values = new Values(inBatches(spark, "lake"), office, country(), Instant.MAX);

        assertThatThrownBy(values::checkUnits)
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("are in kg and in t, which cannot be added");
    }

    private static void delete(SparkSession spark, Lake lake) {
        DeltaTable.forPath(spark, lake.location(Table.harmonised("trade")))
                .delete("year in (2012, 2015) and region = 'A2' and product <> '0101'");
    }

    private static Set<Integer> years() {
        Set<Integer> years = new TreeSet<>();
        for (int year = FIRST; year <= LAST; year++) {
            years.add(year);
        }
        return years;
    }

    private static void assertSame(Map<String, Row> values, Map<String, Row> others) {
        assertThat(values.keySet()).isEqualTo(others.keySet());
        assertThat(values).hasSizeGreaterThan(200);
        values.forEach((key, row) -> assertThat(row).as(key).isEqualTo(others.get(key)));
    }
}
