package org.regionaldoughnut.schedule.engine;

import java.time.Duration;

/**
 * How a node works.
 *
 * @param parallelTasks tries that run at the same time on it
 * @param poll how often it looks for changes made by other processes, and shows that it lives
 * @param sweep how often it looks for what was left lying
 * @param lostAfter a node on another machine that shows no life for so long is given up
 * @param stuckAfter a queued try that has not begun for so long is armed again
 * @param grace how long running tries may go on when the node is stopped
 * @param retention ended runs, audit entries and logs are kept so long; zero for ever
 */
public record EngineSettings(
        int parallelTasks,
        Duration poll,
        Duration sweep,
        Duration lostAfter,
        Duration stuckAfter,
        Duration grace,
        Duration retention) {

    public static EngineSettings defaults() {
        return new EngineSettings(
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(45),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ZERO);
    }

    public EngineSettings withParallelTasks(int most) {
        return new EngineSettings(most, poll, sweep, lostAfter, stuckAfter, grace, retention);
    }

    public EngineSettings withTimes(Duration quickPoll, Duration quickSweep, Duration lost) {
        return new EngineSettings(parallelTasks, quickPoll, quickSweep, lost, stuckAfter, grace, retention);
    }

    public EngineSettings withGrace(Duration patience) {
        return new EngineSettings(parallelTasks, poll, sweep, lostAfter, stuckAfter, patience, retention);
    }

    public EngineSettings withRetention(Duration time) {
        return new EngineSettings(parallelTasks, poll, sweep, lostAfter, stuckAfter, grace, time);
    }

    public EngineSettings withStuckAfter(Duration time) {
        return new EngineSettings(parallelTasks, poll, sweep, lostAfter, time, grace, retention);
    }
}
