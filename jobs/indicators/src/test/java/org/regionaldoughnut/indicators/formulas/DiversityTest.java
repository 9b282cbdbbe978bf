package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiversityTest {
    /** Five regions by five industries; figures of the methodology, section 4 "Regional economy", worked example. */
    @ParameterizedTest
    @CsvSource({
        "100 0 0 0 0,   0,     1",
        "0 15 5 70 10,  1.319, 0.525",
        "0 20 10 20 50, 1.761, 0.34",
        "0 25 30 5 40,  1.766, 0.315",
        "0 40 55 5 0,   1.219, 0.465"
    })
    void theWorkedExampleGivesItsPublishedEntropyAndConcentration(String row, double entropy, double herfindahl) {
        List<Double> parts = Arrays.stream(row.split(" ")).map(Double::valueOf).toList();

        assertThat(Diversity.entropy(parts)).isCloseTo(entropy, within(0.0005));
        assertThat(Diversity.herfindahl(parts)).isCloseTo(herfindahl, within(1e-12));
    }

    /** The same example: location quotients and Krugman index against the five regions together. */
    @Test
    void theWorkedExampleGivesItsPublishedQuotientsAndSpecialisation() {
        double[][] regions = {
            {100, 0, 0, 0, 0}, {0, 15, 5, 70, 10}, {0, 20, 10, 20, 50}, {0, 25, 30, 5, 40}, {0, 40, 55, 5, 0}
        };
        double[][] quotients = {
            {5, 0, 0, 0, 0}, {0, .75, .25, 3.5, .5}, {0, 1, .5, 1, 2.5}, {0, 1.25, 1.5, .25, 2}, {0, 2, 2.75, .25, 0}
        };
        double[] krugman = {1.6, 1.0, 0.6, 0.7, 1.1};
        Map<String, Double> all = new TreeMap<>();
        for (double[] region : regions) {
            named(region).forEach((code, value) -> all.merge(code, value, Double::sum));
        }

        for (int r = 0; r < regions.length; r++) {
            assertThat(Diversity.locationQuotients(named(regions[r]), all).values().stream()
                            .mapToDouble(v -> v)
                            .toArray())
                    .containsExactly(quotients[r], within(1e-12));
            assertThat(Diversity.krugman(named(regions[r]), all)).isCloseTo(krugman[r], within(1e-12));
        }
    }

    @Property
    void entropyIsTheSumOfUnrelatedAndRelatedVariety(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 100_000) Integer> amounts,
            @ForAll @IntRange(min = 1, max = 8) int groups) {
        Map<String, Double> parts = new TreeMap<>();
        for (int i = 0; i < amounts.size(); i++) {
            parts.put(i % groups + "-" + i, (double) amounts.get(i));
        }
        if (parts.values().stream().mapToDouble(v -> v).sum() == 0) {
            return;
        }
        UnaryOperator<String> groupOf = code -> code.substring(0, code.indexOf('-'));
        double unrelated = Diversity.unrelatedVariety(parts, groupOf);
        double related = Diversity.relatedVariety(parts, groupOf);

        assertThat(unrelated + related).isCloseTo(Diversity.entropy(parts.values()), within(1e-9));
        assertThat(related).isGreaterThan(-1e-12);
    }

    @Property
    void quotientsWeightedWithTheReferencesSharesAddUpToOne(
            @ForAll @Size(min = 2, max = 10) List<@IntRange(min = 0, max = 1000) Integer> own) {
        Map<String, Double> parts = new TreeMap<>();
        Map<String, Double> all = new TreeMap<>();
        for (int i = 0; i < own.size(); i++) {
            parts.put("c" + i, (double) own.get(i));
            all.put("c" + i, own.get(i) + 1.0 + i);
        }
        double total = all.values().stream().mapToDouble(v -> v).sum();
        double sum = Diversity.locationQuotients(parts, all).entrySet().stream()
                .mapToDouble(e -> e.getValue() * all.get(e.getKey()) / total)
                .sum();
        if (own.stream().mapToInt(v -> v).sum() > 0) {
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(Diversity.krugman(parts, all)).isBetween(0.0, 2.0);
        }
    }

    private static Map<String, Double> named(double[] values) {
        Map<String, Double> named = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put("i" + i, values[i]);
        }
        return named;
    }

    @Test
    void aCorrectionBelowZeroHasNoShare() {
        List<Double> withCorrection = List.of(50.0, 50.0, -7.0);

        assertThat(Diversity.entropy(withCorrection)).isCloseTo(1, within(1e-12));
        assertThat(Diversity.herfindahl(withCorrection)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whereNothingIsAboveZeroThereIsNoDiversityToSpeakOf() {
        for (List<Double> nothing : List.of(List.<Double>of(), List.of(0.0, 0.0), List.of(-3.0))) {
            assertThat(Diversity.entropy(nothing)).isNaN();
            assertThat(Diversity.herfindahl(nothing)).isNaN();
        }
    }

    @Property
    void entropyLiesBetweenZeroAndTheLogarithmOfTheNumberOfParts(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1_000_000) Integer> amounts) {
        double entropy = Diversity.entropy(parts(amounts));

        assertThat(entropy).isBetween(0.0, Math.log(amounts.size()) / Math.log(2) + 1e-9);
    }

    @Property
    void concentrationLiesBetweenOneOverTheNumberOfPartsAndOne(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1_000_000) Integer> amounts) {
        double herfindahl = Diversity.herfindahl(parts(amounts));

        assertThat(herfindahl).isBetween(1.0 / amounts.size() - 1e-12, 1 + 1e-12);
    }

    @Property
    void theUnitOfTheAmountsDoesNotMatter(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 100_000) Integer> amounts,
            @ForAll @IntRange(min = 1, max = 1_000_000) int unit) {
        List<Double> inUnits = parts(amounts).stream().map(a -> a * unit).toList();

        assertThat(Diversity.entropy(inUnits)).isCloseTo(Diversity.entropy(parts(amounts)), within(1e-9));
        assertThat(Diversity.herfindahl(inUnits)).isCloseTo(Diversity.herfindahl(parts(amounts)), within(1e-9));
    }

    private static List<Double> parts(List<Integer> amounts) {
        return amounts.stream().map(Integer::doubleValue).toList();
    }
}
