package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.indicators.formulas.Inequality.Group;

class InequalityTest {
    @Test
    void whereAllHaveTheSameThereIsNoInequality() {
        List<Group> equal = List.of(new Group(3, 30), new Group(1, 10), new Group(7, 70));

        assertThat(Inequality.gini(equal)).isCloseTo(0, within(1e-12));
        assertThat(Inequality.s80s20(equal)).isCloseTo(1, within(1e-12));
    }

    /** The discrete Gini of 1, 2, 3, 4, 5 is {@code 2 * (1*1+2*2+3*3+4*4+5*5) / (5 * 15) - 6/5 = 4/15}. */
    @Test
    void fiveFifthsHaveTheInequalityOfTheirLorenzCurve() {
        List<Group> fifths =
                List.of(new Group(1, 5), new Group(1, 1), new Group(1, 3), new Group(1, 2), new Group(1, 4));

        assertThat(Inequality.gini(fifths)).isCloseTo(4 / 15.0, within(1e-12));
        assertThat(Inequality.s80s20(fifths)).isCloseTo(5, within(1e-12));
    }

    @Test
    void groupsThatAreNoFifthsAreCutAtTheFifth() {
        // two halves, 20 and 80 of 100: the poorest fifth has 8, the richest 32
        assertThat(Inequality.s80s20(List.of(new Group(50, 20), new Group(50, 80))))
                .isCloseTo(4, within(1e-12));
    }

    @Test
    void nothingToShareHasNoInequality() {
        assertThat(Inequality.gini(List.of())).isNaN();
        assertThat(Inequality.gini(List.of(new Group(3, 0)))).isNaN();
        assertThat(Inequality.s80s20(List.of(new Group(0, 5)))).isNaN();
    }

    @Property
    void theGiniLiesBetweenZeroAndOneAndDoesNotDependOnUnits(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 1000) Integer> amounts,
            @ForAll @IntRange(min = 1, max = 1000) int unit) {
        List<Group> groups = new ArrayList<>();
        List<Group> inUnits = new ArrayList<>();
        amounts.forEach(amount -> {
            groups.add(new Group(2, amount));
            inUnits.add(new Group(2.0 * unit, (double) amount * unit));
        });
        if (amounts.stream().mapToInt(a -> a).sum() > 0) {
            assertThat(Inequality.gini(groups)).isBetween(-1e-12, 1.0);
            assertThat(Inequality.gini(inUnits)).isCloseTo(Inequality.gini(groups), within(1e-9));
        }
    }
}
