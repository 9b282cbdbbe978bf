package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * Indicators of the reference office against values computed from the publishers' files by other means (see {@code
 * expected/uk-office.csv}): those of its smaller sources. Runs with {@code -Doffices=full}.
 */
class UkIndicatorsTest {
    private static final Path DATA =
            OfficeCopy.PROJECT.resolve("../shared/data").normalize();

    private static final Set<String> SOURCES = Set.of(
            "nuts-uk-2016",
            "lau-uk-2018",
            "lau-uk-successors",
            "la-population",
            "hmrc-rts-t4",
            "eurostat-lfst-r-lfe2emp",
            "eurostat-lfst-r-lfe2en2",
            "eurostat-lfst-r-lfp2acedu",
            "eurostat-lfst-r-lfu3pers",
            "eurostat-trng-lfse-04",
            "ons-sdg-1-2-1",
            "ons-sdg-6-2-1",
            "ons-sdg-7-2-1",
            "ons-sdg-9-5-1",
            "ons-sdg-10-2-1",
            "ons-sdg-12-2-1",
            "ons-sdg-12-3-1",
            "ons-sdg-12-4-2",
            "ons-sdg-13-2-2",
            "owid-co2");

    private static final Set<String> INDICATORS = Set.of(
            "low-education",
            "adult-learning",
            "youth-unemployment",
            "employment-diversity",
            "employment-specialisation-krugman",
            "export-specialisation-krugman",
            "import-product-diversity",
            "fossil-share-of-imports",
            "crude-materials-share-of-exports",
            "r-and-d-location-quotient",
            "material-footprint-per-person",
            "co2-footprint-per-person",
            "ghg-territorial",
            "hazardous-waste-per-person",
            "food-waste-per-person",
            "no-safely-managed-sanitation",
            "below-national-poverty-line",
            "below-half-median-income",
            "renewable-share-of-final-energy");

    @TempDir
    Path folder;

    @Test
    void indicatorsOfTheUnitedKingdomEqualThoseComputedFromTheFilesByOtherMeans() throws IOException {
        Assumptions.assumeTrue(
                "full".equals(System.getProperty("offices")), "takes minutes: ask for it with -Doffices=full");
        Assumptions.assumeTrue(Files.isDirectory(DATA), "the publishers' files are not at " + DATA);
        SparkTest.session();
        OfficeCopy office = new OfficeCopy(folder);
        try (Stream<Path> sources = Files.list(office.home.resolve("conf/uk/sources"))) {
            for (Path source : sources.toList()) {
                if (!SOURCES.contains(source.getFileName().toString().replace(".yaml", ""))) {
                    Files.delete(source);
                }
            }
        }
        OfficeCopy.Ended run = office.doughnut(
                "--office",
                "uk",
                "--set",
                "data=" + DATA.toAbsolutePath(),
                "--set",
                "controls=[]",
                "--set",
                "doughnut.levels=[NUTS0, NUTS1]",
                "run",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Double> released = new HashMap<>();
        JsonNode rows = office.doughnut(
                        "--office", "uk", "query", "--json", "select indicator, region, period, value from indicators")
                .json();
        rows.forEach(row -> {
            if (!row.path("value").isNull()) {
                released.put(
                        row.path("indicator").asText() + "/"
                                + row.path("region").asText() + "/"
                                + row.path("period").asText(),
                        row.path("value").asDouble());
            }
        });
        Set<String> compared = new TreeSet<>();
        for (String[] row : expected()) {
            if (INDICATORS.contains(row[0]) && !row[3].isEmpty()) {
                String key = row[0] + "/" + row[1] + "/" + row[2];
                double value = Double.parseDouble(row[3]);
                assertThat(released).as(row[4]).containsKey(key);
                assertThat(released.get(key)).as(key).isCloseTo(value, within(Math.abs(value) * 1e-9));
                compared.add(row[0]);
            }
        }
        assertThat(compared).containsExactlyInAnyOrderElementsOf(INDICATORS);
    }

    private static List<String[]> expected() throws IOException {
        try (var in = UkIndicatorsTest.class.getResourceAsStream("/expected/uk-office.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", 5))
                    .toList();
        }
    }
}
