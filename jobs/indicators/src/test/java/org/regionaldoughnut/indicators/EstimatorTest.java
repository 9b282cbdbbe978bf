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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.lake.ExactSum;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;

class EstimatorTest {
    private static final Map<String, BigDecimal> PEOPLE = people(Map.of("a", 100, "b", 200, "c", 300, "d", 400));
    private static final Indicator PER_PERSON = Definition.of("co2-per-person", Form.CEILING)
            .sum("co2")
            .sum("people")
            .formula("co2 / people")
            .indicator();

    @Test
    void termsAreSummedFirstAndDividedAfterwards() {
        Map<String, Estimate> estimates = estimate(
                PER_PERSON,
                term("co2", Map.of("a", 500.0, "b", 200.0, "c", 300.0, "d", 1000.0)),
                term("people", Map.of("a", 100.0, "b", 200.0, "c", 300.0, "d", 400.0)));

        assertThat(estimates.get("a").value()).hasValue(5.0);
        assertThat(estimates.get("b").value()).hasValue(1.0);
        Estimate county = estimates.get("XA1");
        assertThat(county.value()).hasValueSatisfying(v -> assertThat(v).isCloseTo(700.0 / 300, within(1e-12)));
        assertThat(county.numerator()).hasValue(700.0);
        assertThat(county.denominator()).hasValue(300.0);
        assertThat(county.origin()).isEqualTo("rolled_up");
        assertThat(estimates.get("a").origin()).isEqualTo("published");
        assertThat(estimates.get("X").value()).hasValue(2.0);
    }

    @Test
    void aRollUpOfFourFifthsOfThePeopleStandsAndOneOfLessIsMissing() {
        Map<String, Estimate> estimates = estimate(
                PER_PERSON,
                term("co2", Map.of("a", 1.0, "c", 1.0, "d", 1.0)),
                term("people", Map.of("a", 100.0, "c", 300.0, "d", 400.0)));

        assertThat(estimates.get("X").coverage().population()).isCloseTo(0.8, within(1e-12));
        assertThat(estimates.get("X").value()).isPresent();
        Estimate county = estimates.get("XA1");
        assertThat(county.value()).isEmpty();
        assertThat(county.status()).isEqualTo(ObsStatus.O);
        assertThat(county.reason())
                .hasValue("the lower regions with a figure hold 33.3 % of the people, below the 80 % a roll-up needs");
    }

    @Test
    void aResidualIsNotListedAsARegionOfItsOwn() {
        Map<String, Estimate> estimates = estimate(
                sum("exports"), term("exports", Map.of("XA1", 1.0, "XA2", 2.0, "XAZ", 4.0, "XB", 8.0, "XZZ", 16.0)));

        assertThat(estimates).doesNotContainKeys("XAZ", "XZZ");
        assertThat(estimates.get("XA").value()).hasValue(7.0);
        assertThat(estimates.get("X").value()).hasValue(15.0);
    }

