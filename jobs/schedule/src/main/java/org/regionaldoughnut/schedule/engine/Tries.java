package org.regionaldoughnut.schedule.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.store.Flow;
import org.regionaldoughnut.schedule.store.Outcome;
import org.regionaldoughnut.schedule.task.Steps;
import org.regionaldoughnut.schedule.task.TaskRunner;

/** The tries that run on this node. */
final class Tries {
    private final TaskRunner runner;
    private final Steps steps;
    private final TaskLogs logs;
    private final Map<TryKey, Running> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "schedule-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    Tries(TaskRunner runner, Steps steps, TaskLogs logs) {
        this.runner = runner;
        this.steps = steps;
        this.logs = logs;
    }

    /** Why a running try is stopped, where it is. */
    private static final class Running {
        private final Thread thread;
        private boolean over;
        private Optional<String> stopped = Optional.empty();

        Running(Thread thread) {
            this.thread = thread;
        }

        synchronized boolean stop(String why) {
            if (over || stopped.isPresent()) {
                return false;
            }
            stopped = Optional.of(why);
            thread.interrupt();
            return true;
        }

        /** No interrupt reaches the thread after this, so that it never hits what the thread does next. */
        synchronized Optional<String> end() {
            over = true;
            Thread.interrupted();
            return stopped;
        }
    }

    /** The arguments of a try as they will be; nothing where they cannot be filled in, which running it will tell. */
    JsonNode rendered(Flow.Begun begun) {
        try {
            return runner.prepare(begun).rendered();
        } catch (RuntimeException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** Runs a try on this thread; its outcome says where it was stopped. */
    Outcome run(Flow.Begun begun) {
        var key = begun.task().key();
        var mark = new Running(Thread.currentThread());
        running.put(key, mark);
        var limit = begun.dag().task(key.taskId()).executionTimeout();
        var alarm = limit.map(time -> timer.schedule(
                () -> stop(key, "longer than its execution_timeout of " + seconds(time) + " s"),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
        Outcome outcome;
        try (var log = logs.open(key)) {
            log.line("Try " + key.tryNumber() + " of " + key.taskId() + " in " + key.dagId() + " " + key.runId()
                    + " begins on " + begun.node() + ".");
            outcome = outcome(begun, log);
            var stopped = mark.end();
            if (stopped.isPresent()) {
                outcome = Outcome.failed(stopped.get());
            }
            log.line("Ended: " + outcome.state().word()
                    + outcome.note().map(note -> ", " + note).orElse("") + ".");
        } finally {
            mark.end();
            alarm.ifPresent(scheduled -> scheduled.cancel(false));
            running.remove(key);
        }
        return outcome;
    }

    private Outcome outcome(Flow.Begun begun, org.regionaldoughnut.schedule.log.TaskLog log) {
        try {
            return runner.run(begun, runner.prepare(begun), log);
        } catch (InterruptedException e) {
            return Outcome.failed("interrupted");
        } catch (IllegalArgumentException e) {
            return Outcome.failed("cannot be started: " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            log.line(e.toString());
            return Outcome.failed("an error of the program: " + e);
        }
    }

    private static long seconds(Duration time) {
        return time.toSeconds();
    }

    void stop(TryKey key, String why) {
        var mark = running.get(key);
        if (mark != null && mark.stop(why)) {
            steps.cancel(key.toString());
        }
    }

    void stopAll(String why) {
        running.keySet().forEach(key -> stop(key, why));
    }

    /** Stops what the database no longer has as running here: it was cleared, set otherwise or taken over. */
    void stopAllBut(Collection<TryKey> wanted, Set<TryKey> seenBefore) {
        var keep = Set.copyOf(wanted);
        running.keySet().stream()
                .filter(key -> seenBefore.contains(key) && !keep.contains(key))
                .forEach(key -> stop(key, "it was cleared or set otherwise meanwhile"));
    }

    Set<TryKey> keys() {
        return running.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Waits until nothing runs, or the time is over. */
    void await(Duration most) throws InterruptedException {
        var end = System.nanoTime() + most.toNanos();
        while (!running.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    void close() {
        timer.shutdownNow();
    }
}
