package org.regionaldoughnut.office;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A figure that an office corrects after receipt.
 *
 * @param key contract column to code, as in harmonised tables
 * @param expect the value received, in the contract's unit; empty where it was missing
 * @param value what it is corrected to; empty for missing
 * @param from first day on which the correction is known; before it the figure stays as received
 * @param until day from which the figure is as received again, such as that of an edition that mended it
 * @param obsStatus status of the corrected figure
 */
public record Correction(
        String id,
        Path file,
        int line,
        String source,
        Map<String, String> key,
        Optional<Double> expect,
        Optional<Double> value,
        String why,
        String by,
        LocalDate from,
        Optional<LocalDate> until,
        String obsStatus) {
    public Correction {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }

    /** Everything that decides what it does, wherever its file lies. */
    public String identity() {
        return String.join(
                "|",
                id,
                source,
                new java.util.TreeMap<>(key).toString(),
                expect.toString(),
                value.toString(),
                from.toString(),
                until.toString(),
                obsStatus);
    }
}
