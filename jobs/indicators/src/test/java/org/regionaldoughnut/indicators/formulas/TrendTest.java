package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double[] PERCENT = {12.1, 11.4, 11.9, 10.2, 9.8, 10.5, 9.1, 8.7, 9.0, 7.6, 7.9, 7.1};

    /**
     * Slope and errors of the same series computed apart in rational numbers from the definition with full matrices,
     * {@code (X'X)^-1 (S_0 + sum (1 - l/(L+1)) (S_l + S_l')) (X'X)^-1} of Newey & West 1987.
     */
    @Test
    void theErrorIsThatOfTheDefinitionWithFullMatrices() {
        TreeMap<Integer, Double> values = series(2008);
        Trend trend = Trend.of(values);

        assertThat(trend.slope()).isCloseTo(-0.4451048951048951, within(1e-12));
        assertThat(trend.slopeError(values, 4, false)).isCloseTo(0.010686372013538108, within(1e-10));
        assertThat(trend.slopeError(values, 0, false)).isCloseTo(0.027946861760349426, within(1e-10));
        assertThat(trend.slopeError(values, 4, true)).isCloseTo(0.011706334019413447, within(1e-10));
    }

    @Test
    void whenTheYearsBeginDoesNotMatter() {
        Trend early = Trend.of(series(1908));

        assertThat(early.slope()).isCloseTo(Trend.of(series(2008)).slope(), within(1e-12));
        assertThat(early.slopeError(series(1908), 4, false)).isCloseTo(0.010686372013538108, within(1e-10));
    }

    @Property
    void aStraightLineIsFoundWithoutError(
            @ForAll @DoubleRange(min = -50, max = 50) double slope,
            @ForAll @DoubleRange(min = -100, max = 100) double start,
            @ForAll @IntRange(min = 3, max = 30) int years) {
        TreeMap<Integer, Double> line = new TreeMap<>();
        for (int i = 0; i < years; i++) {
            line.put(2000 + 2 * i, start + slope * 2 * i);
        }
        Trend trend = Trend.of(line);

        assertThat(trend.slope()).isCloseTo(slope, within(1e-9));
        assertThat(trend.at(2000)).isCloseTo(start, within(1e-6));
        assertThat(trend.slopeError(line, 4, false)).isCloseTo(0, within(1e-9));
    }

    private static TreeMap<Integer, Double> series(int from) {
        TreeMap<Integer, Double> values = new TreeMap<>();
        for (int i = 0; i < PERCENT.length; i++) {
            values.put(from + i, PERCENT[i]);
        }
        return values;
    }
}
