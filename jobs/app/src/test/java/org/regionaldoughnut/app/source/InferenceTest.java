package org.regionaldoughnut.app.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;

class InferenceTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));
    private static final Path DATA = PROJECT.resolve("../shared/data");

    @TempDir
    Path folder;

    private final Inference inference = new Inference(PROJECT, Set.of());

    private String of(String file) {
        assumeTrue(Files.isDirectory(DATA), "the publishers' files are not in ../shared/data");
        return inference.propose(DATA.resolve(file), "figures", "figures");
    }

    @Test
    void eurostatTablesAreKnownByTheirFirstCellAlsoTransposed() {
        assertThat(of("eu/eurostat_tsv_2017/ilc_li41.tsv"))
                .contains("kind: eurostat-tsv", "region: {from: geo}", "{constant: NUTS-2013}", "period: {from: time}")
                .contains(
                        "breakdown: {dimensions: {UNIT: unit}}", "PC_POP: PERCENT", "obs_status: obs-status-eurostat");
        assertThat(of("eu/eurostat_tsv_2017/gz/ilc_li41.tsv.gz")).contains("kind: eurostat-tsv");
        assertThat(of("eu/eurostat_tsv_2017/lfso_14leeow.tsv"))
                .contains("region: {from: geo}", "ISCED11: isced11", "THS_PER: thousand-persons");
    }

    @Test
    void labelsBesideCodesAreLeftOutOfSdmxCsv() {
        assertThat(of("eu/sdmx_csv_2025/Food_waste.csv"))
                .contains("kind: sdmx-csv", "period: {from: TIME_PERIOD}", "KG_HAB: kg/person")
                .contains("breakdown: {constant: \"_T\"}");
    }

    @Test
    void linesOfPartsOfARegionAreLeftOutOfOpenSdg() {
        assertThat(of("uk/census/ons_sdg/indicator_11-6-1.csv"))
                .contains("where: \"`Waste collection authority` is null\"", "{constant: GSS}")
                .contains("DISPOSAL_METHOD: \"Disposal method\"", "obs-status-open-sdg");
    }

    @Test
    void leadingZerosOfProductsComeBackAndThousandsAreMultiplied() {
        assertThat(of("world/trade/baci/BACI_ZAF_AFG_exports_2021.csv"))
                .contains("contract: trade", "lpad(`k`, 6, '0')", "value: {from: v, multiply: 1000}")
                .contains(
                        "net_mass_kg: {from: q, multiply: 1000}",
                        "missing: [\"\", NA]",
                        "{constant: ISO-3166-NUMERIC}");
    }

    @Test
    void aHeaderBelowOtherLinesIsFoundAndYearsBecomeRows() {
        assertThat(of("world/census/wdi_native/API_AG.LND.TOTL.K2_DS2_en_csv_v2_4661929.csv"))
                .contains(
                        "header_line: 5", "unpivot: {columns: \"^([0-9]{4}.*)$\"", "region: {from: \"Country Code\"}");
        assertThat(of("uk/census/ons_subnational_indicators_2022/Employment rate-Table 1.csv"))
                .contains("header_line: 6", "period: {preamble: \"Date:\"}", "region: {from: \"Area Code\"}")
                .contains("value: {from: \"Employment rate %\"}");
    }

    @Test
    void manyColumnsOfNumbersBecomeVariables() {
        assertThat(of("world/emissions/owid-co2-data_2020-12-09.csv"))
                .contains("variable: {from: variable}", "consumption_co2_per_capita", "{constant: ISO-3166}");
    }

    @Test
    void aFileWithoutARegionIsRefusedWithWhatToDo() throws IOException {
        Path file = folder.resolve("x.csv");
        Files.writeString(file, "Year,Colour,Value\n2019,red,1\n2020,blue,2\n");
        assertThatThrownBy(() -> inference.propose(file, "x", "x"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("Cannot find the region")
                .hasMessageContaining("schemas/codelists/regions-");
    }
}
