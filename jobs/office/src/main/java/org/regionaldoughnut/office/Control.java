package org.regionaldoughnut.office;

import java.util.Optional;

/**
 * A published total that the harmonised figures must reproduce.
 *
 * @param table trade, emissions, census or regions
 * @param where Spark SQL condition over the table's current rows
 * @param aggregate Spark SQL aggregate expression
 */
public record Control(
        String id,
        String title,
        String table,
        Optional<String> where,
        String aggregate,
        double expect,
        double tolerance,
        QualityRule.Severity severity,
        String source) {
    public Control {
        severity = severity == null ? QualityRule.Severity.ERROR : severity;
    }

    public boolean holds(double observed) {
        return Math.abs(observed - expect) <= tolerance;
    }
}
