package org.regionaldoughnut.app.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.DoughnutException;

class InferenceTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));
    private static final Path DATA = PROJECT.resolve("../shared/data");

    @TempDir
    Path folder;

    private final Inference inference = new Inference(PROJECT, Set.of(), SparkTest::session);

    private String of(String file) {
        assumeTrue(Files.isDirectory(DATA), "the publishers' files are not in ../shared/data");
        return of(DATA.resolve(file));
    }

    private String of(Path file) {
        return inference.propose(file, Optional.empty(), "figures", "figures");
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void eurostatTablesAreKnownByTheirFirstCellAlsoTransposed() {
        assertThat(of("eu/eurostat_tsv_2017/ilc_li41.tsv"))
                .contains("preset: eurostat-tsv", "{constant: NUTS-2013}", "variable: {constant: at-risk-of-poverty}")
                .contains("breakdown: {dimensions: {UNIT: unit}}", "PC_POP: PERCENT")
                .doesNotContain("obs_status:", "format:");
        assertThat(of("eu/eurostat_tsv_2017/gz/ilc_li41.tsv.gz")).contains("preset: eurostat-tsv");
        assertThat(of("eu/eurostat_tsv_2024/estat_nama_10r_3gdp.tsv")).contains("preset: eurostat-tsv", "EUR_HAB");
        assertThat(of("eu/eurostat_tsv_2017/lfso_14leeow.tsv"))
                .contains("preset: eurostat-tsv", "ISCED11: isced11", "THS_PER: thousand-persons");
    }

    @Test
    void labelsBesideCodesAreLeftOutOfSdmxCsv() {
        assertThat(of("eu/sdmx_csv_2025/Food_waste.csv"))
                .contains("preset: eurostat-sdmx-csv", "KG_HAB: kg/person")
                .contains("variable: {constant: food-waste-collected-per-person}")
                .contains("breakdown: {constant: \"_T\"}");
    }

    @Test
    void linesOfPartsOfARegionAreLeftOutOfOpenSdg() {
        assertThat(of("uk/census/ons_sdg/indicator_11-6-1.csv"))
                .contains("where: \"`Waste collection authority` is null\"", "{constant: GSS}")
                .contains("preset: open-sdg", "DISPOSAL_METHOD: \"Disposal method\"");
    }

    @Test
    void leadingZerosOfProductsComeBackAndThousandsAreMultiplied() {
        assertThat(of("world/trade/baci/BACI_ZAF_AFG_exports_2021.csv"))
                .contains("preset: cepii-baci", "{constant: ISO-3166-NUMERIC}", "product_scheme: {constant: HS}")
                .doesNotContain("contract:", "net_mass_kg");
    }

    @Test
    void aHeaderBelowOtherLinesIsFoundAndYearsBecomeRows() {
        assertThat(of("world/census/wdi_native/API_AG.LND.TOTL.K2_DS2_en_csv_v2_4661929.csv"))
                .contains("preset: world-bank-wdi", "variable: {constant: area}", "unit: {constant: km2}")
                .contains("region_scheme: {constant: ISO-3166}")
                .doesNotContain("unpivot", "header_line");
        assertThat(of("uk/census/ons_subnational_indicators_2022/Employment rate-Table 1.csv"))
                .contains("header_line: 6", "period: {preamble: \"Date:\"}", "region: {from: \"Area Code\"}")
                .contains("value: {from: \"Employment rate %\"}");
    }

    @Test
    void manyColumnsOfNumbersBecomeVariables() {
        assertThat(of("world/emissions/owid-co2-data_2020-12-09.csv"))
                .contains("preset: owid", "variable: {from: variable}", "consumption_co2_per_capita")
                .contains("{constant: ISO-3166}");
    }

    @Test
    void partsOfCountriesAreKnownByTheirCodes() throws IOException {
        assertThat(
                        of(
                                written(
                                        "provinces.csv",
                                        """
                        province,year,population
                        CA-ON,2020,14745712
                        CA-QC,2020,8572020
                        US-CA,2020,39538223
                        DE-BY,2020,13124737
                        """)))
                .contains("region: {from: province}", "region_scheme: {constant: ISO-3166}");
    }

    @Test
    void bothLayoutsOfComtradeAreKnownAndOneLevelOfProductsIsTaken() throws IOException {
        assertThat(
                        of(
                                written(
                                        "legacy.csv",
                                        """
                        Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag
                        H4,2012,2012,2012,2,0,1,Import,826,United Kingdom,GBR,4,Afghanistan,AFG,01,Live animals,1,No Quantity,,,635945091,0
                        H4,2012,2012,2012,4,0,2,Export,826,United Kingdom,GBR,8,Albania,ALB,0101,Horses,1,No Quantity,,,578096126,0
                        """)))
                .contains("preset: un-comtrade-legacy", "region_scheme: {constant: ISO-3166}")
                .contains("`Trade Flow Code` in ('1', '2') and `Aggregate Level` = '4'")
                .doesNotContain("product_scheme", "value:");
        assertThat(
                        of(
                                written(
                                        "new.csv",
                                        """
                        period,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,classificationCode,cmdCode,aggrLevel,customsCode,motCode,netWgt,primaryValue
                        2021,GBR,M,4,AFG,0,H5,0101,4,C00,0,12,34.5
                        2021,FRA,X,8,ALB,0,H5,0102,4,C00,0,13,35.5
                        """)))
                .contains("preset: un-comtrade\n", "and `aggrLevel` = '4'");
    }

    @Test
    void sheetsOfWorkbooksAreLookedThroughForTheTableWithMostRows() {
        assertThat(of("uk/trade/Local_Area_Tables_2019.xlsx"))
                .contains("kind: xlsx, sheet: \"T5 NUTS2 Partner Country\", header_line: 3, missing: [\"\", N/A]")
                .contains("period: {constant: \"2019\"}", "region: {from: NUTS1}", "{constant: HMRC-NUTS1-NAME}");
    }

    @Test
    void jsonStatJsonLinesAndParquetAreProposedFromWhatTheirReadersShow() throws IOException {
        assertThat(
                        of(
                                written(
                                        "gdp.json",
                                        """
                        {"version":"2.0","class":"dataset","label":"GDP","source":"ESTAT","value":{"0":1.5,"3":2.5},"status":{"0":"p"},
                         "id":["unit","geo","time"],"size":[1,2,2],"dimension":{"unit":{"category":{"index":{"PC_POP":0}}},
                         "geo":{"category":{"index":{"DE":0,"FR":1}}},"time":{"category":{"index":{"2022":0,"2023":1}}}}}
                        """)))
                .contains("preset: eurostat-json-stat", "{constant: NUTS-2013}", "PC_POP: PERCENT");
        String lines =
                """
                {"year": 2019, "area code": "E12000001", "unit": "PC", "Value": 1.5}
                {"year": 2019, "area code": "E12000002", "unit": "PC", "Value": 2.5}
                """;
        Path json = written("lines.jsonl", lines);
        assertThat(of(json))
                .contains(
                        "kind: json-lines", "region: {from: \"area code\"}", "{constant: GSS}", "period: {from: year}");
        Path parquet = folder.resolve("parquet");
        SparkTest.session().read().json(json.toString()).coalesce(1).write().parquet(parquet.toString());
        try (var parts = Files.list(parquet)) {
            Path part = parts.filter(p -> p.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            assertThat(of(part)).contains("kind: parquet", "value: {from: Value}", "PC: PERCENT");
        }
    }

    @Test
    void archivesAreLookedIntoAndTheMemberIsNamed() throws IOException {
        Path zip = folder.resolve("download.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("readme.txt"));
            out.write("see data".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("data.csv"));
            out.write("Year;GeoCode;Figure\n2019;E12000001;1\n2019;E12000002;2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(inference.propose(zip, Optional.of("*.csv"), "figures", "figures"))
                .contains("member: data.csv", "delimiter: \";\"", "value: {from: Figure}");
        assertThatThrownBy(() -> of(zip)).hasMessageContaining("readme.txt").hasMessageContaining("data.csv");
    }

    @Test
    void aFileWithoutARegionIsRefusedWithWhatToDo() throws IOException {
        Path file = written("x.csv", "Year,Colour,Value\n2019,red,1\n2020,blue,2\n");
        assertThatThrownBy(() -> of(file))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("Cannot find the region")
                .hasMessageContaining("schemas/codelists/regions-");
    }
}
