package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * The whole reference office against values computed from the publishers' files by other means (see {@code
 * expected/uk-office.csv}), and how many indicators its files feed. Runs with {@code -Doffices=full}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UkIndicatorsTest {
    private static final Path DATA =
            OfficeCopy.PROJECT.resolve("../shared/data").normalize();

    /** Indicators of a slot with figures of so many of the twelve regions in one period. */
    private static final String FED =
            """
            with fed as (
              select i.indicator, i.period, count(distinct i.region) as regions
              from indicators i join regions r on r.code = i.region
              where r.level = 'NUTS1' and i.value is not null group by all),
            slots as (select distinct framework, ring, dimension, indicator from doughnut where indicator <> '_T')
            select s.dimension, s.indicator, max(f.regions) as regions
            from slots s join fed f using (indicator)
            where %s group by all having max(f.regions) >= %d
            """;

    @TempDir
    static Path folder;

    private static OfficeCopy office;

    @BeforeAll
    static void run() throws IOException {
        Assumptions.assumeTrue(
                "full".equals(System.getProperty("offices")), "takes minutes: ask for it with -Doffices=full");
        Assumptions.assumeTrue(Files.isDirectory(DATA), "the publishers' files are not at " + DATA);
        SparkTest.session();
        office = new OfficeCopy(folder);
        OfficeCopy.Ended run =
                office.doughnut("--office", "uk", "--set", "data=" + DATA.toAbsolutePath(), "run", "--json");
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    @Order(1)
    void indicatorsOfTheUnitedKingdomEqualThoseComputedFromTheFilesByOtherMeans() throws IOException {
        Map<String, Double> released = new HashMap<>();
        query("select indicator, region, period, value from indicators").forEach(row -> {
            if (!row.path("value").isNull()) {
                released.put(
                        row.path("indicator").asText() + "/"
                                + row.path("region").asText() + "/"
                                + row.path("period").asText(),
                        row.path("value").asDouble());
            }
        });
        List<String[]> expected = expected();
        assertThat(expected).hasSizeGreaterThan(300);
        for (String[] row : expected) {
            String key = row[0] + "/" + row[1] + "/" + row[2];
            if (row[3].isEmpty()) {
                assertThat(released).as(row[4]).doesNotContainKey(key);
            } else {
                double value = Double.parseDouble(row[3]);
                assertThat(released).as(row[4]).containsKey(key);
                assertThat(released.get(key)).as(key).isCloseTo(value, within(Math.abs(value) * 1e-9));
            }
        }
    }

    @Test
    @Order(1)
    void theFilesFeedAsManyIndicatorsAsTheyCan() {
        assertThat(fed("s.framework = 'doughnut' and s.ring = 'social'", 12)).hasSizeGreaterThanOrEqualTo(22);
        Set<String> dimensions = new TreeSet<>();
        JsonNode ecological = fed("s.framework = 'doughnut' and s.ring = 'ecological'", 3);
        ecological.forEach(row -> dimensions.add(row.path("dimension").asText()));
        assertThat(ecological).hasSizeGreaterThanOrEqualTo(8);
        assertThat(dimensions).contains("air-pollution", "climate-change", "land-conversion");
        assertThat(fed("s.framework = 'regenerative-cluster' and s.dimension in ('circularity', 'resilience')", 12))
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    @Order(1)
    void aFigureThatARuleRemovedIsMissingAsQuarantined() {
        JsonNode rows = query("select value, reason from indicators where indicator = 'tuberculosis'"
                + " and region = 'UKG' and period = '2019'");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).path("value").isNull()).isTrue();
        assertThat(rows.get(0).path("reason").asText()).startsWith("quarantined");
    }

    /** One authority's line with a number in another locale, one of an unknown authority and one that is lost. */
    @Test
    @Order(2)
    void aBrokenCopyOfTheEmissionsStopsTheRunNamesItsRowsAndLeavesTheReleaseAsItWas() throws IOException {
        String before = Files.readString(office.storage.resolve("releases/latest.json"));
        Path copy = folder.resolve("data");
        String broken = "uk/emissions/vintages/local_authority_emissions_v1.2.0.csv";
        linked(DATA.toAbsolutePath(), copy, Path.of(broken));
        List<String> lines = new ArrayList<>(Files.readAllLines(DATA.resolve(broken)));
        lines.set(1, lines.get(1).replace(",178.9586109335806,", ",\"1.178,95\","));
        lines.set(2, lines.get(2).replace(",ABD,", ",QQQ,"));
        lines.remove(3);
        Files.write(copy.resolve(broken), lines);

        OfficeCopy.Ended ended = office.doughnut("--office", "uk", "--set", "data=" + copy, "run", "--json");

        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err()).contains("la-emissions breaks").contains("doughnut quality show");
        assertThat(ended.step("ingest/la-emissions").path("quarantined").asInt())
                .isPositive();
        JsonNode aside = office.doughnut(
                        "--office",
                        "uk",
                        "query",
                        "--lake",
                        "--json",
                        "select distinct line, message from quarantine.`la-emissions` where stage = 'parse'")
                .json();
        assertThat(aside).isNotEmpty().allMatch(row -> row.path("line").asInt() == 2);
        assertThat(Files.readString(office.storage.resolve("releases/latest.json")))
                .isEqualTo(before);
    }

    /** The same files under another folder, but for one that is left out. */
    private static void linked(Path from, Path to, Path except) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                Files.createDirectories(to.resolve(relative).getParent());
                if (!relative.equals(except)) {
                    Files.createSymbolicLink(to.resolve(relative), file.toAbsolutePath());
                }
            }
        }
    }

    private static JsonNode fed(String slots, int regions) {
        return query(FED.formatted(slots, regions));
    }

    private static JsonNode query(String sql) {
        return office.doughnut("--office", "uk", "query", "--json", sql).json();
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
