package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {
    private static final double[] ONE_TO_TEN =
            IntStream.rangeClosed(1, 10).mapToDouble(i -> 11.0 - i).toArray();

    /** By the definitions of Hyndman & Fan 1996, table 1: position n p + m between order statistics. */
    @ParameterizedTest
    @CsvSource({"4, 2.5", "5, 3", "6, 2.75", "7, 3.25", "8, 2.9166666666666665", "9, 2.9375"})
    void theFirstQuartileOfOneToTenDependsOnTheType(int type, double expected) {
        assertThat(Quantiles.of(ONE_TO_TEN, 0.25, type)).isCloseTo(expected, within(1e-12));
        assertThat(Quantiles.of(ONE_TO_TEN, 0.75, type)).isCloseTo(type == 4 ? 7.5 : 11 - expected, within(1e-12));
    }

    @Test
    void theEndsAreSmallestAndLargest() {
        for (int type = 4; type <= 9; type++) {
            assertThat(Quantiles.of(ONE_TO_TEN, 0, type)).isEqualTo(1);
            assertThat(Quantiles.of(ONE_TO_TEN, 1, type)).isEqualTo(10);
            assertThat(Quantiles.of(new double[] {4}, 0.3, type)).isEqualTo(4);
        }
        assertThat(Quantiles.of(new double[0], 0.5, 7)).isNaN();
    }

    @Test
    void aTypeWithJumpsIsRefused() {
        assertThatThrownBy(() -> Quantiles.of(ONE_TO_TEN, 0.5, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
