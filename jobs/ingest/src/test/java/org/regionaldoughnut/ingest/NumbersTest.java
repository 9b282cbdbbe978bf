package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Property(tries = 2000)
    void anyDoubleIsReadToTheBitHoweverItIsWritten(@ForAll double value) {
        assertThat(read(Double.toString(value))).isEqualTo(Double.isFinite(value) ? Double.valueOf(value) : null);
        if (Double.isFinite(value)) {
            assertThat(read(new BigDecimal(value).toPlainString())).isEqualTo(value);
        }
    }

    @Property(tries = 2000)
    void decimalsAreRoundedAsJavaRoundsThem(@ForAll long digits, @ForAll @IntRange(max = 25) int decimals) {
        String text = BigDecimal.valueOf(digits, decimals).toPlainString();
        assertThat(read(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void whatAnOfficeWouldNotCallANumberIsNone() {
        for (String text : new String[] {
            "1d", "1f", "NaN", "Infinity", "-Infinity", "0x1p3", "1.2.3", "1,5", "", ".", "-", "+", "e5", "1e999", "1 2"
        }) {
            assertThat(text.isEmpty() ? null : read(text)).as(text).isNull();
        }
        assertThat(read("-0")).isEqualTo(-0.0);
        assertThat(read("+5.")).isEqualTo(5.0);
        assertThat(read(".5")).isEqualTo(0.5);
        assertThat(read("1E3")).isEqualTo(1000.0);
    }

    private static Double read(String text) {
        return Numbers.of(UTF8String.fromString(text));
    }
}
