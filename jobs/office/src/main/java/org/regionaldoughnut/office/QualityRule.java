package org.regionaldoughnut.office;

import java.util.Objects;
import java.util.Optional;

/**
 * A rule on the rows of a contract or a source.
 *
 * @param id short name, unique in its contract or source
 * @param rule the rule in DQDL
 * @param severity error or warning
 * @param dimension dimension of quality, as ODCS lists them
 * @param why a sentence for those who read the outcome
 * @param action what becomes of failing rows
 * @param line of the file it stands in; 0 where it stands in none
 */
public record QualityRule(
        String id,
        String rule,
        Severity severity,
        Optional<String> dimension,
        Optional<String> why,
        Optional<String> owner,
        Action action,
        int line) {
    public QualityRule {
        Objects.requireNonNull(id);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(action);
    }

    /** What the rule asks, wherever it stands. */
    public String identity() {
        return new QualityRule(id, rule, severity, dimension, why, owner, action, 0).toString();
    }

    /** An error rule that fails refuses what it judges; a warning is recorded. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** What becomes of the rows that fail a row-level rule. */
    public enum Action {
        /** The whole batch is stopped, and what depends on it. */
        STOP,
        /** The rows are left out, the batch goes on. */
        REMOVE,
        /** The rows go on, marked as unvalidated. */
        FLAG
    }
}
