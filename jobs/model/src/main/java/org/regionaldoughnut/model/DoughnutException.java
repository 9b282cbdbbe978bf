package org.regionaldoughnut.model;

import java.util.Objects;

/**
 * A failure the user can act on. The message reads "Cannot X: Y. Z.": what failed, why with the values met, what to
 * do. Each carries the exit code the command ends with.
 */
public class DoughnutException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    public DoughnutException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = Objects.requireNonNull(exitCode);
    }

    public DoughnutException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = Objects.requireNonNull(exitCode);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
