package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.country;
import static org.regionaldoughnut.indicators.Figures.measure;
import static org.regionaldoughnut.indicators.Figures.measures;
import static org.regionaldoughnut.indicators.Figures.people;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;
import static org.regionaldoughnut.indicators.Figures.withheld;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;

class RollUpTest {
    private static final Map<String, BigDecimal> PEOPLE = people(Map.of("a", 100, "b", 200, "c", 300, "d", 400));

    @Test
    void aSumGoesOverTheLeavesOfEveryRegionAboveThem() {
        Map<String, RollUp.Node> nodes = roll(country(), PEOPLE, Map.of("a", 1.0, "b", 2.0, "c", 4.0, "d", 8.0));

        assertThat(total(nodes, "XA1")).isEqualTo(3);
        assertThat(total(nodes, "XA2")).isEqualTo(4);
        assertThat(total(nodes, "XA")).isEqualTo(7);
        assertThat(total(nodes, "XB")).isEqualTo(8);
        assertThat(total(nodes, "X")).isEqualTo(15);
        assertThat(nodes.get("X").published()).isFalse();
        assertThat(nodes.get("X").coverage()).isEqualTo(Coverage.FULL);
    }

    @Test
    void aPublishedFigureWinsOverTheSumOfLowerOnesAndTakesPartInHigherOnes() {
        Map<String, RollUp.Node> nodes =
                roll(country(), PEOPLE, Map.of("a", 1.0, "b", 2.0, "c", 4.0, "d", 8.0, "XA1", 5.0));

        assertThat(total(nodes, "XA1")).isEqualTo(5);
        assertThat(nodes.get("XA1").published()).isTrue();
        assertThat(total(nodes, "XA")).isEqualTo(9);
        assertThat(total(nodes, "X")).isEqualTo(17);
    }

    @Test
    void aLowerRegionWithoutAFigureLowersTheCoverageAndIsNotZero() {
        Map<String, RollUp.Node> nodes = roll(country(), PEOPLE, Map.of("a", 1.0, "c", 4.0, "d", 8.0));

        assertThat(total(nodes, "X")).isEqualTo(13);
        assertThat(nodes.get("X").coverage()).isEqualTo(new Coverage(3.0 / 4, 800.0 / 1000));
        assertThat(nodes.get("XA1").coverage().population()).isCloseTo(100.0 / 300, within(1e-12));
        assertThat(nodes.get("b").measures()).isEmpty();
        assertThat(nodes.get("b").coverage()).isEqualTo(new Coverage(0, 0));
    }

