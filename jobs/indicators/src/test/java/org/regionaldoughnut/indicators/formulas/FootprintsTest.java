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
    void theProductsOfARegionsConsumptionAddUpToIt(@ForAll int seed) {
        Random random = new Random(seed);
        double[][] flows = matrix(random, 12, 12, 10);
        double[][] demand = matrix(random, 12, 3, 200);
        double[][] stressors = matrix(random, 1, 12, 5);

        double[] regions = Footprints.of(flows, demand, stressors, new double[1][3])
                .accounts()
                .consumption()[0];
        double[][] products = Footprints.consumptionByProduct(flows, demand, stressors);

        for (int r = 0; r < 3; r++) {
            assertThat(sum(Arrays.copyOfRange(products[0], r * 4, r * 4 + 4))).isCloseTo(regions[r], within(1e-9));
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
