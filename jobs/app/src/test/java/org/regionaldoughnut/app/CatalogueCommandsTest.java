package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** What the catalogue holds, how an indicator is defined, and how a figure of the sample office came about. */
class CatalogueCommandsTest {
    @TempDir
    static Path folder;

    /** An indicator that compares regions, on the sample's figures. */
    private static final String PARTNERS =
            """
            indicators:
              - id: import-partner-specialisation
                title: Specialisation of import partners
                description: How far a region's import partners differ from those of all regions.
                unit: index, 0 to 2
                formula_text: Krugman index of imports over partner countries
                lens: global-social
                direction: context
                level: macro
                form: context
                universe: imported goods
                kind: krugman
                over: partner
                terms:
                  imports: {table: trade, series: [hmrc-rts-t5], where: "flow = 'import' and partner rlike '^[A-Z]{2}$'"}
                roll_up: sum
                slots:
                  - {framework: regenerative-cluster, dimension: resilience, headline: false}
                references: ["HMRC, Regional trade in goods statistics by small area 2019, table 5"]
                range: {min: 0, max: 2}
            """;

    private static OfficeCopy office;

    @BeforeAll
    static void computed() throws IOException {
        SparkTest.session();
        office = new OfficeCopy(folder);
        Files.createDirectories(office.home.resolve("conf/sample/indicators"));
        Files.writeString(office.home.resolve("conf/sample/indicators/partners.yaml"), PARTNERS);
        assertThat(office.doughnut("run").code()).isZero();
    }

    @Test
    void listNamesIndicatorsOfADimensionAndWhatFeedsThem() {
        JsonNode rows = office.doughnut(
                        "indicators", "list", "--framework", "doughnut", "--dimension", "climate-change", "--json")
                .json();
        JsonNode co2 = row(rows, "co2-per-person");
        assertThat(co2.path("source").asText()).isEqualTo("la-emissions la-population");
        assertThat(co2.path("slots").asText()).isEqualTo("doughnut/ecological/climate-change*");
        assertThat(row(rows, "co2-footprint-per-person").path("source").asText())
                .isEqualTo("none: no series owid-co2");
        assertThat(office.doughnut("indicators", "list").out()).contains("circular-material-use-rate");
    }

    @Test
    void aMistypedNameIsAnsweredWithTheNearestOne() {
        OfficeCopy.Ended list = office.doughnut("indicators", "list", "--framework", "dougnut");
        assertThat(list.code()).isEqualTo(2);
        assertThat(list.err()).contains("there is no framework 'dougnut'. Did you mean 'doughnut'?");
        assertThat(office.doughnut("indicators", "show", "co2-per-persn").err())
                .contains("Cannot show the indicator 'co2-per-persn'")
                .contains("Did you mean 'co2-per-person'?");
        OfficeCopy.Ended region = office.doughnut("indicators", "explain", "co2-per-person", "--region", "Wales");
        assertThat(region.code()).isEqualTo(2);
        assertThat(region.err()).contains("'Wales': it is no region of UK-NUTS-2016. Did you mean 'UKL'?");
        assertThat(office.doughnut("indicators", "explain", "co2-per-person", "--region", "UKC", "--period", "2018")
                        .err())
                .contains("there is none for 2018")
                .contains("Periods with a row: 2019");
        assertThat(office.doughnut("indicators", "explain", "waste-per-person", "--region", "UKC")
                        .err())
                .contains("no source with the series waste-statistics");
    }

    @Test
    void showTellsFormulaSourcesBoundariesAndReferences() {
        JsonNode definition = office.doughnut("indicators", "show", "co2-per-person", "--json")
                .json();
        assertThat(definition.path("formula").asText()).isEqualTo("co2 / people");
        assertThat(definition.path("terms")).hasSize(2);
        assertThat(definition.path("terms").get(0).path("source").asText()).isEqualTo("la-emissions");
        assertThat(StreamSupport.stream(definition.path("boundaries").spliterator(), false)
                        .filter(b -> b.path("set").asText().equals("article-2025")))
                .singleElement()
                .satisfies(b -> assertThat(b.path("ceiling").asDouble()).isEqualTo(0.95));
        assertThat(office.doughnut("indicators", "show", "circular-material-use-rate")
                        .out())
                .contains("none in the office sample")
                .contains("indicator 6a");
    }

