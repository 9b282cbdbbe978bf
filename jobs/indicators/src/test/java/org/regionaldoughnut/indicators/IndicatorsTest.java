package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;

/** The engine whole: catalogue, harmonised rows and regions to tables of statistics. */
@ExtendWith(SparkTest.class)
class IndicatorsTest {
    private static final String CO2 = "{table: emissions, series: [air], where: \"sector = '_T'\"}";
    private static final String PEOPLE = "{table: census, series: [people], where: \"variable = 'population'\"}";
    private static final String GOODS = "{table: trade, series: [goods], where: \"flow = 'export'\"}";
    private static final String[] PRODUCTS = {"0101", "0102", "7201", "7202", "8401"};

    @TempDir
    private static Path shared;

    private static Country filled;
    private static Office office;
    private static Lake lake;
    private static Indicators.Result first;
    private static Map<String, Row> values;

    @TempDir
    private Path folder;

    @BeforeAll
    static void computeOnce(SparkSession spark) throws IOException {
        filled = filled(shared);
        office = filled.office();
        lake = filled.lake(spark, shared.resolve("lake"), 3);
        first = Country.compute(lake, office, country(), 1);
        values = Country.values(lake);
    }

    /** Several units may write to the file of a year, one after the other. */
    @Test
    void inTheFilesOfAYearAnIndicatorLiesTogetherInTheOrderOfTheKeySoThatAReleaseHasLittleToSort(SparkSession spark)
            throws IOException {
        Path table = Path.of(java.net.URI.create(lake.location(Indicators.INDICATORS)));
        List<Path> files;
        try (Stream<Path> all = Files.walk(table)) {
            files = all.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Map<String, List<String>> keys = new LinkedHashMap<>();
            String last = "";
            for (Row row : spark.read().parquet(file.toString()).collectAsList()) {
                String id = row.getAs("indicator");
                assertThat(id.equals(last) || !keys.containsKey(id)).as(id).isTrue();
                last = id;
                keys.computeIfAbsent(id, k -> new ArrayList<>())
                        .add(String.join(
                                "\u0001", row.getAs("breakdown"), row.<String>getAs("region"), row.getAs("period")));
            }
            keys.forEach((id, rows) -> assertThat(rows).as(id).isSorted());
        }
    }

    static RegionTree country() {
        return tree(
                region("X", "NUTS0", null),
                region("A", "NUTS1", "X"),
                region("B", "NUTS1", "X"),
                region("A1", "NUTS2", "A"),
                region("A2", "NUTS2", "A"),
                region("B1", "NUTS2", "B"),
                region("B2", "NUTS2", "B"),
                region("B3", "NUTS2", "B"));
    }

