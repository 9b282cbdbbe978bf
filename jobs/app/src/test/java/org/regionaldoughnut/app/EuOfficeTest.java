package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * The European office through to its doughnuts: the lines of two countries always, all files with {@code
 * -Doffices=full}. Figures were counted in, or computed from, the received files by other means.
 */
class EuOfficeTest {
    private static final Path DATA =
            OfficeCopy.PROJECT.resolve("../shared/data").normalize();
    private static final Set<String> FEW = Set.of(
            "nuts-2013",
            "eurostat-ilc-li41",
            "eurostat-lfst-r-lfe2emp",
            "eurostat-lfst-r-lfu3pers",
            "eurostat-trng-lfse-04",
            "eurostat-cei-wm011",
            "owid-co2");

    /** Two countries and some of their regions. */
    private static final String PLACES = "AT|AT1|AT11|AT12|ES|ES3|ES30|ES6|ES61|ES62";

    @TempDir
    Path folder;

    @BeforeAll
    static void filesAreThere() {
        assumeTrue(Files.isDirectory(DATA), "the publishers' files are not at " + DATA);
        SparkTest.session();
    }

    @Test
    void twoCountriesHaveASocialRingByRegionAndAnEcologicalOneByCountryOnly() throws IOException {
        OfficeCopy office = new OfficeCopy(folder);
        Path data = folder.resolve("data");
        try (Stream<Path> sources = Files.list(office.home.resolve("conf/eu/sources"))) {
            for (Path source : sources.toList()) {
                if (FEW.contains(source.getFileName().toString().replace(".yaml", ""))) {
                    // the rules count the rows of whole files
                    String yaml = Files.readString(source).replaceFirst("(?s)quality:.*", "");
                    Files.writeString(source, yaml);
                    extract(yaml, data);
                } else {
                    Files.delete(source);
                }
            }
        }
        keep(office.home.resolve("schemas/codelists/regions-nuts-2013.csv"), "code,.*|(EU|" + PLACES + "),.*");
        keep(office.home.resolve("schemas/correspondences/iso-3166-nuts0.csv"), "from_scheme.*|.*,(AT|ES),.*");

        OfficeCopy.Ended run = office.doughnut(
                "--office",
                "eu",
                "--set",
                "data=" + data,
                "--set",
                "controls=[]",
                "--set",
                "report.pdf=false",
                "run",
                "--json");

        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Double> values = new TreeMap<>();
        for (JsonNode row : query(office, "select indicator, region, period, value from indicators where value > 0")) {
            values.put(key(row), row.path("value").asDouble());
        }
        assertThat(values)
                .containsEntry("at-risk-of-poverty/ES61/2014", 33.3)
                .containsEntry("adult-learning/ES61/2014", 9.1);
        // 1404.6 thousand unemployed and 2634.0 thousand employed people
        assertThat(values.get("unemployment/ES61/2014")).isCloseTo(34.779, within(0.001));
        assertThat(values).containsKeys("co2-footprint-per-person/ES/2014", "municipal-waste-recycling-rate/ES/2014");
        assertThat(values.keySet()).noneMatch(key -> key.startsWith("co2-footprint-per-person/ES6"));
        for (JsonNode row : query(
                office,
                "select reason from doughnut where indicator = 'co2-footprint-per-person' and length(region) = 4 and"
                        + " framework = 'doughnut'")) {
            assertThat(row.path("reason").asText()).startsWith("not collected at this level");
        }
        assertThat(Path.of(run.json().path("release").asText()).resolve("html/ES61.html"))
                .content()
                .contains("Andaluc")
                .containsIgnoringCase("not collected at this level");
    }

    @Test
    void allOfEuropeHasAsManyFiguresAsItsFiles() throws IOException {
        assumeTrue("full".equals(System.getProperty("offices")), "takes minutes: ask for it with -Doffices=full");
        OfficeCopy office = new OfficeCopy(folder);
        OfficeCopy.Ended run =
                office.doughnut("--office", "eu", "--set", "data=" + DATA.toAbsolutePath(), "run", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode row : query(
                office,
                "select i.indicator, r.level as region, i.period, count(i.value) as value from indicators i join regions"
                        + " r on r.code = i.region group by all having count(i.value) > 0")) {
            counts.put(key(row), row.path("value").asInt());
        }
        assertThat(counts)
                .containsEntry("at-risk-of-poverty/NUTS2/2014", 100)
                .containsEntry("severe-material-deprivation/NUTS2/2014", 100)
                .containsEntry("low-work-intensity/NUTS2/2014", 100)
                .containsEntry("poverty-or-social-exclusion/NUTS2/2014", 100)
                .containsEntry("rooms-per-person/NUTS2/2014", 102)
                .containsEntry("unemployment/NUTS2/2015", 317)
                .containsEntry("youth-unemployment/NUTS2/2015", 289)
                .containsEntry("low-education/NUTS2/2015", 318)
                .containsEntry("adult-learning/NUTS2/2015", 315)
                .containsEntry("gdp-per-person/NUTS2/2013", 284)
                .containsEntry("household-income-per-person/NUTS2/2013", 280)
                .containsKey("employment-specialisation-krugman/NUTS2/2015")
                .containsKey("resource-productivity-index/NUTS0/2014")
                .containsKey("ghg-of-production-per-person/NUTS0/2014");
        assertThat(counts.keySet()).noneMatch(key -> key.matches("(co2-footprint|municipal|food-waste).*/NUTS2/.*"));
        JsonNode countries = query(
                office,
                "select count(distinct left(region, 2)) as n from indicators where indicator = 'at-risk-of-poverty' and"
                        + " period = '2014' and value is not null and length(region) = 4");
        assertThat(countries.get(0).path("n").asInt()).isEqualTo(13);
    }

    private static JsonNode query(OfficeCopy office, String sql) {
        OfficeCopy.Ended ended = office.doughnut("--office", "eu", "query", "--json", sql);
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.json();
    }

    private static String key(JsonNode row) {
        return row.path("indicator").asText() + "/" + row.path("region").asText() + "/"
                + row.path("period").asText();
    }

    /** The lines of Austria and Spain of the file that the source reads. */
    private static void extract(String yaml, Path data) throws IOException {
        var place = java.util.regex.Pattern.compile("\\$\\{data}/([^\"]+)").matcher(yaml);
        if (place.find()) {
            Path file = data.resolve(place.group(1));
            Files.createDirectories(file.getParent());
            Files.copy(DATA.resolve(place.group(1)), file);
            keep(file, "[a-zA-Z0-9_,-]+\\\\.*|STRUCTURE.*|iso_code.*|.*,(" + PLACES + ")[\\t,].*|(AUT|ESP),.*");
        }
    }

    private static void keep(Path file, String pattern) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.stream().filter(line -> line.matches(pattern)).toList());
    }
}
