package org.regionaldoughnut.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;

/** The shipped catalogue is complete: what the doughnut of 2025, the circular economy and the four frameworks ask for. */
class CatalogueTest {
    /** Fanning & Raworth, Nature 646, 47-56 (2025): 13 ecological and 22 social indicators. */
    private static final List<String> ARTICLE = List.of(
            "CC1", "CC2", "OA1", "CP1", "NP1", "NP2", "AP1", "FD1", "FD2", "LC1", "BB1", "BB2", "OD1", "NU1", "NU2",
            "HE1", "HE2", "ED1", "ED2", "IW1", "IW2", "WA1", "WA2", "EN1", "EN2", "CO1", "CO2", "HO1", "EQ1", "EQ2",
            "SC1", "SC2", "PV1", "PJ1", "PJ2");

    private static final String RECYCLABLES = "conf/indicators/recyclables-trade.yaml";

    private static Catalogue catalogue;

    @BeforeAll
    static void read() {
        catalogue = new OfficeReader(TinyOffice.PROJECT, Map.of(), Path.of(""))
                .read("sample", List.of())
                .catalogue();
    }

    @Test
    void holdsEachOfThe35IndicatorsOfTheArticleOnceWithItsReference() {
        for (String code : ARTICLE) {
            assertThat(ofArticle(code)).as(code).hasSize(1);
        }
        assertThat(ARTICLE).hasSize(35).doesNotHaveDuplicates();
    }

    /** Values and baselines: Fanning & Raworth 2025, table of boundaries. */
    @Test
    void holdsTheThirteenBoundariesOfThePlanetWithTheirBaselines() {
        Map<String, double[]> expected = new TreeMap<>(Map.of(
                "CC1", new double[] {350, 280},
                "CC2", new double[] {1, 0},
                "OA1", new double[] {2.75, 3.44},
                "CP1", new double[] {60, 0},
                "NP1", new double[] {6.2, 0},
                "NP2", new double[] {62, 0},
                "AP1", new double[] {0.1, 0.03},
                "FD1", new double[] {10.2, 0},
                "FD2", new double[] {11.1, 0},
                "LC1", new double[] {47.9, 63.87}));
        expected.put("BB1", new double[] {10, 0});
        expected.put("BB2", new double[] {5.59, 0});
        expected.put("OD1", new double[] {276, 290});
        Catalogue.BoundarySet set = catalogue.boundarySets().get("article-2025");
        expected.forEach((code, numbers) -> {
            Indicator indicator = ofArticle(code).get(0);
            Boundary boundary = set.boundary(indicator.id()).orElseThrow();
            assertThat(boundary.value()).as(code).isEqualTo(numbers[0]);
            assertThat(boundary.baseline()).as(code).isEqualTo(numbers[1]);
            assertThat(boundary.scope()).isEqualTo("global");
            assertThat(indicator.form()).isEqualTo(Form.CEILING);
            assertThat(boundary.ratio(numbers[1])).isEqualTo(0);
            assertThat(boundary.ratio(numbers[0])).isCloseTo(1, within(1e-12));
        });
        assertThat(set.boundaries().stream().filter(b -> b.scope().equals("global")))
                .hasSize(13);
    }

    @Test
    void holdsThePublishedBoundariesOfOnePerson() {
        assertThat(perPerson("article-2025"))
                .containsAllEntriesOf(Map.of(
                        "co2-footprint-per-person", 0.95,
                        "nitrogen-footprint-per-person", 8.5,
                        "phosphorus-footprint-per-person", 0.85,
                        "blue-water-footprint-per-person", 384.0,
                        "species-loss-footprint-per-person", 0.51,
                        "hanpp-footprint-per-person", 1.47));
        assertThat(perPerson("oneill-2018"))
                .containsAllEntriesOf(Map.of(
                        "co2-footprint-per-person", 1.61,
                        "nitrogen-footprint-per-person", 8.9,
                        "phosphorus-footprint-per-person", 0.89,
                        "blue-water-footprint-per-person", 574.0,
                        "hanpp-footprint-per-person", 2.62,
                        "ecological-footprint-per-person", 1.72,
                        "material-footprint-per-person", 7.2));
    }