    @Test
    void aCountyThatHoldsOnlyPartOfAnAuthorityIsMissingWithTheReason() {
        RegionTree tree = tree(
                region("X", "NUTS1", null),
                region("X1", "NUTS2", "X"),
                region("a", "LAU", "X1"),
                region("s", "LAU", "X", "X1"));
        Map<String, Estimate> estimates =
                estimate(sum("waste"), tree, Map.of(), term("waste", Map.of("a", 1.0, "s", 2.0)));

        assertThat(estimates.get("X1").value()).isEmpty();
        assertThat(estimates.get("X1").reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Region s", "no weights are declared"));
        assertThat(estimates.get("X").value()).hasValue(3.0);
        assertThat(estimates.get("X").reason()).isEmpty();
    }

    @Test
    void aWithheldFigureKeepsTheStatusItWasWithheldWith() {
        Map<String, Measure> own = new TreeMap<>(measures(Map.of("a", 1.0)));
        own.put("b", withheld(ObsStatus.Q));

        Map<String, Estimate> estimates = estimate(sum("waste"), Map.of("waste", Map.of("2019", own)));

        assertThat(estimates.get("b").value()).isEmpty();
        assertThat(estimates.get("b").status()).isEqualTo(ObsStatus.Q);
        assertThat(estimates.get("b").reason()).hasValue("the source gives no figure (missing: suppressed)");
    }

    @Test
    void aRegionNoSourceMentionsHasNoEstimate() {
        assertThat(estimate(sum("waste"), term("waste", Map.of("a", 1.0)))).doesNotContainKeys("d", "XB1", "XB");
    }

    @Test
    void aDivisionByZeroIsMissingWithTheReason() {
        Map<String, Estimate> estimates =
                estimate(PER_PERSON, term("co2", Map.of("a", 5.0)), term("people", Map.of("a", 0.0)));

        assertThat(estimates.get("a").value()).isEmpty();
        assertThat(estimates.get("a").status()).isEqualTo(ObsStatus.O);
        assertThat(estimates.get("a").reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("co2 / people", "no finite value"));
    }

    @Test
    void tradeOfNothingHasNoDiversity() {
        Indicator diversity = Definition.of("partner-diversity", Form.CONTEXT)
                .sum("exports")
                .kind(Indicator.Kind.HERFINDAHL)
                .indicator();
        Map<String, Measure> own = Map.of(
                "a", measure(Map.of("DE", 0.0, "FR", 0.0), ObsStatus.A),
                "b", measure(Map.of("DE", 3.0, "FR", 1.0), ObsStatus.A));

        Map<String, Estimate> estimates = estimate(diversity, Map.of("exports", Map.of("2019", own)));

        assertThat(estimates.get("a").value()).isEmpty();
        assertThat(estimates.get("a").reason()).isPresent();
        assertThat(estimates.get("b").value()).hasValue(0.625);
    }

    @Test
    void diversityIsRecomputedFromSummedPartsAndNeverAveraged() {
        Indicator diversity = Definition.of("partner-diversity", Form.CONTEXT)
                .sum("exports")
                .kind(Indicator.Kind.ENTROPY)
                .indicator();
        Map<String, Measure> own =
                Map.of("a", measure(Map.of("DE", 5.0), ObsStatus.A), "b", measure(Map.of("FR", 5.0), ObsStatus.A));

        Map<String, Estimate> estimates = estimate(diversity, Map.of("exports", Map.of("2019", own)));

        assertThat(estimates.get("a").value()).hasValue(0.0);
        assertThat(estimates.get("XA1").value()).hasValue(1.0);
    }

    @Test
    void aPublishedRateIsNotRolledUpUnlessTheDefinitionSaysHow() {
        Indicator rate = Definition.of("unemployment", Form.SHARE)
                .published("rate")
                .formula("rate")
                .notRolledUp()
                .indicator();

        Map<String, Estimate> estimates = estimate(rate, term("rate", Map.of("a", 4.0, "b", 6.0)));

        assertThat(estimates).containsOnlyKeys("a", "b");
    }

    @Test
    void figuresThatContradictEachOtherAreMissing() {
        Indicator rate = Definition.of("unemployment", Form.SHARE)
                .published("rate")
                .formula("rate")
                .notRolledUp()
                .indicator();
        Measure two = new Measure(
                Map.of("", ExactSum.of(BigDecimal.TEN)), 2, 0, 2, ObsStatus.A, Interval.NONE, Figures.PUBLISHED);

        Estimate estimate =
                estimate(rate, Map.of("rate", Map.of("2019", Map.of("a", two)))).get("a");

        assertThat(estimate.value()).isEmpty();
        assertThat(estimate.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("contradict"));
    }

    @Test
    void theStatusOfADefinitionIsTheLeastAValueGets() {
        Indicator doubtful = Definition.of("waste", Form.CONTEXT)
                .sum("waste")
                .formula("waste")
                .atLeast(ObsStatus.D)
                .indicator();
        Map<String, Measure> own = Map.of("a", measure(1, ObsStatus.E), "c", measure(2, ObsStatus.B));

        Map<String, Estimate> estimates = estimate(doubtful, Map.of("waste", Map.of("2019", own)));

        assertThat(estimates.get("a").status()).isEqualTo(ObsStatus.D);
        assertThat(estimates.get("c").status()).isEqualTo(ObsStatus.B);
    }

    @Test
    void termsMeetInTheEqualPeriodUnlessTheNearestIsAskedFor() {
        Definition definition =
                Definition.of("rate", Form.CONTEXT).sum("cases").sum("people").formula("cases / people");
        Map<String, Map<String, Map<String, Measure>>> terms = new LinkedHashMap<>();
        terms.put("cases", Map.of("2019", measures(Map.of("a", 10.0))));
        terms.put("people", Map.of("2017", measures(Map.of("a", 5.0)), "2016", measures(Map.of("a", 2.0))));

        assertThat(estimate(definition.indicator(), terms)).isEmpty();
        assertThat(estimate(definition.nearestPeriod().indicator(), terms)
                        .get("a")
                        .value())
                .hasValue(2.0);
    }

    @Property(tries = 200)
    void noEstimateIsEverInfiniteOrUndefinedAndEveryMissingOneSaysWhy(
            @ForAll @Size(4) List<@DoubleRange(min = -1e9, max = 1e9) Double> co2,
            @ForAll @Size(4) List<@DoubleRange(min = 0, max = 3) Double> people) {
        Map<String, Estimate> estimates = estimate(
                PER_PERSON,
                term("co2", byTown(co2)),
                term("people", byTown(people.stream().map(Math::floor).toList())));

        assertThat(estimates.values()).isNotEmpty().allSatisfy(estimate -> {
            estimate.value().ifPresent(v -> assertThat(v).isFinite());
            assertThat(estimate.value().isPresent())
                    .isNotEqualTo(estimate.reason().isPresent());
            assertThat(estimate.coverage()).isEqualTo(Coverage.FULL);
        });
    }

    private static Map<String, Double> byTown(List<Double> values) {
        return Map.of("a", values.get(0), "b", values.get(1), "c", values.get(2), "d", values.get(3));
    }

    private static Indicator sum(String term) {
        return Definition.of("total-" + term, Form.CONTEXT)
                .sum(term)
                .formula(term)
                .indicator();
    }

    private static Map.Entry<String, Map<String, Double>> term(String name, Map<String, Double> figures) {
        return Map.entry(name, figures);
    }

    @SafeVarargs
    private static Map<String, Estimate> estimate(
            Indicator indicator, Map.Entry<String, Map<String, Double>>... terms) {
        return estimate(indicator, country(), PEOPLE, terms);
    }

    @SafeVarargs
    private static Map<String, Estimate> estimate(
            Indicator indicator,
            RegionTree tree,
            Map<String, BigDecimal> people,
            Map.Entry<String, Map<String, Double>>... terms) {
        Map<String, Map<String, Map<String, Measure>>> byPeriod = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Double>> term : terms) {
            byPeriod.put(term.getKey(), Map.of("2019", measures(term.getValue())));
        }
        return byRegion(new Estimator(indicator, tree, year -> people).estimate(byPeriod));
    }

    private static Map<String, Estimate> estimate(
            Indicator indicator, Map<String, Map<String, Map<String, Measure>>> terms) {
        return byRegion(new Estimator(indicator, country(), year -> PEOPLE).estimate(terms));
    }

    static Map<String, Estimate> byRegion(List<Estimate> estimates) {
        Map<String, Estimate> byRegion = new TreeMap<>();
        estimates.forEach(estimate ->
                assertThat(byRegion.put(estimate.region(), estimate)).isNull());
        return byRegion;
    }
}