    @Test
    void showTellsWhatTheKindTakesBesideItsTerms() {
        JsonNode index = shown("co2-index-2005");
        assertThat(index.path("kind").asText()).isEqualTo("index");
        assertThat(index.path("base_year").asInt()).isEqualTo(2005);
        assertThat(shown("economic-complexity").path("specialised_at").asDouble())
                .isEqualTo(1);
        assertThat(shown("related-variety").has("groups")).isTrue();
        assertThat(shown("industrial-symbiosis-potential").path("exchanges").asInt())
                .isPositive();
        assertThat(index.has("lag")).isFalse();
    }

    private JsonNode shown(String indicator) {
        return office.doughnut("indicators", "show", indicator, "--json").json();
    }

    /** Sums over the twelve authorities of the North East in the sample's file. */
    @Test
    void explainInsertsTheNumbersAndLeadsBackToFilesAndLines() {
        JsonNode told = office.doughnut(
                        "indicators",
                        "explain",
                        "co2-per-person",
                        "--region",
                        "UKC",
                        "--period",
                        "2019",
                        "--rows",
                        "3",
                        "--json")
                .json();
        JsonNode co2 = told.path("terms").get(0);
        JsonNode people = told.path("terms").get(1);
        assertThat(told.path("value").asDouble())
                .isCloseTo(co2.path("value").asDouble() / people.path("value").asDouble(), within(1e-12));
        assertThat(told.path("recomputed").asDouble())
                .isCloseTo(told.path("value").asDouble(), within(1e-12));
        assertThat(told.path("formula_with_numbers").asText()).matches("[0-9.]+ / [0-9.]+");
        assertThat(co2.path("regions")).hasSize(12);
        double sum = StreamSupport.stream(co2.path("regions").spliterator(), false)
                .mapToDouble(r -> r.path("value").asDouble())
                .sum();
        assertThat(sum).isCloseTo(co2.path("value").asDouble(), within(1e-6));
        assertThat(co2.path("rows")).hasSize(3);
        assertThat(co2.path("row_count").asInt()).isEqualTo(12);
        JsonNode first = co2.path("rows").get(0);
        assertThat(first.path("file").asText()).isEqualTo("local-authority-co2-2019.csv");
        assertThat(first.path("received").asText()).isNotBlank();
        assertThat(first.path("value").asDouble())
                .isEqualTo(co2.path("regions").get(0).path("value").asDouble());

        String text = office.doughnut("indicators", "explain", "co2-per-person", "--region", "UKC", "--period", "2019")
                .out();
        assertThat(text)
                .contains("CO2 per person (co2-per-person) of North East (UKC), 2019")
                .contains("formula    co2 / people")
                .contains("and 7 more; --rows N shows more")
                .doesNotContain("the table says");
    }

    @Test
    void explainShowsThePartsOfAConcentrationAndTheQuartersOfAMean() {
        JsonNode told = office.doughnut(
                        "indicators", "explain", "import-partner-concentration", "--region", "UKN", "--json")
                .json();
        assertThat(told.path("recomputed").asDouble())
                .isCloseTo(told.path("value").asDouble(), within(1e-9));
        assertThat(told.path("terms").get(0).path("codes")).hasSizeGreaterThan(20);
        JsonNode mean = office.doughnut("indicators", "explain", "unemployment", "--region", "UKC", "--json")
                .json();
        assertThat(mean.path("terms").get(0).path("row_count").asInt()).isEqualTo(4);
        assertThat(mean.path("recomputed").asDouble())
                .isCloseTo(mean.path("value").asDouble(), within(1e-9));
    }

