package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Office;

/** What is computed again, and what is left, where one table has changed and others have not. */
@ExtendWith(SparkTest.class)
class ChangedTablesTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Country before;
    private static Office office;

    @BeforeAll
    static void open() throws IOException {
        before = IndicatorsTest.filled(shared);
        office = before.office();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "trade of one year",
                        Set.of(2018),
                        Set.of("variety", "large-trade"),
                        c -> c.traded("A1", 2018, "export", "0101", 77)),
                change(
                        "emissions of one year",
                        Set.of(2018),
                        Set.of("co2-growth", "footprint"),
                        c -> c.emitted("A1", 2018, "_T", 5000)),
                change(
                        "emissions of a year that had none",
                        Set.of(2020),
                        Set.of("co2-index"),
                        c -> c.emitted("A1", 2020, "_T", 5000)),
                change(
                        "a rate, where people are counted in the same table",
                        Set.of(2019),
                        Set.of("rate", "filled-rate"),
                        c -> c.counted("rates", "A1", "2019", "rate", "_T", 3.0)),
                change(
                        "a figure that no indicator is made of",
                        Set.of(),
                        Set.of(),
                        c -> c.counted("rates", "A1", "2019", "other-rate", "_T", 3.0)),
                change("people of one year", Set.of(2017), Set.of(), c -> c.people("A1", 2017, 3)),
                change("trade of one year and emissions of another", Set.of(2017, 2019), Set.of(), c -> c.traded(
                                "B1", 2017, "import", "0101", 3)
                        .emitted("B3", 2019, "IND", 1)));
    }

    private static Arguments change(String name, Set<Integer> years, Set<String> again, Consumer<Country> change) {
        return Arguments.of(Named.of(name, change), years, again);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatAChangeLeavesIsWhatAFullComputationGives(
            Consumer<Country> change, Set<Integer> years, Set<String> again, SparkSession spark) throws IOException {
        compute(before.lake(spark, folder, 2), "first", 1);
        Country after = IndicatorsTest.filled(shared);
        change.accept(after);
        Lake lake = after.lake(spark, folder, 3);
        Map<String, String> full = withoutRun(Country.computed(lake, office, IndicatorsTest.country()));
        Indicators.Result result = compute(lake, "second", 2);

        assertThat(result.years()).hasValue(years);
        assertThat(withoutRun(Country.values(lake))).isEqualTo(full);
        Set<String> computedAgain = new TreeSet<>();
        Country.values(lake).values().stream()
                .filter(row -> row.getAs("run").equals("second"))
                .forEach(row -> computedAgain.add(row.getAs("indicator")));
        assertThat(computedAgain).containsAll(again);
        assertThat(compute(lake, "third", 3).years()).hasValue(Set.of());
    }

    @Test
    void indicatorsThatDoNotLookAtTheTableKeepTheRunThatComputedThem(SparkSession spark) throws IOException {
        compute(before.lake(spark, folder, 2), "first", 1);
        Country after = IndicatorsTest.filled(shared);
        after.traded("A1", 2018, "export", "0101", 77);
        Lake lake = after.lake(spark, folder, 2);
        compute(lake, "second", 2);

        Map<String, Row> values = Country.values(lake);
        assertThat(runs(values, "variety", 2018)).containsExactly("second");
        assertThat(runs(values, "variety", 2017)).containsExactly("first");
        assertThat(runs(values, "co2-per-person", 2018)).containsExactly("first");
        assertThat(runs(values, "filled-rate", 2018)).containsExactly("first");
    }

    @Test
    void whereOtherRowsOfTheTableHaveChangedThanThoseOfThePeopleFewIndicatorsAreComputedAgain(SparkSession spark)
            throws IOException {
        compute(before.lake(spark, folder, 2), "first", 1);
        Country after = IndicatorsTest.filled(shared);
        after.counted("rates", "A1", "2019", "rate", "_T", 3.0);
        Lake lake = after.lake(spark, folder, 2);
        compute(lake, "second", 2);

        Map<String, Row> values = Country.values(lake);
        assertThat(runs(values, "rate", 2019)).containsExactly("second");
        assertThat(runs(values, "rate", 2017)).containsExactly("first");
        assertThat(runs(values, "co2-per-person", 2019)).containsExactly("first");
    }

    /** A figure of 2018 comes with others of 2017 and 2019, and a rule removes it. */
    @Test
    void thatARuleRemovedAFigureIsSaidAlsoWhereNoOtherRowHasChanged(SparkSession spark) throws IOException {
        Lake lake = before.lake(spark, folder, 2);
        Table census = Table.harmonised("census");
        Dataset<Row> received = lake.read(census)
                .orElseThrow()
                .withColumn("batch", lit("first"))
                .withColumn("region_scheme", lit("TEST"))
                .withColumn("region_received", col("region"))
                .localCheckpoint();
        lake.replace(census, received, null, Write.of("harmonise", "census", lake.version(census) + 1));
        compute(lake, "first", 1);
        String removed = "select 'first' batch, 1L line, 1 cell";
        lake.append(
                Table.raw("rates"),
                spark.sql(removed + ", 'rates' series, 'A1' region, 'TEST' region_scheme, 'rate' variable,"
                        + " '_T' breakdown, '2018' period, 15.0D value, 'persons' unit"),
                Write.of("ingest", "rates", 1));
        lake.append(
                Table.quarantine("rates"),
                spark.sql(removed + ", 'rule' stage, 'removed' action"),
                Write.of("validate", "rates", 1));

        assertThat(compute(lake, "second", 2).years()).hasValue(Set.of(2018));

        assertThat(Country.values(lake).get("rate/_T/A1/2018").<String>getAs("reason"))
                .isEqualTo("quarantined: a figure was received, and a rule has removed it");
        assertThat(withoutRun(Country.values(lake)))
                .isEqualTo(withoutRun(Country.computed(lake, office, IndicatorsTest.country())));
        assertThat(compute(lake, "third", 3).years()).hasValue(Set.of());
    }

    @Test
    void ofATableThatLiesByYearOnlyYearsThatWereWrittenAreReadAgain(SparkSession spark) throws IOException {
        Lake lake = before.lakeByYear(spark, folder, 2);
        compute(lake, "first", 1);
        change(lake, "value", col("value").plus(1));
        try (Stream<Path> files = Files.walk(Path.of(URI.create(lake.location(Table.harmonised("trade")))))) {
            for (Path file : files.filter(its -> its.toString().contains("year=2017"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Files.delete(file);
            }
        }
        assertThat(compute(lake, "second", 2).years()).hasValue(Set.of(2018));
        assertThat(runs(Country.values(lake), "variety", 2018)).containsExactly("second");
        assertThat(runs(Country.values(lake), "variety", 2017)).containsExactly("first");
        assertThat(compute(lake, "third", 3).years()).hasValue(Set.of());
    }

    @Test
    void figuresOfAWrittenYearInAnotherUnitThanThoseOfTheOthersAreRefused(SparkSession spark) throws IOException {
        Lake lake = before.lakeByYear(spark, folder, 2);
        compute(lake, "first", 1);
        change(lake, "currency", lit("USD"));
        assertThatThrownBy(() -> compute(lake, "second", 2))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("in GBP and in USD, which cannot be added");
        assertThat(runs(Country.values(lake), "variety", 2018)).containsExactly("first");
    }

    /** Trade of 2018. */
    private static void change(Lake lake, String column, Column becomes) {
        Table table = Table.harmonised("trade");
        Dataset<Row> changed = lake.read(table)
                .orElseThrow()
                .where("year = 2018")
                .withColumn(column, becomes)
                .withColumn("value_hash", col("value_hash").plus(1))
                .localCheckpoint();
        lake.replace(table, changed, "year = 2018", Write.of("harmonise", "trade", lake.version(table) + 1));
    }

    private static Set<String> runs(Map<String, Row> values, String indicator, int year) {
        return values.values().stream()
                .filter(row -> row.getAs("indicator").equals(indicator) && row.<Integer>getAs("year") == year)
                .map(row -> row.<String>getAs("run"))
                .collect(Collectors.toSet());
    }

    private static Indicators.Result compute(Lake lake, String run, int step) {
        return new Indicators(lake, office, IndicatorsTest.country(), Instant.MAX)
                .compute(run, "program", Write.of("indicators", "test", step));
    }

    private static Map<String, String> withoutRun(Map<String, Row> rows) {
        Map<String, String> texts = new TreeMap<>();
        rows.forEach((key, row) -> {
            Map<String, Object> columns = new TreeMap<>();
            for (String column : row.schema().fieldNames()) {
                columns.put(column, row.getAs(column));
            }
            columns.remove("run");
            texts.put(key, columns.toString());
        });
        return texts;
    }
}
