package org.regionaldoughnut.schedule.model;

import java.time.Duration;

/**
 * How a failed try is repeated.
 *
 * @param retries tries after the first
 * @param delay before the first of them
 * @param backoff each further delay is this many times the one before; 0 for a fixed delay
 * @param maxDelay no delay is longer
 */
public record Retry(int retries, Duration delay, double backoff, Duration maxDelay) {
    /** Airflow's defaults: none, five minutes, fixed, at most a day. */
    public static final Retry NONE = new Retry(0, Duration.ofSeconds(300), 0, Duration.ofHours(24));

    public Retry {
        if (retries < 0 || delay.isNegative() || backoff < 0 || maxDelay.isNegative()) {
            throw new IllegalArgumentException("a retry cannot be negative");
        }
    }
}
