package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void theNamesOfTheTermsAreKnownBeforeAnyValue() {
        assertThat(Formula.of("max(DE + imp - 1e3, 0) / People").names()).containsExactly("de", "imp", "people");
    }

    @Test
    void aQuotientOfTwoTermsTellsItsNumeratorAndDenominator() {
        assertThat(Formula.of("100 * (co2 / people)").quotient()).hasValue(java.util.List.of("co2", "people"));
        assertThat(Formula.of("co2 / people * 1000").quotient()).hasValue(java.util.List.of("co2", "people"));
        assertThat(Formula.of("co2 / (people + guests)").quotient()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tonnes + kilograms, t and kg",
        "tonnes - kilograms / 1000 + pounds, t and GBP",
        "'max(tonnes, pounds)', t and GBP",
        "tonnes / pounds - kilograms / pounds, t/GBP and kg/GBP"
    })
    void unitsThatDifferAreNotAdded(String text, String units) {
        assertThat(Formula.of(text).unitMismatch(UNITS::of))
                .hasValueSatisfying(said -> assertThat(said).contains(units));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tonnes + kilograms / 1000",
                "tonnes / pounds",
                "tonnes * 2 + kilograms",
                "unknown + tonnes",
                "kilograms / kilograms + tonnes / tonnes",
                "100 - tonnes"
            })
    void aFactorConvertsAndAQuotientIsAUnitOfItsOwn(String text) {
        assertThat(Formula.of(text).unitMismatch(UNITS::of)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a /", "(a + b", "a b", "* a", "", "sqrt(a)", "a ^ b", "abs(a, b)", "1.2.3", "a + #"})
    void whatIsNotArithmeticIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> Formula.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at place ");
    }

    @Test
    void aTermMayHaveTheNameOfAConstant() {
        assertThat(Formula.of("e / pi").value(Map.of("e", 10.0, "pi", 4.0)::get))
                .isEqualTo(2.5);
    }

    @Property
    void aValueIsNeverInfiniteNorUndefined(
            @ForAll @DoubleRange(min = -1e300, max = 1e300) double a,
            @ForAll @IntRange(min = -320, max = 300) int magnitude) {
        assertThat(value("a / b", a, Math.pow(10, magnitude)))
                .satisfies(v -> v.ifPresent(x -> assertThat(x).isFinite()));
    }

    private static final class UNITS {
        static Optional<String> of(String term) {
            return Optional.ofNullable(
                    Map.of("tonnes", "t", "kilograms", "kg", "pounds", "GBP").get(term));
        }
    }

    private static Optional<Double> value(String text, double a, double b) {
        double value = Formula.of(text).value(Map.of("a", a, "b", b)::get);
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
