package org.regionaldoughnut.schedule.alert;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.regionaldoughnut.schedule.engine.Reports;
import org.regionaldoughnut.schedule.model.DagRun;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.store.Criteria;
import org.regionaldoughnut.schedule.store.Effects;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an alert for a run that failed or is late, and for a node that was lost, on a thread of its own. */
public final class Alerts implements Reports, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final int TRIES = 3;

    private final ScheduleStore store;
    private final List<Channel> channels;
    private final Duration pause;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "schedule-alerts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param pause before an alert that did not go through is sent again */
    public Alerts(ScheduleStore store, List<Channel> channels, Duration pause) {
        this.store = store;
        this.channels = List.copyOf(channels);
        this.pause = pause;
    }

    @Override
    public void runEnded(Effects.EndedRun ended) {
        if (!ended.success()) {
            later(() -> failed(ended));
        }
    }

    private Alert failed(Effects.EndedRun ended) {
        var text = new StringBuilder("The run " + ended.runId() + " of " + ended.dagId() + " has failed.\n");
        for (var task : store.tasks()
                .list(Criteria.all()
                        .with("dag_id", ended.dagId())
                        .with("run_id", ended.runId())
                        .with("state", TaskState.FAILED.word()))
                .items()) {
            text.append("\nTask ").append(task.taskId()).append(", try ").append(task.tryNumber());
            text.append(": ").append(task.note().orElse("no reason given"));
        }
        text.append("\n\nSee its log, then clear the failed tasks to run them again.\n");
        return new Alert(
                "run_failed",
                ended.dagId(),
                ended.runId(),
                "Failed: " + ended.dagId() + " " + ended.runId(),
                text.toString());
    }

    @Override
    public void runLate(DagRun run) {
        later(() -> {
            var why = String.join("\n", store.explanation().run(run.dagId(), run.runId()));
            return new Alert(
                    "run_late",
                    run.dagId(),
                    run.runId(),
                    "Late: " + run.dagId() + " " + run.runId(),
                    "The run " + run.runId() + " of " + run.dagId() + " was due at " + run.runAfter()
                            + " and is not done by its deadline. It is "
                            + run.state().word() + ".\n\n" + why + "\n");
        });
    }

    @Override
    public void nodeLost(String node, int tasks) {
        later(() -> new Alert(
                "node_lost",
                "",
                "",
                "Lost: " + node,
                "The node " + node + " is no more; " + tasks + " tasks of it were taken over.\n"));
    }

    private interface Writing {
        Alert write();
    }

    private void later(Writing writing) {
        if (channels.isEmpty()) {
            return;
        }
        sender.execute(() -> {
            try {
                var alert = writing.write();
                for (var channel : channels) {
                    send(channel, alert);
                }
            } catch (RuntimeException e) {
                LOG.warn("An alert could not be written: {}", e.toString());
            }
        });
    }

    private void send(Channel channel, Alert alert) {
        for (var tries = 1; ; tries++) {
            try {
                channel.send(alert);
                return;
            } catch (IOException e) {
                LOG.warn("The alert '{}' did not go through: {}", alert.subject(), e.getMessage());
                if (tries == TRIES) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Alerts on their way are given a moment. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            sender.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
