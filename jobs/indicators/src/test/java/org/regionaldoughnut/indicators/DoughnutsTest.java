package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regionaldoughnut.indicators.Figures.region;
import static org.regionaldoughnut.indicators.Figures.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionaldoughnut.indicators.formulas.Quantiles;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Coverage;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.ObsStatus;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.StatisticsRules;

class DoughnutsTest {
    private static final List<String> SOCIAL = List.of("food", "health", "energy", "water");
    private static final List<String> ECOLOGICAL = List.of("climate-change", "land-conversion", "ozone");

    private final Map<String, Indicator> indicators = new TreeMap<>();
    private final List<Boundary> boundaries = new ArrayList<>();
    private final List<Floor> floors = new ArrayList<>();
    private final List<Estimate> estimates = new ArrayList<>();

    @Test
    void aShareIsItsOwnShortfall() {
        social("hunger", Form.SHARE, "food");
        figure("hunger", 2019, 12);

        Place place = place("hunger");

        assertThat(place.gapPercent()).hasValue(12.0);
        assertThat(place.ratio()).hasValue(0.88);
        assertThat(place.inMedian()).isTrue();
        assertThat(place.reason()).isEmpty();
    }

    @Test
    void aThresholdIsRescaledBetweenFloorAndWorst() {
        add(Definition.of("healthy-years", Form.THRESHOLD)
                .direction(Direction.HIGHER)
                .social("health"));
        floors.add(new Floor("healthy-years", 65, Optional.of(40.0), "years", Optional.empty(), "test"));
        figure("healthy-years", 2019, 60);

        Place place = place("healthy-years");

        assertThat(place.gapPercent()).hasValueSatisfying(gap -> assertThat(gap).isCloseTo(20, within(1e-12)));
        assertThat(place.ratio()).hasValueSatisfying(ratio -> assertThat(ratio).isCloseTo(0.8, within(1e-12)));
        assertThat(place.boundary()).hasValue(65.0);
        assertThat(place.baseline()).hasValue(40.0);
    }

