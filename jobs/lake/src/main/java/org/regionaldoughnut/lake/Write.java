package org.regionaldoughnut.lake;

import java.util.Objects;
import java.util.Optional;

/**
 * The identity of one write: the same identity written again adds nothing.
 *
 * @param application {@code doughnut/<step>/<subject>}
 * @param version the ledger's id of the step, growing for each application
 * @param note kept with the commit and read back by {@link Lake#note}: what the table holds since then
 */
public record Write(String application, long version, Optional<String> note) {
    public Write {
        Objects.requireNonNull(application);
        Objects.requireNonNull(note);
    }

    public static Write of(String step, String subject, long version) {
        return new Write("doughnut/" + step + "/" + subject, version, Optional.empty());
    }

    /** One of several commits that a step makes to one table. */
    public Write part(String name) {
        return new Write(application + "/" + name, version, note);
    }

    public Write noting(String text) {
        return new Write(application, version, Optional.of(text));
    }
}
