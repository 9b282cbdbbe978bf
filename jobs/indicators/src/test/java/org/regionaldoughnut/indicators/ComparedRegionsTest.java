package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.country;
import static org.regionaldoughnut.indicators.Figures.measure;
import static org.regionaldoughnut.indicators.Figures.measures;
import static org.regionaldoughnut.indicators.Figures.people;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.Exchange;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.model.ObsStatus;

/** Figures that hold a region against the others of its level: quotients to all of them, exchanges of waste. */
class ComparedRegionsTest {
    private static final Map<String, BigDecimal> PEOPLE = people(Map.of("a", 100, "b", 200, "c", 300, "d", 400));

    /** 30 of 600 people against 70 of 400: 0.05 and 0.175, all together 0.1. */
    @Test
    void aRelativeFigureIsDividedByThatOfAllRegionsOfTheLevelTogether() {
        Indicator quotient = Definition.of("research-quotient", Form.CONTEXT)
                .sum("research")
                .sum("people")
                .formula("research / people")
                .kind(Indicator.Kind.RELATIVE)
                .indicator();
        List<Estimate> estimates = estimate(
                quotient,
                Map.of(
                        "research", measures(Map.of("a", 10.0, "b", 10.0, "c", 10.0, "d", 70.0)),
                        "people", measures(Map.of("a", 100.0, "b", 200.0, "c", 300.0, "d", 400.0))),
                List.of("research", "people"));
        assertThat(total(estimates, "XA")).isCloseTo(0.5, within(1e-12));
        assertThat(total(estimates, "XB")).isCloseTo(1.75, within(1e-12));
        assertThat(total(estimates, "X")).isCloseTo(1, within(1e-12));
        assertThat(total(estimates, "d")).isCloseTo(1.75, within(1e-12));
    }

    /** A power station in a has 100 t of ashes, cement works in b can take 60 t and in d 30 t. */
    @Test
    void exchangesOfWasteAreCountedWithinTheRegionAndListedAlsoToOthers() {
        Map<String, Map<String, Measure>> terms = Map.of(
                "generated",
                Map.of(
                        "a",
                        measure(Map.of("NACE_R2=D35;WASTE=W124", 100.0, "NACE_R2=C17;WASTE=W072", 20.0), ObsStatus.A),
                        "b",
                        measure(Map.of("NACE_R2=C10;WASTE=W092", 30.0), ObsStatus.A),
                        "c",
                        measure(Map.of("NACE_R2=C10;WASTE=W092", 0.0), ObsStatus.A),
                        "d",
                        measure(Map.of("NACE_R2=C10;WASTE=W092", 10.0), ObsStatus.A)),
                "capacity",
                Map.of(
                        "a",
                        measure(Map.of("NACE_R2=C20;WASTE=W124", 5.0), ObsStatus.A),
                        "b",
                        measure(Map.of("NACE_R2=C23;WASTE=W124", 60.0), ObsStatus.A),
                        "c",
                        measure(Map.of("NACE_R2=C20;WASTE=W124", 5.0), ObsStatus.A),
                        "d",
                        measure(Map.of("NACE_R2=C23;WASTE=W124", 30.0), ObsStatus.A)));
        List<String> order = List.of("generated", "capacity");

        List<Estimate> potential = estimate(symbiosis(Indicator.Kind.SYMBIOSIS_POTENTIAL), terms, order);
        assertThat(total(potential, "a")).isZero();
        assertThat(total(potential, "XA1")).isEqualTo(60);
        assertThat(total(potential, "X")).isEqualTo(90);
        assertThat(broken(potential, "XA"))
                .isEqualTo(Map.of(
                        "FROM=D35;REGION=XA;TO=C23;WASTE=W124", 60.0, "FROM=D35;REGION=XB;TO=C23;WASTE=W124", 30.0));

        List<Estimate> intensity = estimate(symbiosis(Indicator.Kind.SYMBIOSIS_INTENSITY), terms, order);
        assertThat(total(intensity, "XA1")).isCloseTo(40, within(1e-12));
        assertThat(total(intensity, "XB")).isZero();
    }

    private static Indicator symbiosis(Indicator.Kind kind) {
        Method plain = Method.PLAIN;
        return Definition.of("symbiosis", Form.CONTEXT)
                .sum("generated")
                .sum("capacity")
                .kind(kind)
                .over("breakdown")
                .method(new Method(
                        plain.groups(),
                        plain.among(),
                        plain.code(),
                        plain.specialisedAt(),
                        plain.lag(),
                        plain.baseYear(),
                        plain.breakdowns(),
                        plain.imputation(),
                        List.of(new Exchange("W124", "D35", "C23", "ashes become cement", "somewhere", "a book")),
                        plain.account()))
                .indicator();
    }

    private static List<Estimate> estimate(
            Indicator indicator, Map<String, Map<String, Measure>> terms, List<String> order) {
        Map<String, Map<String, Map<String, Measure>>> byPeriod = new LinkedHashMap<>();
        order.forEach(term -> byPeriod.put(term, Map.of("2019", terms.get(term))));
        RollUp rollUp = new RollUp(country(), PEOPLE);
        return new Estimator(indicator, country(), year -> rollUp, Estimator.Conventions.USUAL).estimate(byPeriod);
    }

    private static double total(List<Estimate> estimates, String region) {
        return estimates.stream()
                .filter(e -> e.isTotal() && e.region().equals(region))
                .map(Estimate::value)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Double> broken(List<Estimate> estimates, String region) {
        return estimates.stream()
                .filter(e -> !e.isTotal() && e.region().equals(region))
                .collect(Collectors.toMap(Estimate::breakdown, e -> e.value().orElseThrow()));
    }
}