    /** Five regions over three years; the trade of the worked example of the methodology, section 4, in 2019. */
    static Country filled(Path home) throws IOException {
        Country country = new Country(home);
        double[][] trade = {
            {100, 0, 0, 0, 0}, {0, 15, 5, 70, 10}, {0, 20, 10, 20, 50}, {0, 25, 30, 5, 40}, {0, 40, 55, 5, 0}
        };
        String[] regions = {"A1", "A2", "B1", "B2", "B3"};
        for (int r = 0; r < regions.length; r++) {
            for (int year = 2017; year <= 2019; year++) {
                country.people(regions[r], year, 1000 * (r + 1));
                country.emitted(regions[r], year, "_T", (year - 2015) * 100.1 * (r + 1));
                country.emitted(regions[r], year, "IND", (year - 2015) * 60.1 * (r + 1));
                country.emitted(regions[r], year, "DOM", (year - 2015) * 40.0 * (r + 1));
                for (int p = 0; p < PRODUCTS.length; p++) {
                    if (trade[r][p] > 0) {
                        country.traded(regions[r], year, "export", PRODUCTS[p], trade[r][p] * (year - 2016) / 3.0);
                        country.traded(regions[r], year, "import", PRODUCTS[p], 7);
                    }
                }
            }
            country.counted("rates", regions[r], "2017", "rate", "_T", 10.0 + r);
            country.counted("rates", regions[r], "2019", "rate", "_T", 20.0 + r);
            country.counted("rates", regions[r], "2019", "rate", "SEX=F", 30.0 + r);
            country.counted("rates", regions[r], "2019", "rate", "SEX=M", 10.0 + r);
            country.counted("rates", regions[r], "2019", "rate", "AGE=Y15;SEX=M", 99.0);
        }
        String rate =
                "rate: {table: census, series: [rates], where: \"variable = 'rate' and breakdown = '_T'\", aggregate:"
                        + " value}";
        return country.indicator(
                        "co2-per-person",
                        "terms: {co2: " + CO2 + ", people: " + PEOPLE + "}, formula: co2 / people, roll_up: sum,"
                                + " breakdowns: [{dimension: SECTOR, terms:"
                                + " {co2: {by: sector, where: \"sector <>"
                                + " '_T'\"}}}]")
                .indicator("co2-growth", "kind: growth, terms: {co2: " + CO2 + "}, formula: co2, roll_up: sum")
                .indicator(
                        "co2-change", "kind: difference, lag: 2, terms: {co2: " + CO2 + "}, formula: co2, roll_up: sum")
                .indicator(
                        "co2-index",
                        "kind: index, base_year: 2017, terms: {co2: " + CO2 + "}, formula: co2, roll_up: sum")
                .indicator(
                        "quotient",
                        "kind: location-quotient, over: product, terms: {goods: " + GOODS + "}, roll_up: sum")
                .indicator(
                        "quotient-of-one",
                        "kind: location-quotient, over: product, code: \"7202\", terms: {goods: " + GOODS
                                + "}, roll_up: sum")
                .indicator("krugman", "kind: krugman, over: product, terms: {goods: " + GOODS + "}, roll_up: sum")
                .indicator("variety", "kind: entropy, over: product, terms: {goods: " + GOODS + "}, roll_up: sum")
                .indicator(
                        "unrelated",
                        "kind: unrelated-variety, over: product, groups: {prefix: 2}, terms: {goods: " + GOODS
                                + "}, roll_up: sum")
                .indicator(
                        "related",
                        "kind: related-variety, over: product, groups: {prefix: 2}, terms: {goods: " + GOODS
                                + "}, roll_up: sum")
                .indicator(
                        "complexity",
                        "kind: economic-complexity, over: product, among: NUTS2, specialised_at: 0.2, terms: {goods: "
                                + GOODS + "}, roll_up: sum")
                .indicator(
                        "product-complexity",
                        "kind: product-complexity, over: product, among: NUTS2, specialised_at: 0.2, terms: {goods: "
                                + GOODS + "}, roll_up: sum")
                .indicator(
                        "footprint", "terms: {each: {indicator: co2-per-person}}, formula: each * 1000, roll_up: none")
                .indicator(
                        "filled-rate",
                        "imputation: {method: linear}, terms: {" + rate + "}, formula: rate, roll_up: none")
                .indicator(
                        "rate",
                        "terms: {" + rate + "}, formula: rate, roll_up: none, breakdowns: [{dimension: SEX, terms:"
                                + " {rate: {by: breakdown, where: \"variable = 'rate'\"}}}]")
                .indicator(
                        "median-trade",
                        "terms: {middle: {table: trade, series: [goods], aggregate: sql, value: \"percentile(value,"
                                + " 0.5)\", where: \"flow = 'import'\"}}, formula: middle, roll_up: none")
                .indicator(
                        "large-trade",
                        "terms: {large: {table: trade, series: [goods], where: \"flow = 'export' and value > 50\","
                                + " value: net_mass_kg * 2}}, formula: large, roll_up: sum");
    }

    @Test
    void everyKindIsComputedFromTheCatalogue() {
        assertThat(first.years()).isEmpty();
        assertThat(value(values, "co2-per-person/_T/A1/2019")).isCloseTo(0.4004, within(1e-12));
        assertThat(value(values, "co2-per-person/_T/X/2019")).isCloseTo(0.4004, within(1e-12));
        assertThat(value(values, "co2-per-person/SECTOR=IND/A2/2018")).isCloseTo(0.1803, within(1e-12));
        assertThat(value(values, "co2-per-person/SECTOR=DOM/B/2017")).isCloseTo(0.08, within(1e-12));
        assertThat(value(values, "co2-growth/_T/X/2019")).isCloseTo(100 / 3.0, within(1e-9));
        assertThat(value(values, "co2-change/_T/A1/2019")).isCloseTo(200.2, within(1e-9));
        assertThat(reason(values, "co2-change/_T/A1/2018")).isEqualTo("there is no figure for 2016 to compare with");
        assertThat(value(values, "co2-index/_T/B/2018")).isCloseTo(150, within(1e-9));
        assertThat(value(values, "co2-index/_T/B/2017")).isEqualTo(100);
        assertThat(value(values, "footprint/_T/B/2019")).isCloseTo(400.4, within(1e-9));
        assertThat(values.get("footprint/_T/B/2019").<String>getAs("origin")).isEqualTo("rolled_up");
        assertThat(value(values, "rate/_T/A1/2019")).isEqualTo(20);
        assertThat(value(values, "rate/SEX=F/A1/2019")).isEqualTo(30);
        assertThat(value(values, "rate/SEX=M/A1/2019")).isEqualTo(10);
        assertThat(value(values, "median-trade/_T/A2/2019")).isEqualTo(7);
        assertThat(value(values, "large-trade/_T/A/2019")).isCloseTo(170, within(1e-9));
    }

