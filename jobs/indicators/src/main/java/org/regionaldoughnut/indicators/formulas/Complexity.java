package org.regionaldoughnut.indicators.formulas;

import java.util.Arrays;
import java.util.Optional;
import org.netlib.util.intW;

/**
 * Economic complexity of places and products: Hidalgo & Hausmann, PNAS 106, 10570-10575 (2009), in the form of the
 * Observatory of Economic Complexity. {@code M = 1} where the location quotient reaches a limit; {@code M1 = M / k_c0},
 * {@code M2 = M / k_p0}; {@code K_p} is the eigenvector of the second largest eigenvalue of {@code M2^T M1}, {@code K_c
 * = M1 K_p}, with the sign that makes diversity and K_c correlate positively. {@code ECI = (K_c - mean K_c) / sd K_c},
 * {@code PCI = (K_p - mean K_c) / sd K_c}, population standard deviation. So a place's ECI is the mean PCI of its
 * products.
 *
 * <p>Places without a product and products without a place are left out: their figures are not a number.
 */
public final class Complexity {
    /** Eigenvalues nearer to each other than this are the same: the place network falls apart, and nothing is defined. */
    private static final double SAME = 1e-9;

    private final boolean[][] specialised;
    private final double[] places;
    private final double[] products;

    private Complexity(boolean[][] specialised, double[] places, double[] products) {
        this.specialised = specialised;
        this.places = places;
        this.products = products;
    }

    /**
     * @param quotients location quotients, place by product
     * @param limit quotient from which a place counts as specialised
     * @return none where fewer than two places or products remain, or where they fall into parts that share nothing
     */
    public static Optional<Complexity> of(double[][] quotients, double limit) {
        boolean[][] specialised = new boolean[quotients.length][];
        for (int c = 0; c < quotients.length; c++) {
            specialised[c] = new boolean[quotients[c].length];
            for (int p = 0; p < quotients[c].length; p++) {
                specialised[c][p] = quotients[c][p] >= limit;
            }
        }
        return of(specialised);
    }

