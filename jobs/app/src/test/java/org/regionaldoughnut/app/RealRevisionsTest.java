package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/**
 * Editions as their publishers put them out one after the other: what was revised is counted from the files themselves.
 * Skipped where the publishers' files are not at hand.
 */
class RealRevisionsTest {
    private static final Path DATA = OfficeCopy.PROJECT.resolve("../shared/data");

    @TempDir
    Path folder;

    private OfficeCopy office;
    private Path own;

    @BeforeAll
    static void session() {
        assumeTrue(Files.isDirectory(DATA), "the publishers' files are not in ../shared/data");
        SparkTest.session();
    }

    @BeforeEach
    void emptyOffice() throws IOException {
        office = new OfficeCopy(folder);
        own = office.home.resolve("conf/pairs");
        Files.createDirectories(own.resolve("sources"));
    }

    @Test
    void editionsAreComparedFigureByFigureAndEarlierReleasesComeBackAsOfTheirDay() throws IOException {
        office("UK-NUTS-2016", "gss-regions");
        source(regions("nuts-uk-2016")
                .replaceFirst("(?m)^columns:", "where: \"level in ('NUTS0', 'NUTS1')\"\ncolumns:")
                .replaceFirst("(?s)quality:.*", ""));
        source(
                """
                id: ons-sdg-8-3-1
                title: Unpaid family workers
                publisher: Office for National Statistics
                licence: OGL-UK-3.0
                contract: census
                location: {path: "../received/ons-sdg-8-3-1.csv"}
                format:
                  kind: csv
                  header:
                    optional: [Series, Country, Sector, Units]
                    aliases: {Units: Unit measure}
                where: >-
                  coalesce(Series, '') not like '%formal%' and GeoCode rlike '^(E12|W92|S92|N92)' and Sector is null
                columns:
                  region: {from: GeoCode}
                  region_scheme: {constant: GSS}
                  variable: {constant: unpaid-family-workers}
                  breakdown: {dimensions: {SEX: Sex}}
                  period: {from: Year}
                  value: {from: Value}
                  unit: {constant: PERCENT}
                """);
        source(
                """
                id: ons-sdg-11-6-1
                title: Collected waste
                publisher: Office for National Statistics
                licence: OGL-UK-3.0
                contract: census
                location: {path: "../received/ons-sdg-11-6-1.csv"}
                format:
                  kind: csv
                  header:
                    aliases: {Disposal method: Disposal Method, Waste collection authority: Local Authority}
                where: "GeoCode rlike '^(E12|W92|S92|N92)' and `Waste collection authority` is null"
                columns:
                  region: {from: GeoCode}
                  region_scheme: {constant: GSS}
                  variable: {constant: collected-waste-share}
                  breakdown: "concat('METHOD=', upper(translate(`Disposal method`, ' -', '__')))"
                  period: {from: Year}
                  value: {from: Value}
                  unit: {constant: PERCENT}
                """);
        put("uk/census/ons_sdg/archived-8-3-1.csv", "ons-sdg-8-3-1.csv");
        put("uk/census/ons_sdg/archived-11-6-1.csv", "ons-sdg-11-6-1.csv");
        Map<String, String> first = tablesOf(released("2020-12-01T09:00:00Z"));
        put("uk/census/ons_sdg/indicator_8-3-1.csv", "ons-sdg-8-3-1.csv");
        put("uk/census/ons_sdg/indicator_11-6-1.csv", "ons-sdg-11-6-1.csv");
        Map<String, String> second = tablesOf(released("2023-12-01T09:00:00Z"));

        JsonNode work = diff("ons-sdg-8-3-1");
        assertThat(figures(work, "revised")).isEqualTo(126);
        assertThat(figures(work, "unchanged") + figures(work, "restated")).isZero();
        // 288 of 2004 to 2011, and the figures of women and men since
        assertThat(figures(work, "withdrawn")).isEqualTo(414);
        assertThat(work.at("/revisions/largest_absolute").asDouble()).isBetween(0.12, 0.13);
        JsonNode waste = diff("ons-sdg-11-6-1");
        // 855 published figures are the same; two shares of -0.1 % do not pass the gate
        assertThat(figures(waste, "unchanged")).isEqualTo(853);
        assertThat(figures(waste, "revised") + figures(waste, "restated") + figures(waste, "withdrawn"))
                .isZero();
        assertThat(figures(waste, "new")).isEqualTo(90);

        assertThat(second.get("indicators")).isNotEqualTo(first.get("indicators"));
        assertThat(tablesOf(released("2026-03-01T09:00:00Z", "--as-of", "2020-12-31")))
                .isEqualTo(first);
    }

    @Test
    void fourVintagesOfEmissionsReviseNoValue() throws IOException {
        office("UK-NUTS-2016", "gss-regions, gss-authorities, uk-la-registry");
        for (String source : List.of("nuts-uk-2016", "lau-uk-2018", "lau-uk-successors")) {
            source(regions(source));
        }
        String source = Files.readString(office.home.resolve("conf/uk/sources/la-emissions.yaml"))
                .replaceFirst("id: la-emissions", "id: figures")
                .replaceFirst("location: .*", "location: {path: \"../received/figures.csv\"}")
                .replaceFirst("where: >-\\s+", "where: >-\n  Year = '2018' and ");
        source(source.substring(0, source.indexOf("quality:")));
        receive(List.of("0.1.0", "1.0.0", "1.1.0", "1.2.0").stream()
                .map(version -> "uk/emissions/vintages/local_authority_emissions_v" + version + ".csv")
                .toList());
        for (int edition = 1; edition < 4; edition++) {
            JsonNode diff = diff("figures", String.valueOf(edition), String.valueOf(edition + 1));
            assertThat(figures(diff, "revised")).as("edition %s", edition + 1).isZero();
            assertThat(figures(diff, "unchanged")).isGreaterThan(9_000);
        }
    }

