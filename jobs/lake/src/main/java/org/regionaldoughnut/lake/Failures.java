package org.regionaldoughnut.lake;

import java.util.function.Supplier;
import org.regionaldoughnut.model.DoughnutException;

/** Failures of a job of Spark. */
public final class Failures {
    private Failures() {}

    /**
     * Does the work.
     *
     * @throws DoughnutException what a worker has thrown for the user to act on, which Spark wraps in its own exceptions
     */
    public static <T> T asTheirCause(Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception e) { // Spark throws what Java does not see declared
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof DoughnutException known) {
                    throw known;
                }
            }
            throw e instanceof RuntimeException other ? other : new IllegalStateException(e.getMessage(), e);
        }
    }
}