    @Test
    void aFigureTheSourceWithholdsIsNotMadeUpFromLowerOnes() {
        Map<String, Measure> figures = new LinkedHashMap<>(measures(Map.of("a", 1.0, "b", 2.0, "c", 4.0, "d", 8.0)));
        figures.put("XA1", withheld(ObsStatus.Q));

        Map<String, RollUp.Node> nodes = new RollUp(country(), PEOPLE).roll(Map.of("t", figures), true);

        assertThat(nodes.get("XA1").measures()).isEmpty();
        assertThat(total(nodes, "XA")).isEqualTo(4);
        assertThat(nodes.get("XA").coverage().population()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aResidualTakesPartInTheSumOfItsRegion() {
        Map<String, RollUp.Node> nodes =
                roll(country(), PEOPLE, Map.of("a", 1.0, "b", 2.0, "c", 4.0, "d", 8.0, "XAZ", 100.0));

        assertThat(total(nodes, "XA")).isEqualTo(107);
        assertThat(total(nodes, "X")).isEqualTo(115);
        assertThat(nodes.get("XA").coverage()).isEqualTo(Coverage.FULL);
    }

    @Test
    void extraRegioStaysOutsideTheSum() {
        Map<String, RollUp.Node> nodes =
                roll(country(), PEOPLE, Map.of("a", 1.0, "b", 2.0, "c", 4.0, "d", 8.0, "XZZ", 1000.0));

        assertThat(total(nodes, "X")).isEqualTo(15);
        assertThat(total(nodes, "XZZ")).isEqualTo(1000);
    }

    @Test
    void anAuthorityWithoutPeopleInThePeriodDoesNotExistInIt() {
        RegionTree merged = tree(
                region("X", "NUTS0", null),
                region("old1", "LAU", "X"),
                region("old2", "LAU", "X"),
                region("new", "LAU", "X"));

        Map<String, RollUp.Node> nodes = roll(merged, people(Map.of("new", 500)), Map.of("new", 7.0));

        assertThat(total(nodes, "X")).isEqualTo(7);
        assertThat(nodes.get("X").coverage()).isEqualTo(Coverage.FULL);
    }

    @Test
    void whereNobodyIsCountedTheCoverageOfPeopleIsUnknown() {
        Map<String, RollUp.Node> nodes = roll(country(), Map.of(), Map.of("a", 1.0));

        assertThat(nodes.get("XA1").coverage()).isEqualTo(new Coverage(0.5, Coverage.UNKNOWN));
    }

    @Test
    void anAuthorityInTwoCountiesMakesTheirSumsIncompleteButNotThatOfTheRegionThatHoldsBoth() {
        Map<String, RollUp.Node> nodes =
                roll(straddled(), people(Map.of("a", 100, "c", 100, "s", 100)), Map.of("a", 1.0, "c", 2.0, "s", 4.0));

        assertThat(nodes.get("XA1").incomplete())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Region s lie only partly in the region"));
        assertThat(nodes.get("XA2").incomplete()).isPresent();
        assertThat(nodes.get("XA").incomplete()).isEmpty();
        assertThat(total(nodes, "XA")).isEqualTo(7);
        assertThat(nodes.get("XA").coverage()).isEqualTo(Coverage.FULL);
    }

    @Test
    void aPublishedFigureOfACountyIsCompleteWhateverLiesPartlyInIt() {
        Map<String, RollUp.Node> nodes =
                roll(straddled(), people(Map.of("a", 100, "c", 100, "s", 100)), Map.of("XA1", 3.0, "XA2", 5.0));

        assertThat(nodes.get("XA1").incomplete()).isEmpty();
        assertThat(nodes.get("XA1").published()).isTrue();
        assertThat(total(nodes, "XA")).isEqualTo(8);
    }

    @Test
    void severalTermsAreSummedOverTheSameRegions() {
        Map<String, Map<String, Measure>> own = new LinkedHashMap<>();
        own.put("co2", measures(Map.of("a", 10.0, "b", 20.0, "c", 30.0)));
        own.put("people", measures(Map.of("a", 1.0, "c", 3.0, "d", 4.0)));

        RollUp.Node country = new RollUp(country(), PEOPLE).roll(own, true).get("X");

        assertThat(country.measures().get("co2").total()).isEqualByComparingTo("40");
        assertThat(country.measures().get("people").total()).isEqualByComparingTo("4");
        assertThat(country.coverage().population()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void codesOfSharesAreKeptApartInSums() {
        Map<String, Measure> own = Map.of(
                "a", measure(Map.of("DE", 1.0, "FR", 2.0), ObsStatus.A),
                "b", measure(Map.of("FR", 3.0), ObsStatus.E),
                "c", measure(Map.of("US", 4.0), ObsStatus.P));

        Measure sum = new RollUp(country(), PEOPLE)
                .roll(Map.of("t", own), true)
                .get("XA")
                .measures()
                .get("t");

        assertThat(new TreeMap<>(sum.parts())).hasToString("{DE=1.0, FR=5.0, US=4.0}");
        assertThat(sum.status()).isEqualTo(ObsStatus.E);
    }

    @Test
    void withoutARollUpOnlyPublishedFiguresCount() {
        Map<String, RollUp.Node> nodes =
                new RollUp(country(), PEOPLE).roll(Map.of("t", measures(Map.of("a", 1.0, "b", 2.0))), false);

        assertThat(total(nodes, "a")).isEqualTo(1);
        assertThat(nodes.get("XA1").measures()).isEmpty();
        assertThat(nodes.get("X").measures()).isEmpty();
    }

    /** Town s lies in both counties of XA, so its parent is XA. */
    private static RegionTree straddled() {
        return tree(
                region("X", "NUTS0", null),
                region("XA", "NUTS1", "X"),
                region("XA1", "NUTS2", "XA"),
                region("XA2", "NUTS2", "XA"),
                region("a", "LAU", "XA1"),
                region("c", "LAU", "XA2"),
                region("s", "LAU", "XA", "XA1", "XA2"));
    }

    private static Map<String, RollUp.Node> roll(
            RegionTree tree, Map<String, BigDecimal> people, Map<String, Double> figures) {
        return new RollUp(tree, people).roll(Map.of("t", measures(figures)), true);
    }

    private static double total(Map<String, RollUp.Node> nodes, String region) {
        return nodes.get(region).measures().get("t").total().doubleValue();
    }
}
