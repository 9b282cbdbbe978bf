package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
    void allRegionalFiguresOfUnpaidFamilyWorkersWereRevised() throws IOException {
        unitedKingdom();
        source(
                """
                id: figures
                title: Unpaid family workers
                publisher: Office for National Statistics
                licence: OGL-UK-3.0
                contract: census
                location: {path: "../received/figures.csv"}
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
        receive("uk/census/ons_sdg/archived-8-3-1.csv");
        receive("uk/census/ons_sdg/indicator_8-3-1.csv");
        JsonNode diff = diff();
        assertThat(figures(diff, "revised")).isEqualTo(126);
        assertThat(figures(diff, "unchanged") + figures(diff, "restated")).isZero();
        // 288 of 2004 to 2011, and the figures of women and men since
        assertThat(figures(diff, "withdrawn")).isEqualTo(414);
        assertThat(diff.at("/revisions/largest_absolute").asDouble()).isBetween(0.12, 0.13);
    }

    @Test
    void renamedColumnsReviseNoFigureOfWaste() throws IOException {
        unitedKingdom();
        source(
                """
                id: figures
                title: Collected waste
                publisher: Office for National Statistics
                licence: OGL-UK-3.0
                contract: census
                location: {path: "../received/figures.csv"}
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
        receive("uk/census/ons_sdg/archived-11-6-1.csv");
        receive("uk/census/ons_sdg/indicator_11-6-1.csv");
        JsonNode diff = diff();
        // 855 published figures are the same; two shares of -0.1 % do not pass the gate
        assertThat(figures(diff, "unchanged")).isEqualTo(853);
        assertThat(figures(diff, "revised") + figures(diff, "restated") + figures(diff, "withdrawn"))
                .isZero();
        assertThat(figures(diff, "new")).isEqualTo(90);
    }

    @Test
    void fourVintagesOfEmissionsReviseNoValue() throws IOException {
        unitedKingdom();
        String source = Files.readString(office.home.resolve("conf/uk/sources/la-emissions.yaml"))
                .replaceFirst("id: la-emissions", "id: figures")
                .replaceFirst("location: .*", "location: {path: \"../received/figures.csv\"}")
                .replaceFirst("where: >-\\s+", "where: >-\n  Year = '2018' and ");
        source(source.substring(0, source.indexOf("quality:")));
        for (String version : List.of("0.1.0", "1.0.0", "1.1.0", "1.2.0")) {
            receive("uk/emissions/vintages/local_authority_emissions_v" + version + ".csv");
        }
        for (int edition = 1; edition < 4; edition++) {
            JsonNode diff = diff(String.valueOf(edition), String.valueOf(edition + 1));
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
        Files.writeString(
                own.resolve("sources/nuts-2013.yaml"),
                Files.readString(office.home.resolve("conf/eu/sources/nuts-2013.yaml"))
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
        receive("eu/eurostat_tsv_2017/nama_10r_2gdp.tsv");
        receive("eu/eurostat_tsv_2024/estat_nama_10r_3gdp.tsv");
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
        assertThat(figures(diff(), "revised")).isGreaterThanOrEqualTo(428);
    }

    private static long figures(JsonNode diff, String kind) {
        return diff.path(kind).path("figures").asLong(-1);
    }

    private JsonNode diff(String... editions) {
        String[] words = new String[5 + editions.length];
        System.arraycopy(new String[] {"--office", "pairs", "diff", "figures", "--json"}, 0, words, 0, 5);
        System.arraycopy(editions, 0, words, 5, editions.length);
        OfficeCopy.Ended ended = office.doughnut(words);
        assertThat(ended.err()).isEmpty();
        return ended.json();
    }

    private void receive(String file) throws IOException {
        Path received = own.resolve("received/figures.csv");
        Files.createDirectories(received.getParent());
        Files.copy(DATA.resolve(file), received, StandardCopyOption.REPLACE_EXISTING);
        for (String room : List.of("ingest", "validate", "harmonise")) {
            OfficeCopy.Ended ended = office.doughnut("--office", "pairs", room);
            assertThat(ended.code())
                    .as(room + " of " + file + ": " + ended.err())
                    .isZero();
        }
    }

    private void source(String yaml) throws IOException {
        Files.writeString(own.resolve("sources/figures.yaml"), yaml);
    }

    private void unitedKingdom() throws IOException {
        office("UK-NUTS-2016", "gss-regions, gss-authorities, uk-la-registry");
        for (String source : List.of("nuts-uk-2016", "lau-uk-2018", "lau-uk-successors")) {
            Files.writeString(
                    own.resolve("sources/" + source + ".yaml"),
                    Files.readString(office.home.resolve("conf/uk/sources/" + source + ".yaml"))
                            .replace(
                                    "${data}", DATA.toAbsolutePath().normalize().toString()));
        }
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
