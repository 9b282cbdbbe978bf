package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryTest {
    /**
     * Boundaries and baselines of Fanning & Raworth (2025), Nature 646, doi 10.1038/s41586-025-09385-1; the ratio of a
     * figure half way is 0.5, twice as far as the boundary is 2, whichever way the indicator runs.
     */
    @ParameterizedTest
    @CsvSource({
        "CO2 concentration ppm, 350, 280",
        "aragonite saturation, 2.75, 3.44",
        "interhemispheric AOD, 0.1, 0.03",
        "forest area Mkm2, 47.9, 63.87",
        "stratospheric ozone DU, 276, 290",
        "nitrogen Mt, 62, 0"
    })
    void theSameExpressionServesBoundariesThatAreReachedFromBelowAndFromAbove(
            String indicator, double value, double baseline) {
        Boundary boundary = boundary(indicator, value, baseline);

        assertThat(boundary.ratio(baseline)).isZero();
        assertThat(boundary.ratio((value + baseline) / 2)).isCloseTo(0.5, within(1e-9));
        assertThat(boundary.ratio(value)).isCloseTo(1, within(1e-9));
        assertThat(boundary.ratio(2 * value - baseline)).isCloseTo(2, within(1e-9));
        assertThat(boundary.overshootPercent(baseline)).isCloseTo(-100, within(1e-9));
        assertThat(boundary.overshootPercent(2 * value - baseline)).isCloseTo(100, within(1e-9));
    }

    /** CO2 per person 0.95 t (2017, per capita, consumption): 5.7 t are six times the boundary, 500 % beyond it. */
    @Test
    void overshootIsTheDistanceBeyondTheBoundaryInPercent() {
        Boundary co2 = boundary("co2-per-person", 0.95, 0);

        assertThat(co2.ratio(5.7)).isCloseTo(6, within(1e-9));
        assertThat(co2.overshootPercent(5.7)).isCloseTo(500, within(1e-9));
    }

    @Test
    void atTheBaselineOfAnInverseBoundaryTheRatioIsZeroWithoutASign() {
        assertThat(Double.toString(boundary("forest", 47.9, 63.87).ratio(63.87)))
                .isEqualTo("0.0");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "NaN, 0", "Infinity, 0", "1, NaN"})
    void aBoundaryAndItsBaselineAreTwoDifferentNumbers(double value, double baseline) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> boundary("co2", value, baseline))
                .withMessageContaining("co2");
    }

    @Property
    void furtherFromTheBaselineIsAlwaysAHigherRatio(
            @ForAll @DoubleRange(min = -1000, max = 1000) double baseline,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double distance,
            @ForAll @DoubleRange(min = 0, max = 10) double steps,
            @ForAll boolean inverse) {
        double way = inverse ? -distance : distance;
        Boundary boundary = boundary("x", baseline + way, baseline);

        assertThat(boundary.ratio(baseline + way * (steps + 1))).isGreaterThan(boundary.ratio(baseline + way * steps));
    }

    private static Boundary boundary(String indicator, double value, double baseline) {
        return new Boundary(
                indicator,
                value,
                baseline,
                "unit",
                Optional.empty(),
                "planetary",
                "global",
                Optional.empty(),
                Optional.empty(),
                "doi 10.1038/s41586-025-09385-1");
    }
}
