package org.regionaldoughnut.app;

import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.app.run.Progress;
import org.regionaldoughnut.app.run.StepId;
import org.regionaldoughnut.app.run.StepOutcome;

/** Progress on standard error: one line that is written over on a terminal, one line per step elsewhere. */
final class ConsoleProgress implements Progress, AutoCloseable {
    private static final String CLEAR = "\r\u001b[K";
    private final PrintWriter err;
    private final boolean terminal;
    private final Set<StepId> running = new TreeSet<>();
    private int done;

    ConsoleProgress(PrintWriter err) {
        this.err = err;
        this.terminal = Boolean.getBoolean("doughnut.terminal");
    }

    @Override
    public synchronized void begins(StepId step, String reason) {
        running.add(step);
        if (terminal) {
            bar();
        }
    }

    @Override
    public synchronized void ended(StepOutcome outcome) {
        running.removeIf(step -> step.toString().equals(outcome.name()));
        done++;
        if (terminal) {
            bar();
        } else {
            err.println(outcome.name() + ": " + outcome.state() + ", " + outcome.rowsIn() + " in, " + outcome.rowsOut()
                    + " out, " + outcome.quarantined() + " quarantined, " + outcome.seconds() + " s");
        }
    }

    @Override
    public synchronized void note(String text) {
        err.println((terminal ? CLEAR : "") + text);
    }

    private void bar() {
        err.print(CLEAR + done + " steps done" + (running.isEmpty() ? "" : ", doing " + running));
        err.flush();
    }

    @Override
    public synchronized void close() {
        if (terminal) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
