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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * The whole reference office against values computed from the publishers' files by other means (see {@code
 * expected/uk-office.csv}), and how many indicators its files feed. Runs with {@code -Doffices=full}.
 */
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
    void aFigureThatARuleRemovedIsMissingAsQuarantined() {
        JsonNode rows = query("select value, reason from indicators where indicator = 'tuberculosis'"
                + " and region = 'UKG' and period = '2019'");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).path("value").isNull()).isTrue();
        assertThat(rows.get(0).path("reason").asText()).startsWith("quarantined");
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
