package org.regionaldoughnut.schedule.store;

import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The store will not do what it is asked. */
public final class RefusedException extends DoughnutException {

    /** Why; the API answers with another status for each. */
    public enum Reason {
        /** There is no such thing: 404. */
        NOT_FOUND,
        /** It exists already, or its state forbids it: 409. */
        CONFLICT,
        /** It makes no sense: 400 or 422. */
        INVALID
    }

    private static final long serialVersionUID = 1L;
    private final Reason reason;

    private RefusedException(Reason reason, ExitCode code, String message) {
        super(code, message);
        this.reason = reason;
    }

    static RefusedException notFound(String message) {
        return new RefusedException(Reason.NOT_FOUND, ExitCode.USAGE, message);
    }

    static RefusedException conflict(String message) {
        return new RefusedException(Reason.CONFLICT, ExitCode.CONFLICT, message);
    }

    static RefusedException invalid(String message) {
        return new RefusedException(Reason.INVALID, ExitCode.USAGE, message);
    }

    public Reason reason() {
        return reason;
    }
}
