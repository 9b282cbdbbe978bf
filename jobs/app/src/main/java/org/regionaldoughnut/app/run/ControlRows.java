package org.regionaldoughnut.app.run;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.regionaldoughnut.harmonise.Controls;
import org.regionaldoughnut.office.Control;

/** Control totals as rows of {@code quality.outcomes}: they judge harmonised tables, not a batch. */
final class ControlRows {
    static final String CONTRACT = "harmonised";
    private static final String NOT_APPLICABLE = "_Z";

    private ControlRows() {}

    static Row row(String run, String office, Controls.Finding finding, Instant evaluated) {
        Control control = finding.control();
        return RowFactory.create(
                run,
                office,
                NOT_APPLICABLE,
                CONTRACT,
                NOT_APPLICABLE,
                control.aggregate() + control.where().map(w -> " where " + w).orElse(""),
                control.id(),
                control.severity().name().toLowerCase(Locale.ROOT),
                "consistency",
                finding.holds() ? "passed" : "failed",
                finding.observed().orElse(null),
                control.expect() + " +- " + control.tolerance(),
                finding.holds() ? "" : finding.message(),
                0L,
                control.title(),
                null,
                Timestamp.from(evaluated),
                "stop",
                null);
    }
}
