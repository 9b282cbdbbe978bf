package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

/** What an outsider can compute from a table with suppressed cells. */
class SecondarySuppressionTest {
    /** Total 0 of 1, 2, 3; 1 is the sum of 4, 5, 6. */
    private static final List<CellSystem.Sum> TREE =
            List.of(new CellSystem.Sum(0, List.of(1, 2, 3)), new CellSystem.Sum(1, List.of(4, 5, 6)));

    @Test
    void aLoneSuppressedCellIsComputedFromItsTotal() {
        CellSystem system = new CellSystem(new double[] {100, 30, 30, 40, 5, 10, 15}, TREE);
        Interval known = system.audit(4, bits(4));
        assertThat(known.least()).isEqualTo(5);
        assertThat(known.most()).isEqualTo(5);
        known = system.audit(4, bits(4, 5));
        assertThat(known.least()).isZero();
        assertThat(known.most()).isEqualTo(15);
    }

    @Test
    void theSmallestNeighbourThatHidesItIsSuppressedWithIt() {
        CellSystem system = new CellSystem(new double[] {100, 30, 30, 40, 5, 10, 15}, TREE);
        assertThat(choose(system, 0.1, bits(4), bits(), bits()).suppressed()).isEqualTo(bits(4, 5));
    }

    @Test
    void whatEarlierReleasesShowHidesNothing() {
        CellSystem system = new CellSystem(new double[] {100, 30, 30, 40, 5, 10, 15}, TREE);
        assertThat(choose(system, 0.1, bits(4), bits(), bits(5)).suppressed()).isEqualTo(bits(4, 6));
        SecondarySuppression.Pattern none = choose(system, 0.1, bits(4), bits(), bits(0, 1, 2, 3, 5, 6));
        assertThat(none.open()).as("nothing is left that would protect it").isEqualTo(bits(4));
    }

    @Test
    void aCellSuppressedAtItsSourceIsNotTheRestOfItsParent() {
        CellSystem system = new CellSystem(new double[] {100, 30, 30, 40, 5, 10, 15}, TREE);
        BitSet suppressed = choose(system, 0.1, bits(), bits(6), bits()).suppressed();
        assertThat(suppressed.cardinality()).isEqualTo(2);
        assertThat(system.audit(6, suppressed).width()).isGreaterThan(1);
    }

    /** Regions in three levels by sex: each pattern is attacked by solving the linear system it leaves. */
    @Test
    void noSuppressedCellOfRandomTablesCanBeSolvedFor() {
        Random random = new Random(20261125);
        for (int table = 0; table < 40; table++) {
            List<CellSystem.Sum> sums = new ArrayList<>();
            double[] values = table(random, sums);
            CellSystem system = new CellSystem(values, sums);
            BitSet unsafe = new BitSet();
            IntStream.range(0, values.length)
                    .filter(cell -> values[cell] > 0 && values[cell] < 4)
                    .forEach(unsafe::set);
            SecondarySuppression.Pattern pattern = choose(system, 0.2, unsafe, bits(), bits());
            assertThat(pattern.open().isEmpty()).isTrue();
            BitSet suppressed = pattern.suppressed();
            assertThat(solvable(values.length, sums, suppressed))
                    .as("table " + table)
                    .isEmpty();
            for (int cell = unsafe.nextSetBit(0); cell >= 0; cell = unsafe.nextSetBit(cell + 1)) {
                Interval known = system.audit(cell, suppressed);
                assertThat(known.most()).isGreaterThanOrEqualTo(values[cell] * 1.2 - 1e-6);
                assertThat(known.least()).isLessThanOrEqualTo(values[cell] * 0.8 + 1e-6);
            }
        }
    }

    /** Cells: region * 3 + sex, sex 0 is the total; regions 0; 1-3 below 0; 4-6 below 1, 7-9 below 2, 10-12 below 3. */
    private static double[] table(Random random, List<CellSystem.Sum> sums) {
        double[] values = new double[13 * 3];
        for (int region = 12; region >= 0; region--) {
            List<Integer> below = region == 0
                    ? List.of(1, 2, 3)
                    : region < 4 ? List.of(region * 3 + 1, region * 3 + 2, region * 3 + 3) : List.of();
            for (int sex = 1; sex < 3; sex++) {
                int s = sex;
                values[region * 3 + sex] = below.isEmpty()
                        ? random.nextInt(15)
                        : below.stream().mapToDouble(r -> values[r * 3 + s]).sum();
            }
            values[region * 3] = values[region * 3 + 1] + values[region * 3 + 2];
            sums.add(new CellSystem.Sum(region * 3, List.of(region * 3 + 1, region * 3 + 2)));
            for (int sex = 0; sex < 3 && !below.isEmpty(); sex++) {
                int s = sex;
                sums.add(new CellSystem.Sum(
                        region * 3 + sex, below.stream().map(r -> r * 3 + s).toList()));
            }
        }
        return values;
    }

    /** Suppressed cells with one solution only: those on which every vector of the null space is zero. */
    private static List<Integer> solvable(int cells, List<CellSystem.Sum> sums, BitSet suppressed) {
        int[] unknown = suppressed.stream().toArray();
        List<Integer> solvable = new ArrayList<>();
        if (unknown.length == 0) {
            return solvable;
        }
        RealMatrix matrix = new Array2DRowRealMatrix(Math.max(sums.size(), unknown.length), unknown.length);
        for (int row = 0; row < sums.size(); row++) {
            for (int column = 0; column < unknown.length; column++) {
                int cell = unknown[column];
                if (sums.get(row).cells().anyMatch(c -> c == cell)) {
                    matrix.setEntry(row, column, sums.get(row).sign(cell));
                }
            }
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(matrix);
        RealMatrix directions = svd.getV();
        for (int column = 0; column < unknown.length; column++) {
            double open = 0;
            for (int k = svd.getRank(); k < unknown.length; k++) {
                open += Math.abs(new ArrayRealVector(directions.getColumn(k)).getEntry(column));
            }
            if (open < 1e-9) {
                solvable.add(unknown[column]);
            }
        }
        return solvable;
    }

    private static SecondarySuppression.Pattern choose(
            CellSystem system, double protection, BitSet unsafe, BitSet unknown, BitSet fixed) {
        return new SecondarySuppression(system, protection, unsafe, unknown, fixed).choose();
    }

    private static BitSet bits(int... cells) {
        BitSet bits = new BitSet();
        IntStream.of(cells).forEach(bits::set);
        return bits;
    }
}
