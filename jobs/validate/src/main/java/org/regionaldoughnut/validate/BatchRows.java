package org.regionaldoughnut.validate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.office.QualityRule;

/**
 * The received rows of one batch of one source.
 *
 * @param batch unique in the source; two sources may read the same file
 * @param rules of the source alone; one with the text of a contract's rule stands in for it
 * @param received when it came in; empty counts as now
 * @param waived by rule id, who lets the batch pass although it breaks the rule, until when and why
 * @param rows columns batch, file, line, cell, received, series and those of the contract; of any Spark session of
 *     this process
 */
public record BatchRows(
        String source,
        String batch,
        List<QualityRule> rules,
        Optional<Instant> received,
        Map<String, String> waived,
        Dataset<Row> rows) {
    public BatchRows {
        Objects.requireNonNull(source);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(received);
        rules = List.copyOf(rules);
        waived = Map.copyOf(waived);
    }

    /** A batch that counts as received now. */
    public BatchRows(String source, String batch, List<QualityRule> rules, Dataset<Row> rows) {
        this(source, batch, rules, Optional.empty(), Map.of(), rows);
    }
}
