package org.regionaldoughnut.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    /** Parts of sums as {@link ExactSum#columns} makes them: of any sign, of one row or of many. */
    @Test
    void theNearestDoubleIsThatOfTheDecimalNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int bits = random.nextInt(60);
            BigDecimal sum = ExactSum.of(
                    RowFactory.create(
                            random.nextInt(3) == 0 ? random.nextLong() >> bits : 0L,
                            random.nextLong() >> random.nextInt(63),
                            random.nextLong() >> random.nextInt(63),
                            random.nextLong() >> random.nextInt(63)),
                    0);
            assertThat(ExactSum.rounded(sum)).isEqualTo(sum.doubleValue());
            BigDecimal withWhole = sum.add(BigDecimal.valueOf(random.nextInt()));
            assertThat(ExactSum.rounded(withWhole)).isEqualTo(withWhole.doubleValue());
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
