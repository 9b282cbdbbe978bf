package org.regionaldoughnut.schedule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.ledger.Holder;
import org.regionaldoughnut.schedule.model.NodeRecord;

class WatchTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Watch watch = new Watch(Duration.ofSeconds(45), nanos::get);
    private final Holder us = Holder.thisProcess();

    private boolean lookAfter(Duration time, long beats, Instant heartbeat) {
        nanos.addAndGet(time.toNanos());
        return watch.isLost(
                new NodeRecord(
                        "node",
                        1,
                        "elsewhere",
                        7,
                        Optional.empty(),
                        Instant.EPOCH,
                        heartbeat,
                        beats,
                        Optional.empty(),
                        NodeRecord.State.RUNNING,
                        "same"),
                us);
    }

    @Test
    void aNodeElsewhereIsLostWhenItsHeartStandsStill() {
        assertThat(lookAfter(Duration.ZERO, 5, Instant.EPOCH)).isFalse();
        assertThat(lookAfter(Duration.ofSeconds(20), 5, Instant.EPOCH)).isFalse();
        assertThat(lookAfter(Duration.ofSeconds(20), 5, Instant.EPOCH)).isFalse();
        assertThat(lookAfter(Duration.ofSeconds(20), 5, Instant.EPOCH)).isTrue();
    }

    @Test
    void aHeartThatBeatsIsAliveWhateverItsClockSays() {
        for (var beat = 0; beat < 20; beat++) {
            assertThat(lookAfter(Duration.ofSeconds(40), beat, Instant.parse("1999-01-01T00:00:00Z")))
                    .isFalse();
        }
    }

    @Test
    void timeInWhichNobodyCouldLookDoesNotCount() {
        assertThat(lookAfter(Duration.ZERO, 5, Instant.EPOCH)).isFalse();
        watch.forget();
        assertThat(lookAfter(Duration.ofMinutes(5), 5, Instant.EPOCH)).isFalse();
    }
}