    @Test
    void everyRegionalProductOf2013And2014WasRevisedUntil2024() throws IOException {
        List<String> known = Files.readAllLines(office.home.resolve("schemas/codelists/regions-nuts-2013.csv"));
        TreeSet<String> extra = new TreeSet<>();
        known.stream()
                .filter(l -> l.matches("[A-Z]{2},.*"))
                .forEach(l ->
                        extra.add(l.substring(0, 2) + "ZZ,NUTS-2013,Extra-regio,EXTRA," + l.substring(0, 2) + ",,"));
        known.addAll(extra);
        Files.write(office.home.resolve("schemas/codelists/regions-nuts-2013.csv"), known);
        office("NUTS-2013", "");
        source(Files.readString(office.home.resolve("conf/eu/sources/nuts-2013.yaml"))
                .replaceFirst("(?s)quality:.*", ""));
        source(
                """
                id: figures
                title: Gross domestic product
                publisher: Eurostat
                licence: CC-BY-4.0
                contract: census
                location: {path: "../received/figures.csv"}
                format: {kind: eurostat-tsv, header: {aliases: {time: TIME_PERIOD}, only: [freq, unit, geo, time, OBS_VALUE, OBS_FLAG]}}
                where: "unit = 'MIO_EUR' and length(geo) = 4 and geo not rlike '^(EU|EA)' and time in ('2013', '2014')"
                columns:
                  region: {from: geo}
                  region_scheme: {constant: NUTS-2013}
                  variable: {constant: gdp}
                  breakdown: {constant: "_T"}
                  period: {from: time}
                  value: {from: OBS_VALUE}
                  unit: {constant: million-EUR}
                """);
        receive(List.of("eu/eurostat_tsv_2017/nama_10r_2gdp.tsv", "eu/eurostat_tsv_2024/estat_nama_10r_3gdp.tsv"));
        OfficeCopy.Ended common = office.doughnut(
                "--office",
                "pairs",
                "query",
                "--lake",
                "--json",
                "select count(*) as n, sum(case when a.value <> b.value then 1 else 0 end) as revised from"
                        + " harmonised.census a join harmonised.census b on a.region = b.region and a.period = b.period"
                        + " where a.superseded is not null and b.superseded is null and a.value is not null and"
                        + " b.value is not null");
        assertThat(common.json().get(0).path("n").asInt()).isEqualTo(428);
        assertThat(common.json().get(0).path("revised").asInt()).isEqualTo(428);
        assertThat(figures(diff("figures"), "revised")).isGreaterThanOrEqualTo(428);
    }

    private static long figures(JsonNode diff, String kind) {
        return diff.path(kind).path("figures").asLong(-1);
    }

    private JsonNode diff(String source, String... editions) {
        List<String> words = new ArrayList<>(List.of("--office", "pairs", "diff", source, "--json"));
        words.addAll(List.of(editions));
        OfficeCopy.Ended ended = office.doughnut(words.toArray(String[]::new));
        assertThat(ended.err()).isEmpty();
        return ended.json();
    }

    /** The editions come in one after the other. */
    private void receive(List<String> files) throws IOException {
        for (String file : files) {
            put(file, "figures.csv");
            step("ingest");
        }
        step("validate");
        step("harmonise");
    }

    private void put(String file, String as) throws IOException {
        Path received = own.resolve("received").resolve(as);
        Files.createDirectories(received.getParent());
        Files.copy(DATA.resolve(file), received, StandardCopyOption.REPLACE_EXISTING);
    }

    private void step(String room) {
        OfficeCopy.Ended ended = office.doughnut("--office", "pairs", room);
        assertThat(ended.code()).as(room + ": " + ended.err()).isZero();
    }

    private Path released(String at, String... options) {
        List<String> words =
                new ArrayList<>(List.of("--office", "pairs", "--set", "report.pdf=false", "run", "--json"));
        words.addAll(List.of(options));
        OfficeCopy.Ended ended =
                office.doughnut(Clock.fixed(Instant.parse(at), ZoneOffset.UTC), words.toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isZero();
        return Path.of(ended.json().path("release").asText());
    }

    /** Content hash of each table of a release. */
    private static Map<String, String> tablesOf(Path release) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        new ObjectMapper()
                .readTree(release.resolve("release.json").toFile())
                .path("tables")
                .forEach(table -> hashes.put(
                        table.path("name").asText(), table.path("sha256").asText()));
        assertThat(hashes).containsKeys("indicators", "doughnut", "regions");
        return hashes;
    }

    private void source(String yaml) throws IOException {
        String id = yaml.lines().filter(l -> l.startsWith("id: ")).findFirst().orElseThrow();
        Files.writeString(own.resolve("sources/" + id.substring(4) + ".yaml"), yaml);
    }

    private String regions(String source) throws IOException {
        return Files.readString(office.home.resolve("conf/uk/sources/" + source + ".yaml"))
                .replace("${data}", DATA.toAbsolutePath().normalize().toString());
    }

    private void office(String frame, String correspondences) throws IOException {
        Files.writeString(
                own.resolve("office.yaml"),
                """
                id: pairs
                title: Editions of one table
                time_zone: UTC
                regions: {frame: %s, root: UK, correspondences: [%s]}
                doughnut: {years: [2019], levels: [NUTS1]}
                boundary_set: uk-2019
                """
                        .formatted(frame, correspondences));
    }
}
