package org.regionaldoughnut.schedule.task;

import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No verbs; processes echo what they are given. */
final class NoSteps implements Steps {
    @Override
    public Set<String> verbs() {
        return Set.of();
    }

    @Override
    public int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err) {
        return 2;
    }

    @Override
    public void cancel(String name) {}

    @Override
    public List<String> fork() {
        return List.of("/bin/echo", "FORK");
    }

    @Override
    public List<String> submit() {
        return List.of("/bin/echo", "SPARK_SUBMIT");
    }
}
