package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * An office that looks at the planet as a whole, with figures of the planetary boundaries as Richardson and others give
 * them, Science Advances 9, eadh2458 (2023), doi 10.1126/sciadv.adh2458, table 1. Carbon dioxide of the years before as
 * measured on Mauna Loa: NOAA Global Monitoring Laboratory, annual means.
 */
class WorldOfficeTest {
    @TempDir
    static Path folder;

    private static final String FIGURES =
            """
            variable,unit,year,value
            co2-concentration,ppm,2020,414.2
            co2-concentration,ppm,2021,416.4
            co2-concentration,ppm,2022,417
            radiative-forcing,W/m2,2022,2.91
            aragonite-saturation,SATURATION,2022,2.8
            aerosol-difference,OPTICAL_DEPTH,2022,0.076
            nitrogen-fixation,Mt/year,2022,190
            blue-water-deviation,PERCENT,2022,18.2
            soil-moisture-deviation,PERCENT,2022,15.8
            stratospheric-ozone,DU,2022,285.7
            undernourishment,PERCENT,2022,9.2
            ocean-noise,PERCENT,2022,1
            """;

    private static OfficeCopy office;
    private static OfficeCopy.Ended run;

    @BeforeAll
    static void computed() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        file(
                "office.yaml",
                """
                id: world
                title: The world
                time_zone: UTC
                regions: {frame: WORLD, root: W, correspondences: []}
                doughnut: {years: [2022], levels: [NUTS0], frameworks: [global-doughnut]}
                boundary_set: article-2025
                publication: {approval: none}
                """);
        file("received/planet.csv", FIGURES);
        file("received/places.csv", "code,name\nW,World\n");
        file(
                "sources/doughnut-2025.yaml",
                source(
                        "doughnut-2025",
                        "census",
                        "planet.csv",
                        """
                  region: {constant: W}
                  region_scheme: {constant: WORLD}
                  variable: {from: variable}
                  breakdown: {constant: "_T"}
                  period: {from: year}
                  value: {from: value}
                  unit: {from: unit}
                """));
        file(
                "sources/places.yaml",
                source(
                        "places",
                        "regions",
                        "places.csv",
                        """
                  code: {from: code}
                  scheme: {constant: WORLD}
                  name: {from: name}
                  level: {constant: NUTS0}
                """));
        run = office.doughnut("--office", "world", "run");
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static String source(String id, String contract, String file, String columns) {
        return """
                id: %s
                title: %s
                publisher: Richardson and others
                licence: CC-BY-4.0
                contract: %s
                location: {path: ../received/%s}
                format: {kind: csv}
                columns:
                """
                        .formatted(id, id, contract, file)
                + columns;
    }

    private static void file(String name, String text) throws IOException {
        Path file = office.home.resolve("conf/world").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void eachFigureOfThePlanetHasTheRatioOfItsBoundaryAndBaseline() {
        Map<String, Double> ratios = Map.of(
                "co2-concentration", (417 - 280.0) / (350 - 280),
                "radiative-forcing", 2.91,
                "aragonite-saturation", (2.8 - 3.44) / (2.75 - 3.44),
                "aerosol-difference", (0.076 - 0.03) / (0.1 - 0.03),
                "nitrogen-fixation", 190 / 62.0,
                "blue-water-deviation", 18.2 / 10.2,
                "soil-moisture-deviation", 15.8 / 11.1,
                "stratospheric-ozone", (285.7 - 290) / (276 - 290));

        for (JsonNode row :
                asked("select indicator, ratio from doughnut where ratio is not null and ring = 'ecological'"
                        + " and indicator <> '_T'")) {
            assertThat(row.path("ratio").asDouble())
                    .as(row.path("indicator").asText())
                    .isCloseTo(ratios.get(row.path("indicator").asText()), within(1e-12));
        }
        assertThat(asked(
                        "select * from doughnut where ratio is not null and ring = 'ecological' and indicator <> '_T'"))
                .hasSameSizeAs(ratios.keySet());
    }

    /** In order, overshoot in percent: -69.3, -34.3, -7.2, 42.3, 78.4, 95.7, 191, 206.5. */
    @Test
    void theMedianLiesBetweenSoilMoistureAndBlueWater() {
        double between = ((15.8 / 11.1 - 1) + (18.2 / 10.2 - 1)) / 2 * 100;

        JsonNode median = asked("select gap_percent, n, n_dimensions from doughnut where ring = 'ecological'"
                        + " and indicator = '_T'")
                .get(0);

        assertThat(median.path("gap_percent").asDouble()).isCloseTo(between, within(1e-10));
        assertThat(median.path("n").asInt()).isEqualTo(8);
        assertThat(median.path("n_dimensions").asInt()).isEqualTo(6);
    }

    @Test
    void theFrameworkTheOfficeLooksAtMakesItsPage() throws IOException {
        Path release;
        try (var releases = Files.list(office.storage.resolve("releases"))) {
            release = releases.filter(Files::isDirectory).findFirst().orElseThrow();
        }

        assertThat(release.resolve("html/W.html"))
                .content()
                .contains("60.4%")
                .contains("Median of 8 indicators from 6 of 9 dimensions")
                .contains("Ocean acidification");
        assertThat(release.resolve("html/indicator-co2-concentration.html"))
                .as("years of the one region there is")
                .content()
                .doesNotContain("fewer than three years")
                .contains("2020", "416");
        assertThat(release.resolve("html/index.html")).content().contains("W.html");
        assertThat(release.resolve("pdf/W.pdf")).isNotEmptyFile();
    }

    @Test
    void theRunTellsHowManyFiguresRulesHaveSetAside() {
        assertThat(run.out())
                .contains("Cells in 13 = kept 13 + quarantined 0")
                .contains("Set aside by rules: 1. See 'doughnut quality show --failed --rows 5'.");
        assertThat(office.doughnut("--office", "world", "quality", "show", "--failed", "--rows", "5")
                        .out())
                .contains("ocean-noise");
    }

    private static JsonNode asked(String question) {
        return office.doughnut("--office", "world", "query", "--json", question).json();
    }
}
