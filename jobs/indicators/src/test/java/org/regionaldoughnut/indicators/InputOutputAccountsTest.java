package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionaldoughnut.indicators.Figures.country;
import static org.regionaldoughnut.indicators.Figures.measure;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;

/**
 * XA makes 100, of which 20 go to the industry of XB and 80 are its own final demand; XB makes 50 for its own. XA causes
 * 10, XB 5; by unit made that is 0.1 in both. For XB's demand of 50 XA makes 20, so 2 of its 10 are caused for XB.
 */
class InputOutputAccountsTest {
    private final Map<String, Map<String, Measure>> terms = new LinkedHashMap<>();

    InputOutputAccountsTest() {
        cell("flows", "XA", "SECTOR=A;TO=XB;TO_SECTOR=A", 20);
        cell("flows", "XB", "SECTOR=A;TO=XA;TO_SECTOR=A", 0);
        cell("demand", "XA", "CATEGORY=HOUSEHOLDS;SECTOR=A;TO=XA", 70);
        cell("demand", "XA", "CATEGORY=STOCKS;SECTOR=A;TO=XA", 10);
        cell("demand", "XB", "CATEGORY=HOUSEHOLDS;SECTOR=A;TO=XB", 50);
        cell("caused", "XA", "SECTOR=A", 10);
        cell("caused", "XB", "SECTOR=A", 5);
        cell("direct", "XA", "_T", 1);
        cell("direct", "XB", "_T", 3);
    }

    private void cell(String term, String region, String code, double value) {
        Map<String, Measure> regions = terms.computeIfAbsent(term, t -> new HashMap<>());
        regions.merge(region, measure(Map.of(code, value), ObsStatus.A), Measure::plus);
    }

    @Test
    void eachAccountCountsWhatIsCausedForOrInTheRegion() {
        assertThat(totals(Method.Account.CONSUMPTION)).isEqualTo(Map.of("XA", 9.0, "XB", 10.0));
        assertThat(totals(Method.Account.PRODUCTION)).isEqualTo(Map.of("XA", 11.0, "XB", 8.0));
        assertThat(totals(Method.Account.IMPORTS)).isEqualTo(Map.of("XA", 0.0, "XB", 2.0));
        assertThat(totals(Method.Account.EXPORTS)).isEqualTo(Map.of("XA", 2.0, "XB", 0.0));
    }

    @Test
    void sectorsStandInRowsOfTheirOwnWithoutWhatFinalDemandCausesItself() {
        assertThat(values(Method.Account.CONSUMPTION, "SECTOR=A")).isEqualTo(Map.of("XA", 8.0, "XB", 7.0));
    }

    @Test
    void withoutAFourthTermFinalDemandCausesNothingItself() {
        terms.remove("direct");

        assertThat(totals(Method.Account.CONSUMPTION)).isEqualTo(Map.of("XA", 8.0, "XB", 7.0));
    }

    @Test
    void theRestOfTheWorldTakesPartAndGetsNoRows() {
        cell("flows", "XZZ", "SECTOR=A;TO=XB;TO_SECTOR=A", 5);
        cell("demand", "XZZ", "SECTOR=A;TO=XZZ", 95);
        cell("caused", "XZZ", "SECTOR=A", 200);
        cell("direct", "XZZ", "_T", 0);

        // XB takes 5 of the 100 that the rest of the world makes
        assertThat(totals(Method.Account.IMPORTS)).isEqualTo(Map.of("XA", 0.0, "XB", 12.0));
    }

    @Test
    void aBuyerWithoutAccountsOfItsOwnIsNamedInTheReason() {
        cell("demand", "XA", "SECTOR=A;TO=XC", 7);

        assertThat(reasons())
                .containsOnly(
                        "the input-output accounts cannot be solved: 1 that buy have no accounts of their own: XC");
    }

    @Test
    void aCellThatDoesNotSayWhoBuysIsNamedInTheReason() {
        cell("demand", "XB", "SECTOR=A", 7);

        assertThat(reasons())
                .containsOnly(
                        "the input-output accounts cannot be solved: the breakdown SECTOR=A of demand of XB has no"
                                + " TO");
    }

    @Test
    void industriesThatUseAllTheyMakeHaveNoFootprint() {
        terms.get("demand").replaceAll((region, measure) -> measure(Map.of("SECTOR=A;TO=" + region, 0.0), ObsStatus.A));
        terms.get("flows")
                .replaceAll((region, measure) ->
                        measure(Map.of("SECTOR=A;TO=" + region + ";TO_SECTOR=A", 10.0), ObsStatus.A));

        assertThat(reasons()).allMatch(reason -> reason.contains("I - A is singular"));
    }

    private Map<String, Double> totals(Method.Account account) {
        return values(account, Estimate.TOTAL);
    }

    private Map<String, Double> values(Method.Account account, String breakdown) {
        Map<String, Double> values = new HashMap<>();
        estimates(account).stream()
                .filter(estimate -> estimate.breakdown().equals(breakdown))
                .forEach(estimate -> values.put(
                        estimate.region(), Math.round(estimate.value().orElseThrow() * 1e9) / 1e9));
        return values;
    }

    private List<String> reasons() {
        List<Estimate> estimates = estimates(Method.Account.CONSUMPTION);
        assertThat(estimates).hasSize(2).allMatch(estimate -> estimate.value().isEmpty());
        return estimates.stream().map(estimate -> estimate.reason().orElse("")).toList();
    }

    private List<Estimate> estimates(Method.Account account) {
        Method plain = Method.PLAIN;
        Definition definition = Definition.of("footprint", Form.CONTEXT);
        terms.keySet().forEach(definition::sum);
        Indicator indicator = definition
                .kind(Indicator.Kind.FOOTPRINT)
                .over("breakdown")
                .notRolledUp()
                .method(new Method(
                        plain.groups(),
                        Optional.of("NUTS1"),
                        plain.code(),
                        plain.specialisedAt(),
                        plain.lag(),
                        plain.baseYear(),
                        plain.breakdowns(),
                        plain.imputation(),
                        plain.exchanges(),
                        account))
                .indicator();
        Map<String, Map<String, Map<String, Measure>>> byTerm = new LinkedHashMap<>();
        terms.forEach((term, regions) -> byTerm.put(term, Map.of("2019", regions)));
        RollUp rollUp = new RollUp(country(), Map.of());
        return new Estimator(indicator, country(), year -> rollUp, Estimator.Conventions.USUAL).estimate(byTerm);
    }
}
