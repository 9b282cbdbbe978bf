package org.regionaldoughnut.app.run;

import java.util.List;
import org.regionaldoughnut.model.Hash;

/**
 * A step with everything that decides its outcome.
 *
 * @param inputHash identity of what it reads
 * @param confHash identity of the configuration it follows
 * @param fingerprint identity of the program that does it
 * @param cause why it has to run
 */
public record PlannedStep(
        StepId id, List<StepId> after, String inputHash, String confHash, String fingerprint, Cause cause) {
    public PlannedStep {
        after = List.copyOf(after);
    }

    /** Why a step has to run, or that it has not. */
    public enum Cause {
        NEVER_DONE("has not succeeded yet"),
        PROGRAM("the program has changed"),
        CONFIGURATION("the configuration has changed"),
        INPUT("there is new input"),
        UPSTREAM("what it reads will change"),
        ABSENT("its file is not there"),
        ASKED("it was asked for by name"),
        NONE("up to date");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether what was done before was done otherwise, so that it must be done again from the start. */
        boolean startsOver() {
            return this == NEVER_DONE || this == PROGRAM || this == CONFIGURATION;
        }
    }

    public boolean due() {
        return cause != Cause.NONE;
    }

    public String reason() {
        return cause.words;
    }

    /** Identity of the outcome: the input hash of what comes after. */
    String outcome() {
        return Hash.of(List.of(id.toString(), inputHash, confHash, fingerprint));
    }
}
