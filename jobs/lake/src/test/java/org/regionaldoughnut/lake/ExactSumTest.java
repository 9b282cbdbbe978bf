package org.regionaldoughnut.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    /** Parts of sums as {@link ExactSum#add} makes them: of any sign, of one row or of many. */
    @Test
    void theNearestDoubleIsThatOfTheDecimalNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int bits = random.nextInt(60);
            ExactSum exact = ExactSum.of(
                    new long[] {
                        random.nextInt(3) == 0 ? random.nextLong() >> bits : 0L,
                        random.nextLong() >> random.nextInt(64),
                        random.nextLong() >> random.nextInt(64),
                        random.nextLong() >> random.nextInt(64)
                    },
                    0);
            BigDecimal sum = exact.decimal();
            assertThat(exact.rounded()).isEqualTo(sum.doubleValue());
            assertThat(ExactSum.rounded(sum)).isEqualTo(sum.doubleValue());
            BigDecimal withWhole = sum.add(BigDecimal.valueOf(random.nextInt()));
            assertThat(ExactSum.rounded(withWhole)).isEqualTo(withWhole.doubleValue());
        }
    }

    @Test
    void aSumIsTheSameInAnyOrderAndTheDoubleNearestToTheTrueOne() {
        Random random = new Random(5);
        List<Double> values = new ArrayList<>();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextDouble() * 1e9 - random.nextDouble() * 1e-3 - 4e8;
            values.add(value);
            expected = expected.add(new BigDecimal(value));
        }
        for (int order = 0; order < 3; order++) {
            Collections.shuffle(values, random);
            long[] parts = new long[ExactSum.PARTS + 1];
            values.forEach(value -> ExactSum.add(value, parts, 1));
            assertThat(ExactSum.of(parts, 1).rounded()).isEqualTo(expected.doubleValue());
        }
    }

    @Test
    void halfWayBetweenTwoDoublesTheEvenOneIsNearest() {
        long even = (1L << 53) + 2;
        for (long[] parts : new long[][] {
            {0, even + 1, 0, 0},
            {0, even + 1, 0, 1},
            {0, even + 1, 0, -1},
            {0, -even - 1, 0, 1},
            {0, -even - 1, 0, -1},
            {0, 0, 1L << 29, 0},
            {0, 0, 0, 1},
            {0, 0, 0, -1},
            {0, -1, 0, 1},
            {0, 1, 0, -1},
            {1L << 40, 3, 0, 1}
        }) {
            ExactSum exact = ExactSum.of(parts, 0);
            assertThat(exact.rounded()).isEqualTo(exact.decimal().doubleValue());
        }
    }

    @Test
    void aDecimalFractionThatIsNoSumOfPowersOfTwoIsRoundedToo() {
        BigDecimal third = new BigDecimal("0.333333333333333333333333333333333333333333333333333333333333");
        assertThat(third.scale()).isEqualTo(60);
        assertThat(ExactSum.rounded(third)).isEqualTo(third.doubleValue());
        assertThat(ExactSum.rounded(new BigDecimal("0.1"))).isEqualTo(0.1);
    }
}