    @Test
    void aThresholdMissedWithoutAWorstValueIsNotMeasured() {
        add(Definition.of("healthy-years", Form.THRESHOLD)
                .direction(Direction.HIGHER)
                .social("health"));
        floors.add(new Floor("healthy-years", 65, Optional.empty(), "years", Optional.empty(), "test"));
        figure("healthy-years", 2019, 60);

        Place place = place("healthy-years");

        assertThat(place.gapPercent()).isEmpty();
        assertThat(place.inMedian()).isFalse();
        assertThat(place.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no worst value"));
    }

    @ParameterizedTest
    @CsvSource({"9.5, 9.5", "0, 0", "-3, 0"})
    void aGapThatShouldBeZeroIsNeverBelowItAndHasNoMedianToCountIn(double gap, double shortfall) {
        social("pay-gap", Form.GAP, "food");
        figure("pay-gap", 2019, gap);

        assertThat(place("pay-gap").gapPercent()).hasValue(shortfall);
        assertThat(place("pay-gap").inMedian()).isFalse();
    }

    @Test
    void aCeilingIsTheRatioToItsBoundaryAndIsNeverClipped() {
        ceiling("co2", "climate-change", 0.95, 0);
        figure("co2", 2019, 5.7);
        ceiling("forest", "land-conversion", 47.9, 63.87);
        figure("forest", 2019, 63.87);

        assertThat(place("co2").ratio())
                .hasValueSatisfying(ratio -> assertThat(ratio).isCloseTo(6, within(1e-9)));
        assertThat(place("co2").gapPercent())
                .hasValueSatisfying(gap -> assertThat(gap).isCloseTo(500, within(1e-9)));
        assertThat(place("forest").ratio()).hasValue(0.0);
        assertThat(place("forest").gapPercent()).hasValue(-100.0);
    }

    @Test
    void aCeilingWithoutABoundaryInTheSetSaysSo() {
        add(Definition.of("nitrogen", Form.CEILING).ecological("climate-change"));
        figure("nitrogen", 2019, 8.5);

        assertThat(place("nitrogen").reason()).hasValue("the boundary set test-set has no boundary for it");
        assertThat(place("nitrogen").inMedian()).isFalse();
    }

    @Test
    void contextIsShownAndNotJudged() {
        social("income", Form.CONTEXT, "food");
        figure("income", 2019, 21_000);

        Place place = place("income");

        assertThat(place.estimate().flatMap(Estimate::value)).hasValue(21_000.0);
        assertThat(place.gapPercent()).isEmpty();
        assertThat(place.ratio()).isEmpty();
        assertThat(place.inMedian()).isFalse();
    }

    @Test
    void aFigureOfAnotherPerspectiveThanItsBoundaryIsAProxyWithStatusDOutsideTheMedian() {
        add(Definition.of("co2", Form.CEILING)
                .perspective("territorial")
                .proxy("No consumption-based figures by region.")
                .ecological("climate-change"));
        boundaries.add(boundary("co2", 0.95, 0, Optional.of("consumption")));
        figure("co2", 2019, 4.75);

        Place place = place("co2");

        assertThat(place.status()).isEqualTo(ObsStatus.D);
        assertThat(place.proxy()).hasValue("No consumption-based figures by region.");
        assertThat(place.ratio()).hasValueSatisfying(ratio -> assertThat(ratio).isCloseTo(5, within(1e-12)));
        assertThat(place.inMedian()).isFalse();
    }

    @Test
    void aFigureWhosePerspectiveIsNotStatedCountsInNoMedianEither() {
        add(Definition.of("co2", Form.CEILING).ecological("climate-change"));
        boundaries.add(boundary("co2", 0.95, 0, Optional.of("consumption")));
        figure("co2", 2019, 4.75);

        assertThat(place("co2").status()).isEqualTo(ObsStatus.D);
        assertThat(place("co2").inMedian()).isFalse();
    }

    @Test
    void aFigureOfTheSamePerspectiveIsNoProxyWhateverTheDefinitionDeclaresForOtherSets() {
        add(Definition.of("co2", Form.CEILING)
                .perspective("consumption")
                .proxy("For policy targets only.")
                .ecological("climate-change"));
        boundaries.add(boundary("co2", 0.95, 0, Optional.of("consumption")));
        figure("co2", 2019, 4.75);

        assertThat(place("co2").proxy()).isEmpty();
        assertThat(place("co2").status()).isEqualTo(ObsStatus.A);
        assertThat(place("co2").inMedian()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2018 2020, 2020", "2017 2020, 2020", "2017, 2017", "2021, 2021", "2019 2020, 2019"})
    void aDoughnutTakesTheFigureOfTheNearestYearWithinTwo(String years, int taken) {
        social("hunger", Form.SHARE, "food");
        for (String year : years.split(" ")) {
            figure("hunger", Integer.parseInt(year), Integer.parseInt(year) - 2000);
        }

        assertThat(place("hunger").gapPercent()).hasValue(taken - 2000.0);
    }

    @Test
    void aFigureFurtherThanTwoYearsAwayIsMissingWithItsYear() {
        social("hunger", Form.SHARE, "food");
        figure("hunger", 2016, 5);
        figure("hunger", 2010, 6);

        assertThat(place("hunger").gapPercent()).isEmpty();
        assertThat(place("hunger").status()).isEqualTo(ObsStatus.L);
        assertThat(place("hunger").reason()).hasValue("too old or too new: the nearest figure is of 2016");
    }

    @Test
    void aFigureOfANeighbouringYearIsTakenBeforeAMissingOneOfTheYearItself() {
        social("hunger", Form.SHARE, "food");
        missing("hunger", 2019, "the source gives no figure");
        figure("hunger", 2020, 5);

        assertThat(place("hunger").gapPercent()).hasValue(5.0);
    }

    @Test
    void whatIsMissingKeepsItsReasonAndItsRow() {
        social("hunger", Form.SHARE, "food");
        missing("hunger", 2019, "the source gives no figure");
        social("illness", Form.SHARE, "health");

        assertThat(place("hunger").reason()).hasValue("the source gives no figure");
        assertThat(place("hunger").status()).isEqualTo(ObsStatus.Q);
        assertThat(place("illness").reason()).hasValue("no source has a figure for this region");
        assertThat(places().stream().filter(p -> p.dimension().equals("ozone")).findFirst())
                .hasValueSatisfying(p -> assertThat(p.reason()).hasValue("measured globally, not by region"));
        assertThat(places().stream().filter(p -> p.dimension().equals("energy")).findFirst())
                .hasValueSatisfying(p -> assertThat(p.reason()).hasValue("no indicator is defined for this dimension"));
    }

    @Test
    void aMedianNeedsHalfOfTheDimensionsNotHalfOfTheIndicators() {
        social("hunger", Form.SHARE, "food");
        social("thirst", Form.SHARE, "food");
        figure("hunger", 2019, 10);
        figure("thirst", 2019, 20);

        assertThat(median("_T").gapPercent()).isEmpty();
        assertThat(median("_T").reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("1 of 4"));
        assertThat(median("_T").status()).isEqualTo(ObsStatus.O);

        social("illness", Form.PLACES, "health");
        figure("illness", 2019, 60);

        assertThat(median("_T").gapPercent()).hasValue(20.0);
        assertThat(median("_T").median()).hasValue(new Place.Median(Optional.of(15.0), Optional.of(40.0), 3, 2));
        assertThat(median("_T").reason()).isEmpty();
    }

    @Test
    void sharesAndThresholdsAreNeverInOneMedian() {
        for (int i = 0; i < SOCIAL.size(); i++) {
            social("share-" + i, Form.SHARE, SOCIAL.get(i));
            figure("share-" + i, 2019, 10);
            add(Definition.of("threshold-" + i, Form.THRESHOLD).social(SOCIAL.get(i)));
            floors.add(new Floor("threshold-" + i, 0, Optional.of(100.0), "%", Optional.empty(), "test"));
            figure("threshold-" + i, 2019, 90);
        }

        assertThat(median("_T").gapPercent()).hasValue(10.0);
        assertThat(median("_T").form()).isEqualTo("share");
        assertThat(median("_T:threshold").gapPercent()).hasValue(90.0);
    }

    @Test
    void whatIsNotAHeadlineDoesNotCount() {
        social("hunger", Form.SHARE, "food");
        social("illness", Form.SHARE, "health");
        add(Definition.of("hunger-of-children", Form.SHARE).besides("food"));
        figure("hunger", 2019, 10);
        figure("illness", 2019, 20);
        figure("hunger-of-children", 2019, 90);

        assertThat(place("hunger-of-children").gapPercent()).hasValue(90.0);
        assertThat(place("hunger-of-children").inMedian()).isFalse();
        assertThat(median("_T").gapPercent()).hasValue(15.0);
    }

    @Test
    void floorAndCeilingAreNeverInOneMedian() {
        social("hunger", Form.SHARE, "food");
        social("illness", Form.SHARE, "health");
        figure("hunger", 2019, 10);
        figure("illness", 2019, 20);
        ceiling("co2", "climate-change", 1, 0);
        ceiling("forest", "land-conversion", 1, 0);
        figure("co2", 2019, 5);
        figure("forest", 2019, 3);

        List<Place> medians =
                places().stream().filter(p -> p.median().isPresent()).toList();

        assertThat(median("_T").gapPercent()).hasValue(15.0);
        assertThat(medians.stream().filter(p -> p.ring().equals(Framework.ECOLOGICAL)))
                .singleElement()
                .satisfies(p -> assertThat(p.gapPercent()).hasValue(300.0));
    }

    /** Every place that says it counts is counted by exactly one median, and no other is. */
    @Test
    void theMediansCountThePlacesThatSayTheyCount() {
        Form[] forms = Form.values();
        for (int i = 0; i < forms.length; i++) {
            String id = "of-form-" + forms[i];
            add(Definition.of(id, forms[i])
                    .social(SOCIAL.get(i % SOCIAL.size()))
                    .ecological("climate-change"));
            boundaries.add(boundary(id, 1, 0, Optional.empty()));
            floors.add(new Floor(id, 1, Optional.of(100.0), "%", Optional.empty(), "test"));
            figure(id, 2019, 7);
        }

        long counting = places().stream().filter(Place::inMedian).count();
        int counted = places().stream()
                .flatMap(p -> p.median().stream())
                .mapToInt(Place.Median::n)
                .sum();

        assertThat(counting).isEqualTo(counted);
    }

    /**
     * R 4 on its own data: {@code quantile(mtcars$mpg)} is 10.400 15.425 19.200 22.800 33.900 (type 7, the default), and
     * {@code quantile(1:10)} is 1.00 3.25 5.50 7.75 10.00.
     */
    @Test
    void quantilesInterpolateAsTypeSevenOfR() {
        double[] milesPerGallon = {
            21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4,
            30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4
        };
        Arrays.sort(milesPerGallon);
        double[] oneToTen = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        double[] probabilities = {0, 0.25, 0.5, 0.75, 1};
        double[] ofMiles = {10.4, 15.425, 19.2, 22.8, 33.9};
        double[] ofTen = {1, 3.25, 5.5, 7.75, 10};

        for (int i = 0; i < probabilities.length; i++) {
            assertThat(Quantiles.of(milesPerGallon, probabilities[i], 7)).isCloseTo(ofMiles[i], within(1e-12));
            assertThat(Quantiles.of(oneToTen, probabilities[i], 7)).isCloseTo(ofTen[i], within(1e-12));
        }
        assertThat(Quantiles.of(new double[] {4}, 0.25, 7)).isEqualTo(4);
    }

    @Property(tries = 300)
    void noRatioGapOrMedianIsEverInfiniteOrUndefined(
            @ForAll @Size(5) List<@DoubleRange(min = -1e12, max = 1e12) Double> values,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double baseline) {
        DoughnutsTest fresh = new DoughnutsTest();
        fresh.social("hunger", Form.SHARE, "food");
        fresh.social("pay-gap", Form.GAP, "energy");
        fresh.add(Definition.of("healthy-years", Form.THRESHOLD)
                .direction(Direction.HIGHER)
                .social("health"));
        fresh.floors.add(
                new Floor("healthy-years", baseline, Optional.of(baseline - 1e-3), "years", Optional.empty(), "test"));
        fresh.ceiling("co2", "climate-change", baseline + 1e-3, baseline);
        fresh.ceiling("forest", "land-conversion", baseline - 1e-3, baseline);
        int i = 0;
        for (String id : fresh.indicators.keySet()) {
            fresh.figure(id, 2019, values.get(i++));
        }

        assertThat(fresh.places()).isNotEmpty().allSatisfy(p -> {
            p.gapPercent().ifPresent(gap -> assertThat(gap).isFinite());
            p.ratio().ifPresent(ratio -> assertThat(ratio).isFinite());
            p.median().flatMap(Place.Median::q1).ifPresent(q -> assertThat(q).isFinite());
            p.median().flatMap(Place.Median::q3).ifPresent(q -> assertThat(q).isFinite());
        });
    }

    private void social(String id, Form form, String dimension) {
        add(Definition.of(id, form).social(dimension));
    }

    private void ceiling(String id, String dimension, double value, double baseline) {
        add(Definition.of(id, Form.CEILING).ecological(dimension));
        boundaries.add(boundary(id, value, baseline, Optional.empty()));
    }

    private void add(Definition definition) {
        Indicator indicator = definition.indicator();
        indicators.put(indicator.id(), indicator);
    }

    private static Boundary boundary(String id, double value, double baseline, Optional<String> perspective) {
        return new Boundary(
                id,
                value,
                baseline,
                "t",
                Optional.of(2017),
                "planetary",
                "per-capita",
                perspective,
                Optional.of("equal-per-capita"),
                "test");
    }

    private void figure(String id, int year, double value) {
        estimates.add(estimate(id, year, Optional.of(value), ObsStatus.A, Optional.empty()));
    }

    private void missing(String id, int year, String reason) {
        estimates.add(estimate(id, year, Optional.empty(), ObsStatus.Q, Optional.of(reason)));
    }

    private static Estimate estimate(
            String id, int year, Optional<Double> value, ObsStatus status, Optional<String> reason) {
        return new Estimate(
                id,
                Estimate.TOTAL,
                "X",
                String.valueOf(year),
                value,
                Optional.empty(),
                Optional.empty(),
                Interval.NONE,
                year,
                "published",
                status,
                Coverage.FULL,
                reason,
                Figures.PUBLISHED);
    }

    private List<Place> places() {
        Framework doughnut = new Framework(
                "doughnut",
                "Doughnut",
                Optional.empty(),
                "test",
                List.of(ring(Framework.SOCIAL, SOCIAL), ring(Framework.ECOLOGICAL, ECOLOGICAL)));
        Catalogue.BoundarySet set = new Catalogue.BoundarySet("test-set", "Test", "test", boundaries, floors);
        Catalogue catalogue = new Catalogue(indicators, Map.of(set.id(), set), Map.of(doughnut.id(), doughnut));
        RegionTree tree = tree(region("X", "NUTS1", null), region("X1", "NUTS2", "X"));
        return new Doughnuts(catalogue, tree, StatisticsRules.DEFAULT)
                .place(
                        new Series(estimates, tree, Map.of()),
                        framework -> List.of(set),
                        List.of(2019),
                        List.of("NUTS1"));
    }

    private static Framework.Ring ring(String id, List<String> dimensions) {
        return new Framework.Ring(
                id,
                id,
                dimensions.stream()
                        .map(dimension -> new Framework.Dimension(
                                dimension,
                                dimension,
                                Optional.empty(),
                                dimension.equals("ozone") ? Optional.of("globally") : Optional.empty()))
                        .toList());
    }

    private Place place(String indicator) {
        return places().stream()
                .filter(p -> p.indicator().equals(indicator))
                .findFirst()
                .orElseThrow();
    }

    private Place median(String indicator) {
        return places().stream()
                .filter(p -> p.ring().equals(Framework.SOCIAL) && p.indicator().equals(indicator))
                .findFirst()
                .orElseThrow();
    }
}
