package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.office.Office;

@ExtendWith(SparkTest.class)
class DraftsTest {
    /** Noon in UTC, the next day in Auckland. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path storage;
    private Lake lake;
    private Office office;

    @BeforeEach
    void open(SparkSession spark) throws IOException {
        storage = folder.resolve("storage");
        lake = new Lake(spark, storage.toUri().toString());
        office = Statistics.office(folder);
    }

    @Test
    void aDraftIsOneFileForEachTableThatAnyReaderOfParquetReadsSortedByItsKey(SparkSession spark) throws IOException {
        Statistics.write(lake, office, "run-1", 3);
        Draft draft = build("run-1");

        assertThat(draft.id()).hasToString("isle-2026-03-02-1");
        assertThat(draft.folder()).isEqualTo(storage.resolve("drafts/isle-2026-03-02-1"));
        assertThat(files(draft.folder()).filter(f -> !f.startsWith("conf/")))
                .containsExactly(
                        "csv/doughnut.csv",
                        "csv/doughnut_sensitivity.csv",
                        "csv/indicators.csv",
                        "csv/indicators_breakdown.csv",
                        "csv/regions.csv",
                        "datapackage.json",
                        "dcat.jsonld",
                        "dictionary.json",
                        "parquet/doughnut/part-0.parquet",
                        "parquet/doughnut_sensitivity/part-0.parquet",
                        "parquet/indicators/part-0.parquet",
                        "parquet/indicators_breakdown/part-0.parquet",
                        "parquet/regions/part-0.parquet",
                        "quality-report.json",
                        "release.json",
                        "sdmx/doughnut.csv",
                        "sdmx/doughnut_sensitivity.csv",
                        "sdmx/indicators.csv",
                        "sdmx/indicators_breakdown.csv",
                        "xlsx/doughnut.xlsx",
                        "xlsx/doughnut_sensitivity.xlsx",
                        "xlsx/indicators.xlsx",
                        "xlsx/indicators_breakdown.xlsx",
                        "xlsx/regions.xlsx");
        Dataset<Row> indicators = spark.read()
                .parquet(draft.folder().resolve("parquet/indicators").toString());
        assertThat(indicators.columns())
                .containsExactlyElementsOf(office.contracts().get("indicators").columnNames());
        assertThat(indicators.schema().apply("vintage").dataType()).isEqualTo(DataTypes.TimestampType);
        List<Row> rows = indicators.collectAsList();
        assertThat(rows)
                .hasSize(61)
                .extracting(row -> row.<String>getAs("breakdown"))
                .containsOnly("_T");
        assertThat(rows)
                .extracting(row -> row.<String>getAs("indicator") + " " + row.<String>getAs("region"))
                .isSorted();
        Dataset<Row> doughnut =
                spark.read().parquet(draft.folder().resolve("parquet/doughnut").toString());
        assertThat(doughnut.select("boundary_set").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("isle-2019");
    }

    @Test
    void theDoughnutIsReleasedUnderTheBoundarySetThatItsFrameworkNames(SparkSession spark) throws IOException {
        Path isle = folder.resolve("isle");
        Files.writeString(
                isle.resolve("boundaries/other.yaml"),
                "id: other\ntitle: Other boundaries\ndescription: None yet.\nsource: invented\nboundaries: []\n"
                        + "floors: []\n");
        Files.createDirectories(isle.resolve("frameworks"));
        Files.writeString(
                isle.resolve("frameworks/doughnut.yaml"),
                """
                id: doughnut
                title: Doughnut of the Isle
                description: One ring.
                source: invented
                boundary_set: other
                rings:
                  - {id: social, title: Social, description: People, dimensions: [{id: food, title: Food}]}
                """);
        office = Statistics.read(folder);
        Statistics.write(lake, office, "run-1", 3);
        Draft draft = build("run-1");

        Path parquet = draft.folder().resolve("parquet");
        Dataset<Row> doughnut = spark.read().parquet(parquet.resolve("doughnut").toString());
        assertThat(doughnut.select("boundary_set").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("other");
        Dataset<Row> others =
                spark.read().parquet(parquet.resolve("doughnut_sensitivity").toString());
        assertThat(others.select("boundary_set").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("isle-2019");
        assertThat(new ObjectMapper()
                        .readTree(draft.folder().resolve("release.json").toFile())
                        .at("/boundary_sets/doughnut")
                        .asText())
                .isEqualTo("other");
    }

    @Test
    void theCsvTwinHoldsTheSameFigures(SparkSession spark) throws IOException {
        Statistics.write(lake, office, "run-1", 0);
        Draft draft = build("run-1");

        assertThat(Files.readString(draft.folder().resolve("csv/regions.csv")))
                .isEqualTo("code,scheme,name,level,parent,valid_from,valid_to,partial\r\n"
                        + "I,ISLE,\"The \"\"Isle\"\", all\",NUTS0,,,,\r\n"
                        + "I1,ISLE,North,NUTS1,I,,,\r\n"
                        + "I2,ISLE,Zuid é,NUTS1,I,,,\r\n");
        Dataset<Row> parquet = spark.read()
                .parquet(draft.folder().resolve("parquet/indicators").toString());
        Dataset<Row> csv = spark.read()
                .option("header", true)
                .option("escape", "\"")
                .schema(parquet.schema())
                .csv(draft.folder().resolve("csv/indicators.csv").toString());
        assertThat(csv.collectAsList()).isEqualTo(parquet.collectAsList());
        assertThat(csv.where("vintage = timestamp'2020-10-15T08:30:00.123456Z'").count())
                .isEqualTo(61);
    }

    @Test
    void aTableOfVeryManyRowsIsSortedParquetAloneWithAnIdentityOfItsFigures(SparkSession spark) throws IOException {
        office = Statistics.office(Files.createDirectories(folder.resolve("bulk")), "publication: {text_rows: 10}\n");
        Statistics.write(lake, office, "run-1", 1);
        Draft first = build("run-1");
        assertThat(files(first.folder()))
                .contains("parquet/indicators/part-0.parquet", "csv/regions.csv")
                .doesNotContain("csv/indicators.csv", "sdmx/indicators.csv", "xlsx/indicators.xlsx");
        List<Row> rows = spark.read()
                .parquet(first.folder().resolve("parquet/indicators").toString())
                .collectAsList();
        assertThat(rows).hasSize(61);
        assertThat(rows.stream()
                        .filter(row -> row.<String>getAs("region").equals("I3"))
                        .findFirst())
                .as("suppressed here as in a small table")
                .hasValueSatisfying(
                        row -> assertThat(row.isNullAt(row.fieldIndex("value"))).isTrue());
        for (Path part :
                Files.list(first.folder().resolve("parquet/indicators")).toList()) {
            assertThat(spark.read().parquet(part.toString()).collectAsList())
                    .extracting(row -> row.<String>getAs("indicator") + " " + row.<String>getAs("region"))
                    .isSorted();
        }
        Statistics.write(lake, office, "run-2", 6);
        assertThat(build("run-2").contentHash()).isEqualTo(first.contentHash());
        lake.spark().sql("update delta.`" + storage + "/lake/statistics/indicators` set value = 9 where region = 'I1'");
        assertThat(build("run-2").contentHash()).isNotEqualTo(first.contentHash());
    }

    @Test
    void rowsAreCountedNoFurtherThanTheLimit(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 20, 1, 7).toDF("n");
        for (int limit : new int[] {0, 2, 3, 19}) {
            assertThat(BulkTable.hasMoreThan(limit, rows)).as("%d", limit).isTrue();
        }
        assertThat(BulkTable.hasMoreThan(20, rows)).isFalse();
        assertThat(BulkTable.hasMoreThan(0, rows.where("n < 0"))).isFalse();
        Dataset<Row> failing = rows.selectExpr("if(n > 10, raise_error('looked too far'), n) as n")
                .where("n >= 0");
        assertThat(BulkTable.hasMoreThan(1, failing)).isTrue();
    }

    @Test
    void figuresThatAreNotFreeAreSuppressed(SparkSession spark) throws IOException {
        Statistics.write(lake, office, "run-1", 0);
        Row secret = spark.read()
                .parquet(build("run-1").folder().resolve("parquet/indicators").toString())
                .where("region = 'I3'")
                .head();
        assertThat(secret.isNullAt(secret.fieldIndex("value"))).isTrue();
        assertThat(secret.<String>getAs("obs_status")).isEqualTo("Q");
        assertThat(secret.<String>getAs("reason")).isEqualTo("confidential");
    }

    @Test
    void theContentHashDependsOnTheFiguresOnly() throws IOException {
        Statistics.write(lake, office, "run-1", 1);
        Draft first = build("run-1");
        Statistics.write(lake, office, "run-2", 6);
        Draft second = build("run-2");
        assertThat(second.contentHash()).isEqualTo(first.contentHash());
        assertThat(second.tables()).isEqualTo(first.tables());

        lake.spark().sql("update delta.`" + storage + "/lake/statistics/indicators` set value = 9 where region = 'I1'");
        assertThat(build("run-2").contentHash()).isNotEqualTo(first.contentHash());
    }

    @Test
    void aDraftSaysWhatItIsMadeOfAndUnderWhichConfiguration() throws IOException {
        Statistics.write(lake, office, "run-1", 0);
        Draft draft = build("run-1");

        JsonNode release = JsonFile.read(draft.folder().resolve("release.json"));
        assertThat(release.path("state").asText()).isEqualTo("draft");
        assertThat(release.path("created").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(release.path("content_hash").asText()).isEqualTo(draft.contentHash());
        assertThat(release.at("/inputs/0/publisher").asText()).isEqualTo("Statistics Isle");
        assertThat(release.at("/inputs/0/batch").asText()).isEqualTo("abc");
        assertThat(release.at("/tables/0/rows").asLong()).isEqualTo(61);
        assertThat(release.at("/doughnut_years/0").asInt()).isEqualTo(2019);
        assertThat(release.at("/waivers/0/rule").asText()).isEqualTo("two-areas");
        assertThat(release.at("/waivers/0/until").asText()).isEqualTo("2026-12-31");

        JsonNode description = JsonFile.read(draft.folder().resolve("datapackage.json"));
        assertThat(description.at("/licenses/0/name").asText()).isEqualTo("CC-BY-4.0");
        assertThat(description.path("resources")).hasSize(19);
        JsonNode csv = description.at("/resources/1");
        assertThat(csv.path("path").asText()).isEqualTo("csv/indicators.csv");
        assertThat(csv.path("bytes").asLong())
                .isEqualTo(Files.size(draft.folder().resolve("csv/indicators.csv")));
        assertThat(csv.at("/schema/fields/0/name").asText()).isEqualTo("indicator");
        assertThat(csv.at("/schema/primaryKey")).hasSize(4);

        assertThat(draft.folder().resolve("conf/schemas/datasets/indicators.odcs.yaml"))
                .hasSameTextualContentAs(
                        Path.of(System.getProperty("project.root")).resolve("schemas/datasets/indicators.odcs.yaml"));
        assertThat(files(draft.folder()))
                .contains(
                        "conf/conf/doughnut.yaml",
                        "conf/conf/isle/office.yaml",
                        "conf/conf/isle/sources/isle-census.yaml",
                        "conf/conf/isle/boundaries/isle-2019.yaml",
                        "conf/schemas/codelists/obs-status.csv");
    }

    @Test
    void theSecondReleaseOfADayGetsTheNextNumberAndAKilledDraftIsOverwritten() throws IOException {
        Statistics.write(lake, office, "run-1", 0);
        Path left = Files.createDirectories(storage.resolve("drafts/isle-2026-03-02-1/parquet"));
        Files.writeString(left.resolve("half"), "?");
        Path older = Files.createDirectories(storage.resolve("drafts/isle-2026-02-01-4"));

        Draft first = build("run-1");
        assertThat(left.resolve("half")).doesNotExist();
        assertThat(older).doesNotExist();
        Releases releases = new Releases(storage);
        releases.promote(first.id(), Map.of());
        Draft second = build("run-2");
        assertThat(second.id()).hasToString("isle-2026-03-02-2");
        assertThat(releases.latest()).map(r -> r.id().number()).contains(1);
    }

    @Test
    void withoutStatisticsThereIsNoDraft() {
        assertThatThrownBy(() -> build("run-1"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot build a draft: there is no table statistics.indicators.");
        assertThat(storage.resolve("drafts")).doesNotExist();
    }

    private Draft build(String run) {
        return new Drafts(lake, storage, CLOCK)
                .build(new DraftRequest(
                        office,
                        run,
                        List.of(new DraftRequest.Input("isle-census", "abc")),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        List.of(new DraftRequest.Waiver(
                                "isle-census",
                                "abc",
                                "two-areas",
                                "The third comes later",
                                "A. Clerk",
                                "2026-02-28T09:00:00Z",
                                "2026-12-31"))));
    }

    private static Stream<String> files(Path folder) throws IOException {
        return Files.walk(folder)
                .filter(Files::isRegularFile)
                .map(f -> folder.relativize(f).toString())
                .sorted();
    }
}
