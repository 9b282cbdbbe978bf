package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.office.Office;

/** Rules and hierarchies of an invented isle: the whole, three parts, and two parts of the first. */
@ExtendWith(SparkTest.class)
class DisclosureControlTest {
    private static final StructType SCHEMA = StructType.fromDDL(
            "indicator string, breakdown string, region string, period string, value double, numerator double,"
                    + " denominator double, obs_status string, conf_status string, reference_year int");

    @TempDir
    Path folder;

    @Test
    void aSmallCountIsSuppressedAndSoManyOthersThatItCannotBeComputed(SparkSession spark) throws IOException {
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {rules: [{id: few, minimum_frequency: 5, count: numerator},"
                        + " {id: two-firms, dominance: {n: 2, k: 85}}]}}",
                counts("ill", Map.of("I", 100.0, "I1", 30.0, "I2", 30.0, "I3", 40.0, "I11", 3.0, "I12", 27.0)),
                List.of());
        assertThat(statuses(result)).isEqualTo(Map.of("I11", "A", "I12", "D"));
        assertThat(result.report().at("/rules/few").asText()).isEqualTo("1 unsafe figures");
        assertThat(result.report().at("/rules/two-firms").asText())
                .isEqualTo("not applicable: the office has no data on contributors");
    }

    @Test
    void dominanceIsJudgedByWhoContributes(SparkSession spark) throws IOException {
        Files.createDirectories(folder.resolve("isle"));
        Files.writeString(
                folder.resolve("isle/contributors.csv"),
                """
                indicator,breakdown,region,period,contributor,value
                ill,_T,I2,2019,a,20
                ill,_T,I2,2019,b,8
                ill,_T,I2,2019,c,2
                ill,_T,I3,2019,a,14
                ill,_T,I3,2019,b,13
                ill,_T,I3,2019,c,13
                """);
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {contributors: contributors.csv, rules: [{id: two, dominance: {n: 2, k:"
                        + " 85}}]}}",
                counts("ill", Map.of("I", 100.0, "I1", 30.0, "I2", 30.0, "I3", 40.0)),
                List.of());
        assertThat(statuses(result))
                .containsEntry("I2", "T")
                .containsEntry("I1", "D")
                .hasSize(2);
    }

    @Test
    void aFigureThatOneContributorCouldGuessOfAnotherIsUnsafeByThePPercentRule(SparkSession spark) throws IOException {
        Files.createDirectories(folder.resolve("isle"));
        Files.writeString(
                folder.resolve("isle/contributors.csv"),
                """
                indicator,breakdown,region,period,contributor,value
                ill,_T,I2,2019,a,20
                ill,_T,I2,2019,b,9
                ill,_T,I2,2019,c,1
                ill,_T,I3,2019,a,20
                ill,_T,I3,2019,b,17
                ill,_T,I3,2019,c,3
                """);
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {contributors: contributors.csv, rules: [{id: guess, p_percent: 10}]}}",
                counts("ill", Map.of("I", 100.0, "I1", 30.0, "I2", 30.0, "I3", 40.0)),
                List.of());
        assertThat(statuses(result))
                .as("the second could guess the first of I2 to 1 in 20, of I3 to 3 in 20 only")
                .containsEntry("I2", "O")
                .hasSize(2);
        assertThat(result.report().at("/rules/guess").asText()).isEqualTo("1 unsafe figures");
    }

    @Test
    void whatIsSuppressedIsSuppressedInTheDoughnutItsMediansAndTrends(SparkSession spark) throws IOException {
        List<Row> rows = counts("ill", Map.of("I", 73.0, "I1", 3.0, "I2", 30.0, "I3", 40.0));
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {rules: [{id: few, minimum_frequency: 5, count: numerator}]}}",
                rows,
                List.of());
        StructType places = StructType.fromDDL("framework string, boundary_set string, ring string, indicator string,"
                + " breakdown string, region string, period string, year int, reference_year int, in_median boolean,"
                + " value double, gap_percent double, obs_status string, conf_status string");
        List<Row> doughnut = new ArrayList<>();
        for (String region : List.of("I1", "I2", "I3")) {
            doughnut.add(RowFactory.create(
                    "d", "s", "social", "ill", "_T", region, "2020", 2020, 2019, true, 1.0, 1.0, "A", "F"));
            doughnut.add(RowFactory.create(
                    "d", "s", "social", "well", "_T", region, "2020", 2020, 2019, true, 2.0, 2.0, "A", "F"));
            doughnut.add(RowFactory.create(
                    "d", "s", "social", "_T", "_T", region, "2020", 2020, null, false, null, 1.5, "A", "F"));
        }
        List<Row> released = Suppressed.hide(
                        result.onDoughnut(spark.createDataFrame(doughnut, places), spark.createDataFrame(rows, SCHEMA)))
                .where("gap_percent is null")
                .collectAsList();
        assertThat(released)
                .extracting(row -> row.<String>getAs("region") + " " + row.getAs("indicator") + " "
                        + row.getAs("conf_status") + " " + row.getAs("obs_status"))
                .containsExactlyInAnyOrder("I1 ill A Q", "I1 _T D Q", "I2 ill D Q", "I2 _T D Q");
        Dataset<Row> trends = spark.createDataFrame(
                List.of(
                        RowFactory.create("ill", "I1"),
                        RowFactory.create("ill", "I3"),
                        RowFactory.create("well", "I1")),
                StructType.fromDDL("indicator string, region string"));
        assertThat(result.onTrends(trends).collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1))
                .containsExactlyInAnyOrder("ill I3", "well I1");
    }

    @Test
    void whereTheSourceSuppressedAPartNoOtherIsTheRest(SparkSession spark) throws IOException {
        List<Row> rows = new ArrayList<>(counts("ill", Map.of("I", 100.0, "I1", 30.0, "I2", 30.0)));
        rows.add(RowFactory.create("ill", "_T", "I3", "2019", null, null, null, "Q", "F", 2019));
        DisclosureControl.Result none = control(spark, "", rows, List.of());
        assertThat(none.report().path("suppressed_at_source_without_figure").asInt())
                .isEqualTo(1);
        assertThat(statuses(none))
                .as("the indicator is not added up, as far as the catalogue says")
                .isEmpty();
    }

    @Test
    void aFigureThatAnEarlierReleaseShowsProtectsNothing(SparkSession spark) throws IOException {
        List<Row> rows = counts("ill", Map.of("I", 73.0, "I1", 3.0, "I2", 30.0, "I3", 40.0));
        Path earlier = folder.resolve("earlier");
        spark.createDataFrame(rows, SCHEMA)
                .where("region = 'I2'")
                .write()
                .parquet(earlier.resolve("parquet/indicators").toString());
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {rules: [{id: few, minimum_frequency: 5, count: numerator}]}}",
                rows,
                List.of(earlier));
        assertThat(statuses(result)).isEqualTo(Map.of("I1", "A", "I3", "D"));
    }

    @Test
    void suppressedFiguresHaveNoNumberAnywhere(SparkSession spark) throws IOException {
        List<Row> rows = counts("ill", Map.of("I", 73.0, "I1", 3.0, "I2", 30.0, "I3", 40.0));
        DisclosureControl.Result result = control(
                spark,
                "publication: {disclosure: {rules: [{id: few, minimum_frequency: 5, count: numerator}]}}",
                rows,
                List.of());
        List<Row> hidden = Suppressed.hide(result.onIndicators(spark.createDataFrame(rows, SCHEMA)))
                .where("conf_status <> 'F'")
                .collectAsList();
        assertThat(hidden).hasSize(2).allSatisfy(row -> {
            assertThat(row.isNullAt(row.fieldIndex("value"))).isTrue();
            assertThat(row.isNullAt(row.fieldIndex("numerator"))).isTrue();
            assertThat(row.<String>getAs("obs_status")).isEqualTo("Q");
        });
    }

    private DisclosureControl.Result control(SparkSession spark, String settings, List<Row> rows, List<Path> earlier)
            throws IOException {
        Office office = Statistics.office(folder, settings + "\n");
        Dataset<Row> regions = spark.createDataFrame(
                List.of(
                        RowFactory.create("I", null),
                        RowFactory.create("I1", "I"),
                        RowFactory.create("I2", "I"),
                        RowFactory.create("I3", "I"),
                        RowFactory.create("I11", "I1"),
                        RowFactory.create("I12", "I1")),
                StructType.fromDDL("code string, parent string"));
        return new DisclosureControl(office, spark.createDataFrame(rows, SCHEMA), regions, earlier).run();
    }

    private static List<Row> counts(String indicator, Map<String, Double> byRegion) {
        List<Row> rows = new ArrayList<>();
        new TreeMap<>(byRegion)
                .forEach((region, count) -> rows.add(RowFactory.create(
                        indicator, "_T", region, "2019", count / 1000, count, 1000.0, "A", "F", 2019)));
        return rows;
    }

    private static Map<String, String> statuses(DisclosureControl.Result result) {
        Map<String, String> statuses = new TreeMap<>();
        result.cells().forEach((cell, status) -> statuses.put(cell.region(), status));
        return statuses;
    }
}
