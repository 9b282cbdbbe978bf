package org.regionaldoughnut.validate;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regionaldoughnut.office.QualityRule;

/**
 * What one rule said of one batch.
 *
 * @param observed the measured figure that decided; absent where nothing could be measured
 * @param expected what the rule asks for, in words or as its condition
 * @param message a sentence for people; empty where there is nothing to say
 * @param waiver who lets the batch pass all the same, until when and why
 * @param failingRows rows named in quarantine; 0 for a rule that does not judge single rows
 */
public record Outcome(
        String source,
        String contract,
        String batch,
        QualityRule rule,
        State state,
        OptionalDouble observed,
        String expected,
        String message,
        long failingRows,
        Optional<String> waiver,
        Instant evaluated) {
    public Outcome {
        Objects.requireNonNull(source);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(state);
        Objects.requireNonNull(observed);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(message);
        Objects.requireNonNull(waiver);
        Objects.requireNonNull(evaluated);
    }

    /** Failed: the rows break the rule. Error: the rule could not be evaluated on them. */
    public enum State {
        PASSED,
        FAILED,
        ERROR;

        /** The word in the tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Optional<String> why() {
        return rule.why();
    }

    /**
     * Whether this outcome alone refuses the batch. Only a rule of severity error refuses, and not when it judges
     * rows and these are removed or flagged instead, nor where it is waived; what could not be evaluated refuses.
     */
    public boolean refuses() {
        if (state == State.PASSED || waiver.isPresent() || rule.severity() != QualityRule.Severity.ERROR) {
            return false;
        }
        boolean rowsDealtWith = failingRows > 0 && rule.action() != QualityRule.Action.STOP;
        return state == State.ERROR || !rowsDealtWith;
    }
}
