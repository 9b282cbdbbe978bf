package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FootprintsTest {
    private static final double[][] FLOWS = {{150, 500}, {200, 100}};
    private static final double[][] DEMAND = {{350}, {1700}};

    /** Miller & Blair, Input-Output Analysis, 2nd edition 2009, tables 2.3 and 2.4. */
    @Test
    void theTextbooksTwoSectorsHaveItsOutputCoefficientsAndLeontiefInverse() {
        double[] output = Footprints.output(FLOWS, DEMAND);
        double[][] coefficients = Footprints.coefficients(FLOWS, output);
        double[][] inverse = Footprints.leontiefInverse(coefficients);

        assertThat(output).containsExactly(1000, 2000);
        assertThat(coefficients[0]).containsExactly(new double[] {0.15, 0.25}, within(1e-12));
        assertThat(coefficients[1]).containsExactly(new double[] {0.20, 0.05}, within(1e-12));
        assertThat(inverse[0]).containsExactly(new double[] {1.25412541, 0.330033}, within(1e-8));
        assertThat(inverse[1]).containsExactly(new double[] {0.2640264, 1.12211221}, within(1e-8));
    }

    /**
     * Miller & Blair, Input-Output Analysis, 2nd edition 2009, tables 3.3 and 3.4: three sectors of region r, two of region
     * s, and what all make for 100 more of final demand for the first sector of r.
     */
    @Test
    void theTextbooksTwoRegionsHaveItsInterregionalInverse() {
        double[][] flows = {
            {150, 500, 50, 25, 75},
            {200, 100, 400, 200, 100},
            {300, 500, 50, 60, 40},
            {75, 100, 60, 200, 250},
            {50, 25, 25, 150, 100}
        };
        double[] output = {1000, 2000, 1000, 1200, 800};
        double[][] inverse = Footprints.leontiefInverse(Footprints.coefficients(flows, output));

        double[][] published = {
            {1.423, 0.465, 0.291, 0.192, 0.304},
            {0.635, 1.424, 0.671, 0.409, 0.456},
            {0.638, 0.537, 1.336, 0.250, 0.311},
            {0.267, 0.200, 0.197, 1.341, 0.547},
            {0.147, 0.091, 0.093, 0.215, 1.254}
        };
        for (int i = 0; i < published.length; i++) {
            assertThat(inverse[i]).containsExactly(published[i], within(0.0005));
        }
    }

    @Test
    void sectorsThatUseAllTheyMakeCannotBeSolved() {
        assertThatThrownBy(() -> Footprints.leontiefInverse(new double[][] {{1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("singular");
    }

    @Property(tries = 60)
    void whatIsConsumedIsWhatIsProducedAndEachRegionsAccountsCloseOverItsTrade(
            @ForAll int seed,
            @ForAll @IntRange(min = 1, max = 5) int regions,
            @ForAll @IntRange(min = 1, max = 6) int sectors) {
        Random random = new Random(seed);
        int n = regions * sectors;
        double[][] flows = matrix(random, n, n, 10);
        double[][] demand = matrix(random, n, regions, 200);
        double[][] stressors = matrix(random, 2, n, 5);
        double[][] direct = matrix(random, 2, regions, 3);

        Footprints.Accounts accounts =
                Footprints.of(flows, demand, stressors, direct).accounts();

        for (int s = 0; s < 2; s++) {
            double caused =
                    Arrays.stream(stressors[s]).sum() + Arrays.stream(direct[s]).sum();
            assertThat(sum(accounts.consumption()[s])).isCloseTo(caused, within(1e-8 * caused));
            assertThat(sum(accounts.production()[s])).isCloseTo(caused, within(1e-8 * caused));
            assertThat(sum(accounts.imports()[s])).isCloseTo(sum(accounts.exports()[s]), within(1e-8 * caused));
            for (int r = 0; r < regions; r++) {
                assertThat(accounts.consumption()[s][r])
                        .isCloseTo(
                                accounts.production()[s][r] + accounts.imports()[s][r] - accounts.exports()[s][r],
                                within(1e-8 * caused));
            }
        }
    }

    @Property(tries = 30)
    void theSectorsOfARegionAddUpToItInEachAccount(@ForAll int seed) {
        Random random = new Random(seed);
        double[][] flows = matrix(random, 12, 12, 10);
        double[][] demand = matrix(random, 12, 3, 200);
        double[][] stressors = matrix(random, 1, 12, 5);

        Footprints footprints = Footprints.of(flows, demand, stressors, new double[1][3]);

        assertAddsUp(footprints.bySector().consumption(), footprints.accounts().consumption());
        assertAddsUp(footprints.bySector().production(), footprints.accounts().production());
        assertAddsUp(footprints.bySector().imports(), footprints.accounts().imports());
        assertAddsUp(footprints.bySector().exports(), footprints.accounts().exports());
        // what a sector causes is what it was stated to cause
        assertThat(footprints.bySector().production()[0]).containsExactly(stressors[0], within(1e-9));
    }

    private static void assertAddsUp(double[][] sectors, double[][] regions) {
        for (int r = 0; r < 3; r++) {
            assertThat(sum(Arrays.copyOfRange(sectors[0], r * 4, r * 4 + 4))).isCloseTo(regions[0][r], within(1e-9));
        }
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double[][] matrix(Random random, int rows, int columns, double most) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, j -> random.nextDouble() * most);
        }
        return matrix;
    }
}