    /** @param specialised place by product */
    public static Optional<Complexity> of(boolean[][] specialised) {
        int[] rows = diversities(specialised);
        int[] columns = ubiquities(specialised);
        int[] c = nonZero(rows);
        int[] p = nonZero(columns);
        if (c.length < 2 || p.length < 2) {
            return Optional.empty();
        }
        Optional<double[]> ofPlaces = placeVector(specialised, c, p, rows, columns);
        if (ofPlaces.isEmpty()) {
            return Optional.empty();
        }
        double[] kc = ofPlaces.get();
        double[] kp = new double[p.length];
        for (int j = 0; j < p.length; j++) {
            double sum = 0;
            for (int i = 0; i < c.length; i++) {
                if (specialised[c[i]][p[j]]) {
                    sum += kc[i];
                }
            }
            kp[j] = sum / columns[p[j]];
        }
        // K_c = M1 K_p, so that both are in one scale whatever that of the eigenvector was
        for (int i = 0; i < c.length; i++) {
            double sum = 0;
            for (int j = 0; j < p.length; j++) {
                if (specialised[c[i]][p[j]]) {
                    sum += kp[j];
                }
            }
            kc[i] = sum / rows[c[i]];
        }
        double mean = Arrays.stream(kc).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(kc).map(k -> (k - mean) * (k - mean)).average().orElseThrow());
        if (!(deviation > 0)) {
            return Optional.empty();
        }
        double covariance = 0;
        double meanDiversity = Arrays.stream(c).map(i -> rows[i]).average().orElseThrow();
        for (int i = 0; i < c.length; i++) {
            covariance += (rows[c[i]] - meanDiversity) * (kc[i] - mean);
        }
        double sign = covariance < 0 ? -1 : 1;
        double[] places = undefined(rows.length);
        for (int i = 0; i < c.length; i++) {
            places[c[i]] = sign * (kc[i] - mean) / deviation + 0.0;
        }
        double[] products = undefined(columns.length);
        for (int j = 0; j < p.length; j++) {
            products[p[j]] = sign * (kp[j] - mean) / deviation + 0.0;
        }
        return Optional.of(new Complexity(specialised, places, products));
    }

    /** ECI of each place. */
    public double[] places() {
        return places.clone();
    }

    /** PCI of each product. */
    public double[] products() {
        return products.clone();
    }

    /** Proximity of products: {@code phi = min(co / k_p, co / k_p')}, co the number of places specialised in both. */
    public double[][] proximity() {
        return proximity(specialised);
    }

    static double[][] proximity(boolean[][] specialised) {
        int[] ubiquity = ubiquities(specialised);
        int n = ubiquity.length;
        double[][] both = new double[n][n];
        for (boolean[] place : specialised) {
            int[] own = trueAt(place);
            for (int a : own) {
                for (int b : own) {
                    both[a][b]++;
                }
            }
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                int larger = Math.max(ubiquity[a], ubiquity[b]);
                both[a][b] = larger == 0 ? 0 : both[a][b] / larger;
            }
        }
        return both;
    }

    /** Density {@code omega = M phi^T / rowsum(phi)}: how near the products of a place are to each product, 0 to 1. */
    public double[][] density() {
        double[][] proximity = proximity();
        int n = products.length;
        double[][] density = new double[places.length][n];
        for (int p = 0; p < n; p++) {
            double all = Arrays.stream(proximity[p]).sum();
            for (int c = 0; c < places.length; c++) {
                double near = 0;
                for (int q : trueAt(specialised[c])) {
                    near += proximity[p][q];
                }
                density[c][p] = all == 0 ? Double.NaN : near / all;
            }
        }
        return density;
    }

    /**
     * {@code K_c} up to scale. The matrix {@code M1 M2^T} of places has the eigenvalues of {@code M2^T M1}, and is similar
     * to the symmetric {@code D^-1/2 M U^-1 M^T D^-1/2}; the smaller of the two sides is decomposed.
     */
    private static Optional<double[]> placeVector(boolean[][] m, int[] c, int[] p, int[] diversity, int[] ubiquity) {
        boolean byPlace = c.length <= p.length;
        int n = byPlace ? c.length : p.length;
        int others = byPlace ? p.length : c.length;
        double[] symmetric = new double[n * n];
        for (int o = 0; o < others; o++) {
            int other = o;
            int[] members = java.util.stream.IntStream.range(0, n)
                    .filter(i -> byPlace ? m[c[i]][p[other]] : m[c[other]][p[i]])
                    .toArray();
            double weight = 1.0 / members.length;
            for (int a : members) {
                for (int b : members) {
                    symmetric[a * n + b] += weight;
                }
            }
        }
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(byPlace ? diversity[c[i]] : ubiquity[p[i]]);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                symmetric[a * n + b] /= root[a] * root[b];
            }
        }
        Optional<double[]> vector = secondEigenvector(symmetric, n);
        if (vector.isEmpty()) {
            return Optional.empty();
        }
        double[] v = vector.get();
        for (int i = 0; i < n; i++) {
            v[i] /= root[i];
        }
        if (byPlace) {
            return Optional.of(v);
        }
        double[] kc = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < p.length; j++) {
                kc[i] += m[c[i]][p[j]] ? v[j] : 0;
            }
            kc[i] /= diversity[c[i]];
        }
        return Optional.of(kc);
    }

    private static Optional<double[]> secondEigenvector(double[] symmetric, int n) {
        int wanted = Math.min(3, n);
        double[] values = new double[n];
        double[] vectors = new double[n * wanted];
        intW found = new intW(0);
        intW info = new intW(0);
        int size = Math.max(64 * n, 8 * n);
        // only the largest eigenvalues: bisection and inverse iteration
        Lapack.JAVA.dsyevx(
                "V",
                "I",
                "U",
                n,
                symmetric,
                n,
                0,
                0,
                n - wanted + 1,
                n,
                0,
                found,
                values,
                vectors,
                n,
                new double[size],
                size,
                new int[5 * n],
                new int[n],
                info);
        if (info.val != 0 || found.val != wanted) {
            return Optional.empty();
        }
        double second = values[wanted - 2];
        boolean apart = values[wanted - 1] - second < SAME;
        boolean ambiguous = wanted == 3 && second - values[0] < SAME;
        return apart || ambiguous || second < SAME
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(vectors, (wanted - 2) * n, (wanted - 1) * n));
    }

    private static int[] diversities(boolean[][] m) {
        return Arrays.stream(m).mapToInt(row -> trueAt(row).length).toArray();
    }

    private static int[] ubiquities(boolean[][] m) {
        int[] columns = new int[m.length == 0 ? 0 : m[0].length];
        for (boolean[] row : m) {
            for (int p : trueAt(row)) {
                columns[p]++;
            }
        }
        return columns;
    }

    private static int[] trueAt(boolean[] row) {
        return java.util.stream.IntStream.range(0, row.length)
                .filter(p -> row[p])
                .toArray();
    }

    private static int[] nonZero(int[] counts) {
        return java.util.stream.IntStream.range(0, counts.length)
                .filter(i -> counts[i] > 0)
                .toArray();
    }

    private static double[] undefined(int n) {
        double[] values = new double[n];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