    @Test
    void explainRecomputesAComparisonOfRegionsAndShowsTheSharesItIsMadeOf() {
        JsonNode told = office.doughnut(
                        "indicators", "explain", "import-partner-specialisation", "--region", "UKN", "--json")
                .json();
        assertThat(told.path("value").asDouble()).isPositive();
        assertThat(told.path("recomputed").asDouble())
                .isCloseTo(told.path("value").asDouble(), within(1e-12));
        JsonNode comparison = told.path("comparison");
        assertThat(comparison.path("regions").asInt()).isEqualTo(12);
        double differences = StreamSupport.stream(comparison.path("shares").spliterator(), false)
                .mapToDouble(share -> Math.abs(share.path("share").asDouble()
                        - share.path("share_of_all").asDouble()))
                .sum();
        assertThat(differences).isCloseTo(told.path("value").asDouble(), within(1e-9));
        // Northern Ireland buys from its neighbour
        assertThat(comparison.path("shares").get(0).path("code").asText()).isEqualTo("IE");

        assertThat(office.doughnut("indicators", "explain", "import-partner-specialisation", "--region", "UKN")
                        .out())
                .contains("compared with the sum of 12 regions of level NUTS1")
                .contains("IE  ");
    }

    @Test
    void explainTellsAFigureAsItWasKnownOnADay() {
        JsonNode now = office.doughnut(
                        "indicators", "explain", "co2-per-person", "--region", "UKC", "--as-of", "2026-03-02", "--json")
                .json();
        assertThat(now.path("recomputed").asDouble())
                .isPositive()
                .isEqualTo(now.path("value").asDouble());
        assertThat(now.path("formula_with_numbers").asText()).matches("[0-9.]+ / [0-9.]+");

        OfficeCopy.Ended before =
                office.doughnut("indicators", "explain", "co2-per-person", "--region", "UKC", "--as-of", "1999-12-31");
        assertThat(before.code()).isEqualTo(2);
        assertThat(before.err()).contains("Cannot explain co2-per-person of UKC");
    }

    @Test
    void namedIndicatorsAreComputedAloneAndLeaveTheOthersAsTheyAre() {
        OfficeCopy.Ended one = office.doughnut("indicators", "co2-per-person", "--run-id", "one", "--json");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.step("indicators/co2-per-person").path("state").asText()).isEqualTo("done");
        JsonNode runs = office.doughnut(
                        "query",
                        "--lake",
                        "--json",
                        "select distinct indicator from statistics.indicators where run = 'one'")
                .json();
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).path("indicator").asText()).isEqualTo("co2-per-person");
        assertThat(office.doughnut("plan", "--json").out()).doesNotContain("\"due\":true");

        OfficeCopy.Ended none = office.doughnut("indicators", "co2-per-persn");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("Did you mean 'co2-per-person'?");
    }

    @Test
    void assetsAreMappedByCapitalBesidePeersAndWhatIsMissingSaysWhy() {
        JsonNode rows = office.doughnut("indicators", "assets", "--region", "UKC", "--json")
                .json();
        JsonNode co2 = row(rows, "co2-per-person");
        assertThat(co2.path("capital").asText()).isEqualTo("natural");
        assertThat(co2.path("peers").asInt()).isEqualTo(12);
        double median = co2.path("peers_median").asDouble();
        assertThat(co2.path("beside_peers").asText())
                .isEqualTo(co2.path("value").asDouble() < median ? "better" : "worse");
        JsonNode missing = row(rows, "facility-training-hours");
        assertThat(missing.path("value").isNull()).isTrue();
        assertThat(missing.path("level").asText()).isEqualTo("micro");
        assertThat(missing.path("reason").asText()).isNotBlank();
        assertThat(StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.path("capital").asText())
                        .distinct())
                .containsExactly(
                        "natural", "financial", "manufactured", "digital", "human", "social", "political", "cultural");
        assertThat(office.doughnut("indicators", "assets", "--region", "UKC", "--there")
                        .out())
                .doesNotContain("facility-training-hours")
                .containsPattern("natural: [0-9]+ of [0-9]+ indicators there");
        assertThat(office.doughnut("indicators", "assets", "--region", "UKX").err())
                .contains("the latest release has no doughnut of it.");
        assertThat(office.doughnut("query", "--json", "select count(*) n from assets where there")
                        .json()
                        .get(0)
                        .path("n")
                        .asInt())
                .isPositive();
    }

    private static JsonNode row(JsonNode rows, String indicator) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("indicator").asText().equals(indicator))
                .findFirst()
                .orElseThrow();
    }
}
