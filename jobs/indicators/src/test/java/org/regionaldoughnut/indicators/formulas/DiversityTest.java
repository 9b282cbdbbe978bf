package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
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
