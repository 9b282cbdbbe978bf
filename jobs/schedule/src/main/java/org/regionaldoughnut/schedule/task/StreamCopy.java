package org.regionaldoughnut.schedule.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Copies what a process prints, on a thread of its own. */
final class StreamCopy {
    private StreamCopy() {}

    static Thread start(InputStream from, Writer to) {
        var thread = new Thread(() -> copy(from, to), "task-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, Writer to) {
        try (var reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            reader.transferTo(to);
        } catch (IOException e) {
            // the process is gone; what it printed until then has been copied
            Thread.currentThread().interrupt();
        }
    }
}
