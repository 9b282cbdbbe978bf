package org.regionaldoughnut.schedule.decision;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.TryKey;

/** How long to wait before the next try. */
public final class Backoff {
    private Backoff() {}

    /**
     * The delay after a failed try. With back-off it lies between {@code delay * m^(try-1)} and twice that, where the
     * share is drawn from the name of the try: many that failed together come back apart, each always at the same time.
     */
    public static Duration after(TryKey failed, Retry retry) {
        if (retry.backoff() == 0) {
            return shorter(retry.delay(), retry.maxDelay());
        }
        var seconds = retry.delay().toNanos() / 1e9 * Math.pow(retry.backoff(), failed.tryNumber() - 1);
        var withJitter = seconds * (1 + share(failed));
        var most = retry.maxDelay().toNanos() / 1e9;
        return withJitter >= most ? retry.maxDelay() : Duration.ofMillis(Math.round(withJitter * 1000));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static double share(TryKey key) {
        var sum = new CRC32();
        sum.update(key.toString().getBytes(StandardCharsets.UTF_8));
        return sum.getValue() / (double) (1L << 32);
    }
}