    @Test
    void holdsTheIndicatorsThatTheUnitedKingdomCanFeed() throws IOException {
        List<String> ids;
        try (var in = CatalogueTest.class.getResourceAsStream("/uk-indicators.txt")) {
            ids = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
        assertThat(ids).hasSize(36 + 8 + 21 + 9);
        assertThat(catalogue.indicators().keySet()).containsAll(ids);
    }

    @Test
    void everyDimensionOfEveryFrameworkHasAnIndicator() {
        for (Framework framework : catalogue.frameworks().values()) {
            for (Framework.Ring ring : framework.rings()) {
                for (Framework.Dimension dimension : ring.dimensions()) {
                    assertThat(in(framework.id(), ring.id(), dimension.id()))
                            .as(framework.id() + "/" + ring.id() + "/" + dimension.id())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void everyDimensionOfTheDoughnutCanBeFedForRegionsOrIsMeasuredGlobally() {
        Framework doughnut = catalogue.frameworks().get("doughnut");
        for (Framework.Ring ring : doughnut.rings()) {
            for (Framework.Dimension dimension : ring.dimensions()) {
                boolean local = in("doughnut", ring.id(), dimension.id()).stream()
                        .anyMatch(indicator -> indicator.lens().startsWith("local"));
                boolean globally =
                        dimension.measured().filter("globally"::equals).isPresent();
                assertThat(local).as(dimension.id()).isNotEqualTo(globally);
            }
        }
    }

    @Test
    void atMostTwoIndicatorsOfADimensionAreHeadlines() {
        for (String id : List.of("doughnut", "global-doughnut")) {
            for (Framework.Ring ring : catalogue.frameworks().get(id).rings()) {
                for (Framework.Dimension dimension : ring.dimensions()) {
                    long headlines = catalogue.indicators().values().stream()
                            .flatMap(indicator -> indicator.slots().stream())
                            .filter(slot -> slot.framework().equals(id)
                                    && slot.ring().equals(ring.id())
                                    && slot.dimension().equals(dimension.id())
                                    && slot.headline())
                            .count();
                    assertThat(headlines).as(id + "/" + dimension.id()).isBetween(0L, 2L);
                }
            }
        }
    }

    @Test
    void everyCapitalIsSeenInAFacilityAGroupOfFirmsAndTheRegion() {
        for (Framework.Dimension capital :
                catalogue.frameworks().get("eight-capitals").rings().get(0).dimensions()) {
            Set<String> levels = in("eight-capitals", Framework.NO_RING, capital.id()).stream()
                    .map(Indicator::level)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(levels).as(capital.id()).containsExactly("macro", "meso", "micro");
        }
        assertThat(catalogue.frameworks().get("eight-capitals").rings().get(0).dimensions())
                .hasSize(8);
    }

    @Test
    void theMonitoringFrameworkOfTheEuropeanUnionIsWhole() {
        Set<String> numbers = catalogue.indicators().values().stream()
                .filter(indicator -> indicator.slotIn("eu-circular-economy").isPresent())
                .flatMap(indicator -> indicator.references().stream())
                .filter(reference -> reference.contains("COM(2023) 306"))
                .map(reference -> reference.replaceFirst(".*, indicator ", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(numbers)
                .contains(
                        "1b", "2", "3a", "3b", "3c", "3e", "3f", "4a", "4b", "5a", "5b", "5c", "6a", "6b", "7", "8a",
                        "8b", "8c", "9", "10a", "10b", "11a", "11b");
        assertThat(catalogue.indicators()).containsKeys("material-footprint-per-person", "food-waste-per-person");
    }

    @Test
    void everyIndicatorSaysWhatItIsAndWhereItComesFrom() {
        for (Indicator indicator : catalogue.indicators().values()) {
            assertThat(List.of(
                            indicator.title(),
                            indicator.description(),
                            indicator.unit(),
                            indicator.formulaText(),
                            indicator.lens(),
                            indicator.level(),
                            indicator.universe()))
                    .as(indicator.id())
                    .allSatisfy(text -> assertThat(text).isNotBlank());
            assertThat(indicator.references()).as(indicator.id()).isNotEmpty();
            assertThat(indicator.terms().values()).as(indicator.id()).allSatisfy(term -> assertThat(
                            !term.series().isEmpty() || term.indicator().isPresent())
                    .isTrue());
        }
    }

    /** Thirteen classes, as in the table cei_srm020 of Eurostat. */
    @Test
    void tradeInRecyclablesTakesTheHeadingsOfItsClassFromTheCodelist() {
        List<String> classes = List.of(
                "PAPER",
                "PLAST",
                "RUB",
                "TEXT",
                "GLAS",
                "WD",
                "ORG",
                "MIN",
                "MT_FER",
                "MT_NFER_CAN",
                "MT_NFER_PRE",
                "MT_NFER_OTH",
                "NSP");
        CsvTable codes =
                CsvTable.read(TinyOffice.PROJECT.resolve("schemas/codelists/recyclables-hs.csv"), "code", "class");
        assertThat(codes.rows().stream().map(row -> row.get("class")).distinct())
                .containsExactlyInAnyOrderElementsOf(classes);
        assertThat(codes.rows().stream().map(row -> row.get("code"))).doesNotHaveDuplicates();
        assertThat(where("recyclables-imports-paper")).contains("substring(product, 1, 4) in ('4707')");
        assertThat(where("recyclables-exports-copper-aluminium-nickel")).contains("in ('7404', '7503', '7602')");
        assertThat(where("recyclables-imports-mass")).contains("'252530'").contains("'8549'");
        assertThat(catalogue.indicators().keySet().stream().filter(id -> id.startsWith("recyclables-imports-")))
                .hasSize(classes.size() + 2);
    }

    @Test
    void anUnknownClassOfACodelistIsNamedWithTheKnownOnes(@TempDir Path folder) throws IOException {
        TinyOffice office = new TinyOffice(folder);
        for (String file : List.of(RECYCLABLES, "conf/frameworks/eu-circular-economy.yaml")) {
            office.write(file, Files.readString(TinyOffice.PROJECT.resolve(file)));
        }
        office.replace(RECYCLABLES, "class: PAPER}", "class: PAPIER}");
        assertThatThrownBy(office::read)
                .hasMessageContaining("the codelist recyclables-hs has no class 'PAPIER'")
                .hasMessageContaining("PAPER, PLAST");
    }

    private static String where(String id) {
        return catalogue
                .indicator(id)
                .terms()
                .values()
                .iterator()
                .next()
                .where()
                .orElseThrow();
    }

    private static Map<String, Double> perPerson(String set) {
        return catalogue.boundarySets().get(set).boundaries().stream()
                .filter(boundary -> boundary.scope().equals("per-capita"))
                .collect(Collectors.toMap(Boundary::indicator, Boundary::value));
    }

    private static List<Indicator> ofArticle(String code) {
        return catalogue.indicators().values().stream()
                .filter(indicator -> indicator.references().stream()
                        .anyMatch(r -> r.contains("s41586-025-09385-1") && r.endsWith(", indicator " + code)))
                .toList();
    }

    private static List<Indicator> in(String framework, String ring, String dimension) {
        return catalogue.indicators().values().stream()
                .filter(indicator -> indicator.slots().stream()
                        .anyMatch(slot -> slot.framework().equals(framework)
                                && slot.ring().equals(ring)
                                && slot.dimension().equals(dimension)))
                .toList();
    }
}
