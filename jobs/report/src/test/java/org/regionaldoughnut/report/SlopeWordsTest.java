package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.report.Slopes.Slope;

class SlopeWordsTest {
    private final SlopeWords words = new SlopeWords(new Texts(Locale.ENGLISH));

    @Test
    void aGapThatSurelyGrowsMovesAwayFromItsTarget() {
        assertThat(words.target(overshoot(2, 0.5)))
                .isEqualTo("Away from where it should be: to get there by 2050 it must fall by 1.5 points a year.");
    }

    @Test
    void aGapThatFallsTooLittleOrMayAsWellStandStillIsTooSlow() {
        String slow = "Too slow to get there by 2050: that takes 1.5 points a year.";

        assertThat(words.target(overshoot(-0.2, 0.05))).isEqualTo(slow);
        assertThat(words.target(overshoot(2, 5))).isEqualTo(slow);
    }

    private static Slope overshoot(double slope, double error) {
        return new Slope(
                "co2-concentration",
                "W",
                "ecological",
                2000,
                2022,
                23,
                OptionalDouble.of(slope),
                OptionalDouble.of(error),
                OptionalInt.of(2050),
                42,
                OptionalDouble.of(-1.5),
                Optional.of(false));
    }
}
