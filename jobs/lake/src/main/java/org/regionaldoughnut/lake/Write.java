package org.regionaldoughnut.lake;

import java.util.Objects;

/**
 * The identity of one write: the same identity written again adds nothing.
 *
 * @param application {@code doughnut/<step>/<subject>}
 * @param version the ledger's id of the step, growing for each application
 */
public record Write(String application, long version) {
    public Write {
        Objects.requireNonNull(application);
    }

    public static Write of(String step, String subject, long version) {
        return new Write("doughnut/" + step + "/" + subject, version);
    }
}
