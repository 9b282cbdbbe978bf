package org.regionaldoughnut.report.quality;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What one rule said of one batch.
 *
 * @param rule short name of the rule
 * @param text the rule as it is written
 * @param action what becomes of rows that break it: stop, remove or flag
 * @param dimension what quality it speaks for, in words
 * @param outcome passed, failed or error
 * @param waiver who let it pass all the same, until when and why; empty where nobody did
 * @param trend the observed figure in earlier judgements, oldest first, this one last
 * @param rows the first rows that fail
 */
public record Finding(
        String run,
        String source,
        String batch,
        String rule,
        String text,
        String severity,
        String action,
        String dimension,
        String outcome,
        Optional<Double> observed,
        String expected,
        String message,
        long failingRows,
        String why,
        String owner,
        Optional<String> waiver,
        String evaluated,
        List<Double> trend,
        List<BadRow> rows) {
    public Finding {
        Objects.requireNonNull(run);
        Objects.requireNonNull(source);
        Objects.requireNonNull(rule);
        trend = List.copyOf(trend);
        rows = List.copyOf(rows);
    }

    public boolean passed() {
        return outcome.equals("passed");
    }

    /** Whether it refuses its batch: nobody waived it, and its rows were not dealt with one by one. */
    public boolean stops() {
        boolean rowsDealtWith = failingRows > 0 && !action.equals("stop");
        return !passed() && severity.equals("error") && waiver.isEmpty() && (outcome.equals("error") || !rowsDealtWith);
    }

    /** The outcome in words; colour alone tells nothing. */
    public String verdict() {
        if (passed()) {
            return "passed";
        }
        if (waiver.isPresent()) {
            return "broken, waived";
        }
        if (outcome.equals("error")) {
            return "could not be checked";
        }
        return stops() ? "broken: stops" : severity.equals("error") ? "broken: rows set aside" : "broken: warning";
    }

    /** A word for the style sheet. */
    public String tone() {
        return passed() ? "good" : stops() ? "bad" : "fair";
    }

    public String observedText() {
        return observed.map(Finding::number).orElse("none");
    }

    /** The trend as a picture with its numbers as text. */
    public String sparkline() {
        return Sparkline.of(trend);
    }

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "none";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e15
                ? String.format(Locale.ROOT, size < 1 ? "%.4f" : "%,.2f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }
}
