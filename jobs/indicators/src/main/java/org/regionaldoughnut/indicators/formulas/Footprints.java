package org.regionaldoughnut.indicators.formulas;

import java.util.Arrays;
import org.netlib.util.intW;

/**
 * Environmentally extended multi-regional input-output accounts (Miller & Blair, Input-Output Analysis, 2nd ed. 2009),
 * for regions of equally many sectors: row and column {@code r * sectors + i} is sector i of region r. Matrices are
 * dense; {@code (I - A) X = Y} is solved by LAPACK's LU factorisation, not by inverting.
 *
 * @param output x, by sector
 * @param accounts what regions cause and hold, by stressor and region
 */
public record Footprints(double[] output, Accounts accounts) {

    /**
     * Stressor by region. {@code consumption = production + imports - exports} holds for each.
     *
     * @param consumption D_cba, with the direct stressors of final demand
     * @param production D_pba, with the direct stressors of final demand
     * @param imports D_imp: caused abroad for the region's final demand
     * @param exports D_exp: caused in the region for final demand abroad
     */
    public record Accounts(double[][] consumption, double[][] production, double[][] imports, double[][] exports) {}

    /**
     * @param flows Z, from row to column
     * @param demand Y, sector by region: final demand of each region, its categories added up
     * @param stressors F, stressor by sector
     * @param direct F_Y, stressor by region
     */
    public static Footprints of(double[][] flows, double[][] demand, double[][] stressors, double[][] direct) {
        int n = flows.length;
        int regions = demand[0].length;
        int sectors = n / regions;
        double[] output = output(flows, demand);
        double[][] leontief = coefficients(flows, output);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                leontief[i][j] = (i == j ? 1 : 0) - leontief[i][j];
            }
        }
        Factors factors = Factors.of(leontief);
        double[][] intensity = new double[stressors.length][n];
        for (int s = 0; s < stressors.length; s++) {
            for (int i = 0; i < n; i++) {
                intensity[s][i] = output[i] == 0 ? 0 : stressors[s][i] / output[i];
            }
        }
        double[][] consumption = copyOf(direct);
        double[][] production = copyOf(direct);
        double[][] imports = new double[stressors.length][regions];
        double[][] exports = new double[stressors.length][regions];
        for (int consumer = 0; consumer < regions; consumer++) {
            // X = L Y: what sectors make for all of a region's demand, its products taken together
            double[] made = factors.solve(column(demand, consumer));
            for (int s = 0; s < stressors.length; s++) {
                for (int i = 0; i < n; i++) {
                    int producer = i / sectors;
                    double caused = intensity[s][i] * made[i];
                    consumption[s][consumer] += caused;
                    production[s][producer] += caused;
                    if (producer != consumer) {
                        imports[s][consumer] += caused;
                        exports[s][producer] += caused;
                    }
                }
            }
        }
        return new Footprints(output, new Accounts(consumption, production, imports, exports));
    }

    /**
     * D_cba by product, without direct stressors: stressor by consuming region and product, column {@code r * sectors +
     * i}. The multipliers {@code M = S L} are solved from the transposed system, one solution for each stressor.
     */
    public static double[][] consumptionByProduct(double[][] flows, double[][] demand, double[][] stressors) {
        int n = flows.length;
        int regions = demand[0].length;
        int sectors = n / regions;
        double[] output = output(flows, demand);
        double[][] transposed = new double[n][n];
        double[][] coefficients = coefficients(flows, output);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[j][i] = (i == j ? 1 : 0) - coefficients[i][j];
            }
        }
        Factors factors = Factors.of(transposed);
        double[][] byProduct = new double[stressors.length][n];
        for (int s = 0; s < stressors.length; s++) {
            double[] intensity = new double[n];
            for (int i = 0; i < n; i++) {
                intensity[i] = output[i] == 0 ? 0 : stressors[s][i] / output[i];
            }
            double[] multipliers = factors.solve(intensity);
            for (int i = 0; i < n; i++) {
                for (int consumer = 0; consumer < regions; consumer++) {
                    byProduct[s][consumer * sectors + i % sectors] += multipliers[i] * demand[i][consumer];
                }
            }
        }
        return byProduct;
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

    /** {@code L = (I - A)^-1}. */
    public static double[][] leontiefInverse(double[][] coefficients) {
        int n = coefficients.length;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = (i == j ? 1 : 0) - coefficients[i][j];
            }
        }
        Factors factors = Factors.of(matrix);
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

    private static double[][] copyOf(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
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
            double[] solution = right.clone();
            intW info = new intW(0);
            Lapack.JAVA.dgetrs("N", n, 1, lu, n, pivots, solution, n, info);
            return solution;
        }
    }
}
