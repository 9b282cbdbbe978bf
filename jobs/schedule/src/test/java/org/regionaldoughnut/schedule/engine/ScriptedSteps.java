package org.regionaldoughnut.schedule.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionaldoughnut.schedule.task.Steps;

/** Verbs for tests: done, broken, flaky (broken at first), held (until released or stopped), nothing (exit code 99). */
final class ScriptedSteps implements Steps {
    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void release() {
        released.countDown();
    }

    @Override
    public Set<String> verbs() {
        return Set.of("done", "broken", "flaky", "held", "nothing");
    }

    @Override
    public int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err) {
        var call = calls.incrementAndGet();
        try {
            err.write("run by " + environment.get("AIRFLOW_CTX_DAG_RUN_ID") + "\n");
            switch (arguments.get(0)) {
                case "done" -> {
                    out.write("some data\n{\"arguments\": \"" + String.join(" ", arguments) + "\"}\n");
                    return 0;
                }
                case "flaky" -> {
                    return call == 1 ? 5 : 0;
                }
                case "held" -> {
                    held.countDown();
                    released.await();
                    return 0;
                }
                case "nothing" -> {
                    return 99;
                }
                default -> {
                    out.write("{\"message\": \"Cannot go on: it is broken.\"}\n");
                    return 4;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 143;
        }
    }

    @Override
    public void cancel(String name) {}

    @Override
    public List<String> fork() {
        return List.of("/bin/echo", "forked");
    }

    @Override
    public List<String> submit() {
        return List.of("/bin/echo", "submitted");
    }
}
