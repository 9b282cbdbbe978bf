package org.regionaldoughnut.indicators.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.netlib.util.doubleW;

class ComplexityTest {
    /**
     * Three places whose products are nested. By hand: {@code M1 M2^T} has the eigenvalues 1, 1/4, 1/9; that of 1/4 is
     * (2, -1, -4), so K_c has mean -1 and standard deviation sqrt 6, and {@code K_p = (-4, 2, 8)}.
     */
    private static final boolean[][] NESTED = {{true, true, true}, {true, true, false}, {true, false, false}};

    @Test
    void nestedPlacesAndProductsHaveTheComplexityTheirEigenvectorGivesByHand() {
        Complexity complexity = Complexity.of(NESTED).orElseThrow();
        double unit = 3 / Math.sqrt(6);

        assertThat(complexity.places()).containsExactly(new double[] {unit, 0, -unit}, within(1e-9));
        assertThat(complexity.products()).containsExactly(new double[] {-unit, unit, 3 * unit}, within(1e-9));
    }

    @Test
    void proximityIsTheSmallerShareOfPlacesThatMakeBothAndDensityTheWeightedShareOfNearProducts() {
        Complexity complexity = Complexity.of(NESTED).orElseThrow();

        assertThat(complexity.proximity()[0]).containsExactly(new double[] {1, 2 / 3.0, 1 / 3.0}, within(1e-12));
        assertThat(complexity.proximity()[1]).containsExactly(new double[] {2 / 3.0, 1, 1 / 2.0}, within(1e-12));
        // the third place makes the first product alone: phi = 1, 2/3, 1/3 over the sums 2, 13/6, 11/6
        assertThat(complexity.density()[2]).containsExactly(new double[] {1 / 2.0, 4 / 13.0, 2 / 11.0}, within(1e-12));
        assertThat(complexity.density()[0]).containsExactly(new double[] {1, 1, 1}, within(1e-12));
    }

    @Test
    void placesAndProductsWithNothingAreLeftOut() {
        boolean[][] withEmpty = {
            {true, true, true, false},
            {true, true, false, false},
            {true, false, false, false},
            {false, false, false, false}
        };
        Complexity complexity = Complexity.of(withEmpty).orElseThrow();

        assertThat(complexity.places()[0]).isCloseTo(3 / Math.sqrt(6), within(1e-9));
        assertThat(complexity.places()[3]).isNaN();
        assertThat(complexity.products()[3]).isNaN();
    }

    @Test
    void whatFallsIntoPartsThatShareNothingHasNoComplexity() {
        assertThat(Complexity.of(new boolean[][] {{true, false}, {false, true}}))
                .isEmpty();
        assertThat(Complexity.of(new boolean[][] {{true, true}, {true, true}})).isEmpty();
        assertThat(Complexity.of(new boolean[][] {{true, true}})).isEmpty();
        assertThat(Complexity.of(new boolean[0][])).isEmpty();
    }

    @Property(tries = 60)
    void aPlacesComplexityIsTheMeanOfThatOfItsProductsAndStandardised(
            @ForAll int seed,
            @ForAll @IntRange(min = 3, max = 14) int places,
            @ForAll @IntRange(min = 3, max = 20) int products) {
        boolean[][] m = random(seed, places, products);
        Optional<Complexity> found = Complexity.of(m);
        Assume.that(found.isPresent());
        double[] eci = found.get().places();
        double[] pci = found.get().products();
        double[] defined = Arrays.stream(eci).filter(Double::isFinite).toArray();
        double mean = Arrays.stream(defined).average().orElseThrow();

        for (int c = 0; c < places; c++) {
            boolean[] own = m[c];
            double meanOfProducts = java.util.stream.IntStream.range(0, products)
                    .filter(p -> own[p])
                    .mapToDouble(p -> pci[p])
                    .average()
                    .orElse(Double.NaN);
            if (Double.isFinite(eci[c])) {
                assertThat(eci[c]).isCloseTo(meanOfProducts, within(1e-7));
            }
        }
        assertThat(mean).isCloseTo(0, within(1e-9));
        assertThat(Arrays.stream(defined).map(e -> e * e).average().orElseThrow())
                .isCloseTo(1, within(1e-9));
    }

    @Property(tries = 30)
    void eitherSideOfTheMatrixGivesTheSameComplexity(@ForAll int seed) {
        boolean[][] wide = random(seed, 6, 9);
        boolean[][] tall = new boolean[9][];
        for (int c = 0; c < 9; c++) {
            // copies of places change neither the order of the others nor the eigenvector's support
            tall[c] = wide[c % 6].clone();
        }
        Optional<Complexity> found = Complexity.of(tall);
        Assume.that(found.isPresent());
        double[] places = found.orElseThrow().places();

        for (int c = 6; c < 9; c++) {
            assertThat(places[c]).isCloseTo(places[c - 6], within(1e-9));
        }
    }

    /** Years are computed side by side. The classes are loaded anew each time, as in a process that has just begun. */
    @RepeatedTest(20)
    void complexityIsDefinedAlsoForTheFirstTwoThreadsOfAProcess() throws Exception {
        URL[] classes = Stream.of(Complexity.class, JavaLAPACK.class, doubleW.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .distinct()
                .toArray(URL[]::new);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (URLClassLoader anew = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Method of = anew.loadClass(Complexity.class.getName()).getMethod("of", boolean[][].class);
            CyclicBarrier together = new CyclicBarrier(2);
            Callable<Object> first = () -> {
                together.await();
                return of.invoke(null, (Object) random(1, 12, 60));
            };

            for (Future<Object> found : threads.invokeAll(List.of(first, first))) {
                assertThat((Optional<?>) found.get()).isPresent();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aLargeMatrixTakesSeconds() {
        boolean[][] m = random(7, 250, 5000);
        long start = System.nanoTime();

        Complexity complexity = Complexity.of(m).orElseThrow();

        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(10);
        assertThat(complexity.places()).hasSize(250);
    }

    private static boolean[][] random(int seed, int places, int products) {
        Random random = new Random(seed);
        boolean[][] m = new boolean[places][products];
        for (int c = 0; c < places; c++) {
            for (int p = 0; p < products; p++) {
                m[c][p] = random.nextDouble() < 0.15 + 0.5 * (places - c) / places;
            }
        }
        return m;
    }
}
