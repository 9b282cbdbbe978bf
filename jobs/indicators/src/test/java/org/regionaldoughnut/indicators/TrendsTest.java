package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.office.StatisticsRules;

/** Conventions of the methodology, section 1, "Time" and "Groups and shares". */
class TrendsTest {
    private static final StatisticsRules.Trend USUAL = StatisticsRules.DEFAULT.trend();

    @ParameterizedTest
    @CsvSource({"5, false, false", "6, true, false", "9, true, false", "10, true, true"})
    void aSlopeNeedsSixObservedYearsAndAnErrorTen(int years, boolean slope, boolean error) {
        Trends.Reading reading = Trends.read(falling(years), Optional.of(2050), USUAL);

        assertThat(reading.slope().isPresent()).isEqualTo(slope);
        assertThat(reading.error().isPresent()).isEqualTo(error);
        assertThat(reading.slopeReason().isPresent()).isEqualTo(!slope);
        assertThat(reading.errorReason().isPresent()).isEqualTo(!error);
    }

    @Test
    void theRateNeededLeadsFromTheLastYearToZeroInTheTargetYear() {
        Trends.Reading reading = Trends.read(falling(10), Optional.of(2030), USUAL);

        assertThat(reading.distance()).isCloseTo(82, within(1e-12));
        assertThat(reading.rateNeeded()).hasValueSatisfying(r -> assertThat(r).isCloseTo(-82 / 11.0, within(1e-12)));
        assertThat(reading.slope()).hasValueSatisfying(s -> assertThat(s).isCloseTo(-2, within(1e-12)));
        assertThat(reading.onTrack()).hasValue(false);
    }

    @Test
    void whatIsMetNeedsNoRate() {
        SortedMap<Integer, Double> inside = new TreeMap<>();
        inside.put(2018, 3.0);
        inside.put(2019, -12.0);
        Trends.Reading reading = Trends.read(inside, Optional.of(2030), USUAL);

        assertThat(reading.distance()).isZero();
        assertThat(reading.rateNeeded()).hasValue(0.0);
        assertThat(reading.onTrack()).hasValue(true);
    }

    @Test
    void aTargetYearThatHasPassedGivesNoRateButAReason() {
        Trends.Reading reading = Trends.read(falling(3), Optional.of(2012), USUAL);

        assertThat(reading.rateNeeded()).isEmpty();
        assertThat(reading.rateReason())
                .hasValueSatisfying(said -> assertThat(said).contains("2012"));
    }

    @Test
    void aContributionIsPeopleInShortfallOrOvershootOfAllPeopleTogether() {
        Optional<Boundary> forest = Optional.of(new Boundary(
                "forest",
                2,
                5,
                "ha",
                Optional.empty(),
                "planetary",
                "per-capita",
                Optional.empty(),
                Optional.empty(),
                ""));

        assertThat(Groups.contribution(Form.SHARE, 25, 0.75, Optional.empty(), 4000))
                .isEqualTo(1000);
        assertThat(Groups.contribution(Form.CEILING, 50, 1.5, forest, 1000)).isEqualTo(1500);
        assertThat(Groups.contribution(Form.CEILING, -50, 0.5, forest, 1000)).isZero();
    }

    /** From 100 percent in 2010 by two points a year. */
    private static SortedMap<Integer, Double> falling(int years) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        for (int i = 0; i < years; i++) {
            values.put(2010 + i, 100.0 - 2 * i);
        }
        return values;
    }
}
