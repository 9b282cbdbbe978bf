package org.regionaldoughnut.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Two works done in turn, so that both meet the same machine, and the ratio of their median times. */
final class Ratio {
    private final String name;
    private final double target;
    private final List<Double> measured = new ArrayList<>();
    private final List<Double> references = new ArrayList<>();

    Ratio(String name, double target) {
        this.name = name;
        this.target = target;
    }

    /** Does both once and prints the times. */
    void measure(Callable<?> reference, Callable<?> work) throws Exception {
        measure(reference, () -> {}, work);
    }

    /** Prepares the work when the reference is done; that takes no part in the times. */
    void measure(Callable<?> reference, Runnable preparation, Callable<?> work) throws Exception {
        double base = seconds(reference);
        preparation.run();
        double own = seconds(work);
        references.add(base);
        measured.add(own);
        print("%s: %.2f s against %.2f s, %.2f times", name, own, base, own / base);
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    void conclude() {
        double ratio = median(measured) / median(references);
        print(
                "%s: median %.2f s against %.2f s of %d repetitions, ratio %.2f, target at most %.2f: %s",
                name,
                median(measured),
                median(references),
                measured.size(),
                ratio,
                target,
                ratio <= target ? "met" : "MISSED");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
