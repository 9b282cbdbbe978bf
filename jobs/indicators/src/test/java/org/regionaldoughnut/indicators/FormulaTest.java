package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

class FormulaTest {
    @ParameterizedTest
    @CsvSource({
        "a / b, 2.5",
        "100 - a, 90",
        "(a - b) / a * 100, 60",
        "a + b * 2, 18",
        "abs(b - a), 6",
        "'max(0, b - a)', 0",
        "'min(a, b)', 4",
        "A / B, 2.5"
    })
    void arithmeticOverTermsFollowsTheUsualPrecedence(String text, double expected) {
        assertThat(value(text, 10, 4)).hasValueSatisfying(v -> assertThat(v).isCloseTo(expected, within(1e-12)));
    }

    @Test
    void aDivisionByZeroHasNoValue() {
        assertThat(value("a / b", 1, 0)).isEmpty();
        assertThat(value("a / b", 0, 0)).isEmpty();
        assertThat(value("a / (b - b)", 1, 5)).isEmpty();
    }

    @Test
    void aNameThatIsNoTermHasNoValue() {
        assertThat(value("a / people", 1, 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a /", "(a + b", "a b", "* a", ""})
    void whatIsNotArithmeticIsAnErrorOfTheCatalogueThatNamesTheIndicator(String text) {
        assertThatThrownBy(() -> new Formula("co2-per-person", text))
                .isInstanceOfSatisfying(
                        DoughnutException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("'co2-per-person'")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aTermMayHaveTheNameOfAConstant() {
        Formula formula = new Formula("x", "e / pi");

        assertThat(formula.value(Map.of("e", BigDecimal.TEN, "pi", BigDecimal.valueOf(4))))
                .hasValue(2.5);
    }

    @Property
    void aValueIsNeverInfiniteNorUndefined(
            @ForAll @DoubleRange(min = -1e300, max = 1e300) double a,
            @ForAll @IntRange(min = -320, max = 300) int magnitude) {
        assertThat(value("a / b", a, Math.pow(10, magnitude)))
                .satisfies(v -> v.ifPresent(x -> assertThat(x).isFinite()));
    }

    private static java.util.Optional<Double> value(String text, double a, double b) {
        return new Formula("x", text).value(Map.of("a", BigDecimal.valueOf(a), "b", BigDecimal.valueOf(b)));
    }
}
