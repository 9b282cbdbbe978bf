package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"t", "", " ", "t CO2 per person", "per\n100,000\r\npeople", "100 %", "1+1", "µg/m³"})
    void unitsAreReadAsTheyWereKeptWhateverTheirText(String unit) {
        Units units = new Units();
        units.add(unit, 0);
        units.add(unit, 12);
        units.add("kg", 3);
        assertThat(Units.of(units.text())).isEqualTo(units);
    }
}
