package org.regionaldoughnut.indicators.formulas;

import java.util.Arrays;
import org.netlib.util.intW;

/**
 * Environmentally extended multi-regional input-output accounts (Miller & Blair, Input-Output Analysis, 2nd ed. 2009),
 * for regions of equally many sectors: row and column {@code r * sectors + i} is sector i of region r. Matrices are
 * dense; {@code (I - A) X = Y} is solved by LAPACK's LU factorisation, not by inverting.
 *
 * @param output x, by sector
 * @param accounts what regions cause, by stressor and region, with the direct stressors of final demand
 * @param bySector the same without these, column {@code r * sectors + i}: consumption and imports by product consumed,
 *     production and exports by the sector that causes it
 */
public record Footprints(double[] output, Accounts accounts, Accounts bySector) {
    /** So many sectors of all regions a Java array can hold the matrix of. */
    private static final int MOST = 46_340;

    /**
     * {@code consumption = production + imports - exports} holds for each region.
     *
     * @param consumption D_cba
     * @param production D_pba
     * @param imports D_imp: caused abroad for the region's final demand
     * @param exports D_exp: caused in the region for final demand abroad
     */
    public record Accounts(double[][] consumption, double[][] production, double[][] imports, double[][] exports) {
        private static Accounts empty(int stressors, int columns) {
            return new Accounts(
                    new double[stressors][columns],
                    new double[stressors][columns],
                    new double[stressors][columns],
                    new double[stressors][columns]);
        }
    }

    /**
     * @param flows Z, from row to column
     * @param demand Y, sector by region: final demand of each region, its categories added up
     * @param stressors F, stressor by sector
     * @param direct F_Y, stressor by region
     * @throws IllegalArgumentException where there are too many sectors, or some use all they make
     */
    public static Footprints of(double[][] flows, double[][] demand, double[][] stressors, double[][] direct) {
        int n = flows.length;
        int regions = demand[0].length;
        int sectors = n / regions;
        if (n > MOST) {
            throw new IllegalArgumentException(n + " sectors of all regions are more than " + MOST);
        }
        double[] output = output(flows, demand);
        Factors factors = Factors.of(withoutInputs(coefficients(flows, output)));
        double[][] made = new double[regions][];
        for (int consumer = 0; consumer < regions; consumer++) {
            // X = L Y: what sectors make for all of a region's demand, its products taken together
            made[consumer] = factors.solve(column(demand, consumer));
        }
        Accounts bySector = Accounts.empty(stressors.length, n);
        for (int s = 0; s < stressors.length; s++) {
            double[] intensity = new double[n];
            for (int i = 0; i < n; i++) {
                intensity[i] = output[i] == 0 ? 0 : stressors[s][i] / output[i];
            }
            // M = S L, solved from the transposed system
            double[] multipliers = factors.solveTransposed(intensity);
            for (int consumer = 0; consumer < regions; consumer++) {
                double[] abroad = intensity.clone();
                Arrays.fill(abroad, consumer * sectors, (consumer + 1) * sectors, 0);
                double[] multipliersAbroad = factors.solveTransposed(abroad);
                for (int i = 0; i < n; i++) {
                    int product = consumer * sectors + i % sectors;
                    double caused = intensity[i] * made[consumer][i];
                    bySector.consumption()[s][product] += multipliers[i] * demand[i][consumer];
                    bySector.imports()[s][product] += multipliersAbroad[i] * demand[i][consumer];
                    bySector.production()[s][i] += caused;
                    bySector.exports()[s][i] += i / sectors == consumer ? 0 : caused;
                }
            }
        }
        Accounts accounts = new Accounts(
                plus(byRegion(bySector.consumption(), regions), direct),
                plus(byRegion(bySector.production(), regions), direct),
                byRegion(bySector.imports(), regions),
                byRegion(bySector.exports(), regions));
        return new Footprints(output, accounts, bySector);
    }

    private static double[][] byRegion(double[][] bySector, int regions) {
        double[][] sums = new double[bySector.length][regions];
        for (int s = 0; s < sums.length; s++) {
            int sectors = bySector[s].length / regions;
            for (int i = 0; i < bySector[s].length; i++) {
                sums[s][i / sectors] += bySector[s][i];
            }
        }
        return sums;
    }

    private static double[][] plus(double[][] sums, double[][] direct) {
        for (int s = 0; s < sums.length; s++) {
            for (int region = 0; region < sums[s].length; region++) {
                sums[s][region] += direct[s][region];
            }
        }
        return sums;
    }

    /** {@code x = Z e + Y e}. */
    public static double[] output(double[][] flows, double[][] demand) {
        double[] output = new double[flows.length];
        for (int i = 0; i < flows.length; i++) {
            output[i] = Arrays.stream(flows[i]).sum() + Arrays.stream(demand[i]).sum();
        }
        return output;
    }

    /** {@code A = Z x^-1}: inputs by unit of output; a sector without output has none. */
    public static double[][] coefficients(double[][] flows, double[] output) {
        int n = flows.length;
        double[][] coefficients = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                coefficients[i][j] = output[j] == 0 ? 0 : flows[i][j] / output[j];
            }
        }
        return coefficients;
    }

    /** {@code I - A}. */
    private static double[][] withoutInputs(double[][] coefficients) {
        int n = coefficients.length;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = (i == j ? 1 : 0) - coefficients[i][j];
            }
        }
        return matrix;
    }

    /** {@code L = (I - A)^-1}. */
    public static double[][] leontiefInverse(double[][] coefficients) {
        int n = coefficients.length;
        Factors factors = Factors.of(withoutInputs(coefficients));
        double[][] inverse = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = factors.solve(unit);
            for (int i = 0; i < n; i++) {
                inverse[i][j] = column[i];
            }
        }
        return inverse;
    }

    private static double[] column(double[][] matrix, int j) {
        return Arrays.stream(matrix).mapToDouble(row -> row[j]).toArray();
    }

    /** An LU factorisation, column by column. */
    private record Factors(int n, double[] lu, int[] pivots) {

        /** @throws IllegalArgumentException where the matrix is singular: some sectors use all they make */
        static Factors of(double[][] matrix) {
            int n = matrix.length;
            double[] columns = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    columns[j * n + i] = matrix[i][j];
                }
            }
            int[] pivots = new int[n];
            intW info = new intW(0);
            Lapack.JAVA.dgetrf(n, n, columns, n, pivots, info);
            if (info.val != 0) {
                throw new IllegalArgumentException("I - A is singular at sector " + info.val);
            }
            return new Factors(n, columns, pivots);
        }

        double[] solve(double[] right) {
            return solve("N", right);
        }

        double[] solveTransposed(double[] right) {
            return solve("T", right);
        }

        private double[] solve(String which, double[] right) {
            double[] solution = right.clone();
            intW info = new intW(0);
            Lapack.JAVA.dgetrs(which, n, 1, lu, n, pivots, solution, n, info);
            return solution;
        }
    }
}
