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

class FloorTest {
    /**
     * {@code 100 * min(1, max(0, (y* - y) / (y* - y_worst)))}: Fanning, O'Neill, Hickel & Roux (2022), doi
     * 10.1038/s41893-021-00799-z. The floors of 65 healthy years and life satisfaction 6.5 are of O'Neill et al. (2018);
     * road deaths run the other way.
     */
    @ParameterizedTest
    @CsvSource({
        "HIGHER, 65, 45, 70, 0",
        "HIGHER, 65, 45, 65, 0",
        "HIGHER, 65, 45, 60, 25",
        "HIGHER, 65, 45, 45, 100",
        "HIGHER, 65, 45, 30, 100",
        "HIGHER, 6.5, 2.5, 5.5, 25",
        "LOWER, 1.5, 6.5, 1, 0",
        "LOWER, 1.5, 6.5, 1.5, 0",
        "LOWER, 1.5, 6.5, 2.5, 20",
        "LOWER, 1.5, 6.5, 9, 100"
    })
    void theShortfallIsRescaledBetweenTheFloorAndTheWorstValue(
            Direction direction, double floor, double worst, double figure, double shortfall) {
        assertThat(floor(floor, worst).shortfallPercent(figure, direction))
                .hasValueSatisfying(percent -> assertThat(percent).isCloseTo(shortfall, within(1e-9)));
    }

    @Test
    void withoutAWorstValueOnlyAFloorThatIsMetCanBeMeasured() {
        Floor floor = new Floor("x", 65, Optional.empty(), "years", Optional.empty(), "test");

        assertThat(floor.shortfallPercent(66, Direction.HIGHER)).hasValue(0.0);
        assertThat(floor.shortfallPercent(64, Direction.HIGHER)).isEmpty();
        assertThat(floor.agreesWith(Direction.HIGHER)).isTrue();
        assertThat(floor.agreesWith(Direction.LOWER)).isTrue();
    }

    @Test
    void aWorstValueOnTheBetterSideOfTheFloorDisagreesWithTheDirection() {
        assertThat(floor(65, 45).agreesWith(Direction.HIGHER)).isTrue();
        assertThat(floor(65, 45).agreesWith(Direction.LOWER)).isFalse();
        assertThat(floor(1.5, 6.5).agreesWith(Direction.LOWER)).isTrue();
        assertThat(floor(1.5, 6.5).agreesWith(Direction.HIGHER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "NaN, 0", "1, NaN", "1, Infinity"})
    void aFloorAndItsWorstValueAreTwoDifferentNumbers(double value, double worst) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> floor(value, worst))
                .withMessageContaining("x");
    }

    @Property
    void aShortfallIsAPercentage(
            @ForAll @DoubleRange(min = -1000, max = 1000) double value,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double distance,
            @ForAll @DoubleRange(min = -10_000, max = 10_000) double figure,
            @ForAll boolean higher) {
        Floor floor = floor(value, higher ? value - distance : value + distance);

        assertThat(floor.shortfallPercent(figure, higher ? Direction.HIGHER : Direction.LOWER))
                .hasValueSatisfying(percent -> assertThat(percent).isBetween(0.0, 100.0));
    }

    private static Floor floor(double value, double worst) {
        return new Floor("x", value, Optional.of(worst), "unit", Optional.empty(), "test");
    }
}
