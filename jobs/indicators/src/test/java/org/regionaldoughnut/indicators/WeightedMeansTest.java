package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.country;
import static org.regionaldoughnut.indicators.Figures.measure;
import static org.regionaldoughnut.indicators.Figures.measures;
import static org.regionaldoughnut.indicators.Figures.people;
import static org.regionaldoughnut.indicators.Figures.withheld;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;

class WeightedMeansTest {
    private static final Map<String, BigDecimal> PEOPLE = people(Map.of("a", 100, "b", 200, "c", 300, "d", 400));
    private static final Map<String, Double> ADULTS = Map.of("a", 100.0, "b", 200.0, "c", 300.0, "d", 400.0);
    private static final Indicator RATE = Definition.of("inactive", Form.SHARE)
            .published("rate")
            .sum("adults")
            .formula("rate")
            .weightedBy("adults")
            .indicator();

    @Test
    void ratesOfLowerRegionsBecomeAMeanByTheirWeightAndAnEstimate() {
        Estimate county = estimate(measures(Map.of("a", 30.0, "b", 60.0))).get("XA1");

        assertThat(county.value()).hasValueSatisfying(v -> assertThat(v).isCloseTo(50, within(1e-12)));
        assertThat(county.status()).isEqualTo(ObsStatus.E);
        assertThat(county.origin()).isEqualTo("rolled_up");
    }

    @Test
    void aPublishedRateStaysAsItIsAndStandsForAllOfItsRegion() {
        Map<String, Estimate> estimates = estimate(measures(Map.of("XA", 10.0, "XB", 20.0, "a", 99.0)));

        assertThat(estimates.get("XA").value()).hasValue(10.0);
        assertThat(estimates.get("XA").status()).isEqualTo(ObsStatus.A);
        assertThat(estimates.get("XA").origin()).isEqualTo("published");
        assertThat(estimates.get("X").value())
                .hasValueSatisfying(v -> assertThat(v).isCloseTo(14, within(1e-12)));
        assertThat(estimates.get("X").coverage().regions()).isEqualTo(1);
        assertThat(estimates.get("X").coverage().population()).isEqualTo(1);
    }

    @Test
    void aMeanOfTooFewOfThePeopleIsMissingWithTheReason() {
        Estimate country = estimate(measures(Map.of("a", 30.0, "d", 60.0))).get("X");

        assertThat(country.value()).isEmpty();
        assertThat(country.coverage().population()).isCloseTo(0.5, within(1e-12));
        assertThat(country.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("50.0 %", "80 %"));
    }

    @Test
    void aStrongerStatusOfALowerRegionIsTheStatusOfTheMean() {
        Estimate county = estimate(Map.of("a", measure(30, ObsStatus.B), "b", measure(60, ObsStatus.U)))
                .get("XA1");

        assertThat(county.status()).isEqualTo(ObsStatus.B);
    }

    @Test
    void aRateTheSourceWithholdsIsMissingWithItsStatus() {
        Map<String, Measure> rates = new TreeMap<>(measures(Map.of("b", 60.0)));
        rates.put("a", withheld(ObsStatus.Q));

        Estimate withheld = estimate(rates).get("a");

        assertThat(withheld.value()).isEmpty();
        assertThat(withheld.status()).isEqualTo(ObsStatus.Q);
        assertThat(withheld.reason()).hasValue("the source gives no figure (missing: suppressed)");
    }

    private static Map<String, Estimate> estimate(Map<String, Measure> rates) {
        Map<String, Map<String, Map<String, Measure>>> terms = new LinkedHashMap<>();
        terms.put("rate", Map.of("2019", rates));
        terms.put("adults", Map.of("2019", measures(ADULTS)));
        return EstimatorTest.byRegion(new Estimator(RATE, country(), year -> PEOPLE).estimate(terms));
    }
}