    @Test
    void theWorkedExampleComesOutOfTheEngine() {
        // methodology, section 4: five regions by five industries
        assertThat(value(values, "quotient/PRODUCT=0101/A1/2019")).isCloseTo(5, within(1e-9));
        assertThat(value(values, "quotient/PRODUCT=7202/A2/2019")).isCloseTo(3.5, within(1e-9));
        assertThat(value(values, "quotient-of-one/_T/A2/2019")).isCloseTo(3.5, within(1e-9));
        assertThat(value(values, "quotient/PRODUCT=8401/B3/2019")).isZero();
        assertThat(value(values, "krugman/_T/A1/2019")).isCloseTo(1.6, within(1e-9));
        assertThat(value(values, "krugman/_T/B1/2018")).isCloseTo(0.6, within(1e-9));
        assertThat(value(values, "variety/_T/B2/2019")).isCloseTo(1.766, within(0.0005));
        assertThat(value(values, "unrelated/_T/B2/2019") + value(values, "related/_T/B2/2019"))
                .isCloseTo(value(values, "variety/_T/B2/2019"), within(1e-12));
        // specialised from 0.2 on, the first region makes what no other makes: nothing ties it to them
        assertThat(reason(values, "complexity/_T/A1/2019")).contains("nothing in common");
    }

    @Test
    void gapsAreFilledAsDeclaredAndSaySo() {
        Row filled = values.get("filled-rate/_T/A1/2018");
        assertThat(filled.<Double>getAs("value")).isEqualTo(15);
        assertThat(filled.<String>getAs("origin")).isEqualTo("imputed");
        assertThat(filled.<String>getAs("obs_status")).isEqualTo("I");
        assertThat(values).doesNotContainKey("rate/_T/A1/2018");
    }

    @Test
    void theSameRowsGiveTheSameBitsInAnyNumberOfPartitions(SparkSession spark) throws IOException {
        Map<String, Double> expected = bits(values);
        assertThat(expected).hasSizeGreaterThan(300);
        for (int partitions : new int[] {1, 8}) {
            Lake other = filled.lake(spark, folder.resolve("lake" + partitions), partitions);
            assertThat(bits(Country.computed(other, office, country()))).isEqualTo(expected);
        }
    }

    private static Map<String, Double> bits(Map<String, Row> rows) {
        Map<String, Double> bits = new TreeMap<>();
        rows.forEach((key, row) -> bits.put(key, row.<Double>getAs("value")));
        return bits;
    }

    @Test
    void aChangeOfOneYearRecomputesThatYearAndLeavesWhatAFullComputationWouldGive(SparkSession spark)
            throws IOException {
        Country country = filled(shared);
        country.emitted("A1", 2018, "_T", 5000);
        Lake changed = country.lake(spark, shared.resolve("lake"), 2);
        Indicators.Result result = Country.compute(changed, office, country(), 2);
        Map<String, Double> full = bits(Country.computed(changed, office, country()));

        assertThat(result.years()).hasValue(Set.of(2018));
        assertThat(Country.compute(changed, office, country(), 3).years()).hasValue(Set.of());
        assertThat(bits(Country.values(changed))).isEqualTo(full);
        assertThat(full).isNotEqualTo(bits(values));
    }

    @Test
    void namedIndicatorsAreComputedWithWhatTheyAreMadeOfAndTheOthersStayDue(SparkSession spark) throws IOException {
        Lake own = filled.lake(spark, folder.resolve("lake"), 2);
        Country.compute(own, office, country(), 1);
        Country country = filled(shared);
        country.emitted("A1", 2018, "_T", 5000);
        Lake changed = country.lake(spark, folder.resolve("lake"), 2);
        Map<String, Double> full = bits(Country.computed(changed, office, country()));
        new Indicators(changed, office, country(), Instant.MAX)
                .computeOnly(Set.of("footprint"), "one", Write.of("indicators", "footprint", 2));
        Map<String, Double> after = bits(Country.values(changed));

        for (String id : Set.of("footprint/_T/A1/2018", "co2-per-person/_T/X/2018")) {
            assertThat(after.get(id))
                    .isEqualTo(full.get(id))
                    .isNotEqualTo(bits(values).get(id));
        }
        assertThat(after.get("co2-index/_T/A1/2018"))
                .isEqualTo(bits(values).get("co2-index/_T/A1/2018"))
                .isNotEqualTo(full.get("co2-index/_T/A1/2018"));
        assertThat(Country.compute(changed, office, country(), 3).years()).hasValue(Set.of(2018));
        assertThat(bits(Country.values(changed))).isEqualTo(full);
    }

