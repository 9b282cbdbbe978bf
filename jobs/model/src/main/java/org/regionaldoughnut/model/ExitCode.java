package org.regionaldoughnut.model;

/** What a command tells its caller by its exit code. */
public enum ExitCode {
    DONE(0),
    INTERNAL_ERROR(1),
    USAGE(2),
    CONFIGURATION(3),
    DATA_REFUSED(4),
    SOURCE_UNAVAILABLE(5),
    CONFLICT(6),
    EMBARGO(7),
    SKIPPED(99);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
