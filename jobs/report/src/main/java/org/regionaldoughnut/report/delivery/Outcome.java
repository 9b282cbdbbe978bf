package org.regionaldoughnut.report.delivery;

/**
 * What became of one delivery.
 *
 * @param channel folder, zip, feed or mail
 * @param target path or address
 * @param message why it failed or is in doubt, else empty
 */
public record Outcome(String report, String channel, String target, State state, String message) {

    public enum State {
        /** Delivered now. */
        SENT,
        /** Delivered before: nothing was done. */
        ALREADY,
        /** Not delivered; the next try may. */
        FAILED,
        /** The connection broke while the message was handed over, or a run was killed then: not tried again. */
        IN_DOUBT
    }

    public boolean isProblem() {
        return state == State.FAILED || state == State.IN_DOUBT;
    }
}