    @Test
    void rowsInTwoUnitsAreNotAddedUp(SparkSession spark) throws IOException {
        Country country = new Country(folder)
                .emitted("A1", 2019, "_T", 1)
                .emitted("A2", 2019, "_T", 1, "kg")
                .indicator("co2", "terms: {co2: " + CO2 + "}, formula: co2, roll_up: sum");
        Lake lake = country.lake(spark, folder.resolve("lake"), 1);
        Office office = country.office();

        assertThatThrownBy(() -> Country.compute(lake, office, country(), 1))
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("sector = '_T'")
                .hasMessageContaining("kg");
        assertThat(lake.exists(Indicators.INDICATORS)).isFalse();
    }

    @Test
    void aRegionWithoutPeopleHasNoFigureByPersonAndSaysWhy(SparkSession spark) throws IOException {
        Country country = new Country(folder)
                .emitted("A1", 2019, "_T", 1)
                .people("A1", 2019, 0)
                .indicator(
                        "each",
                        "terms: {co2: " + CO2 + ", people: " + PEOPLE + "}, formula: co2 / people, roll_up: sum");
        Lake lake = country.lake(spark, folder.resolve("lake"), 1);
        Country.compute(lake, country.office(), country(), 1);
        Map<String, Row> values = Country.values(lake);

        assertThat(values.get("each/_T/A1/2019").<Double>getAs("value")).isNull();
        assertThat(reason(values, "each/_T/A1/2019")).contains("no finite value");
    }

    /** A1 sells 20 of the 100 it makes to the industry of A2, which makes 50; each causes 0.1 by unit. */
    @Test
    void aFootprintFollowsInputOutputAccountsToTheRegionThatConsumes(SparkSession spark) throws IOException {
        String term = ": {table: census, series: [people], where: \"variable = '";
        Country country = new Country(folder)
                .counted("people", "A1", "2019", "flows", "SECTOR=A;TO=A2;TO_SECTOR=A", 20.0)
                .counted("people", "A2", "2019", "flows", "SECTOR=A;TO=A1;TO_SECTOR=A", 0.0)
                .counted("people", "A1", "2019", "demand", "SECTOR=A;TO=A1", 80.0)
                .counted("people", "A2", "2019", "demand", "SECTOR=A;TO=A2", 50.0)
                .counted("people", "A1", "2019", "caused", "SECTOR=A", 10.0)
                .counted("people", "A2", "2019", "caused", "SECTOR=A", 5.0)
                .people("A1", 2019, 4)
                .people("A2", 2019, 2)
                .indicator(
                        "caused",
                        "kind: footprint, over: breakdown, among: NUTS2, roll_up: none, terms: {flows" + term
                                + "flows'\"}, demand" + term + "demand'\"}, caused" + term + "caused'\"}}")
                .indicator(
                        "each",
                        "terms: {caused: {indicator: caused}, people: " + PEOPLE
                                + "}, formula: caused / people, roll_up: none");
        Lake lake = country.lake(spark, folder.resolve("lake"), 2);
        Country.compute(lake, country.office(), country(), 1);
        Map<String, Row> values = Country.values(lake);

        assertThat(value(values, "caused/_T/A1/2019")).isCloseTo(8, within(1e-12));
        assertThat(value(values, "caused/_T/A2/2019")).isCloseTo(7, within(1e-12));
        assertThat(value(values, "caused/SECTOR=A/A2/2019")).isCloseTo(7, within(1e-12));
        assertThat(value(values, "each/_T/A2/2019")).isCloseTo(3.5, within(1e-12));
        assertThat(values).doesNotContainKey("caused/_T/X/2019");
    }

    private static double value(Map<String, Row> values, String key) {
        assertThat(values).containsKey(key);
        Double value = values.get(key).getAs("value");
        assertThat(value).as(key + ": " + values.get(key)).isNotNull();
        return value;
    }

    private static String reason(Map<String, Row> values, String key) {
        assertThat(values).containsKey(key);
        return values.get(key).getAs("reason");
    }
}
