package org.regionaldoughnut.report.pdf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Prints documents side by side, one on each processor. Who brings more than there are presses free prints with them, so
 * no document waits in a queue and the memory in use does not grow with their number.
 */
public final class Press implements AutoCloseable {
    private final ThreadPoolExecutor others;
    private final Deque<Future<?>> printing = new ArrayDeque<>();

    /** @param processors documents in work at once, that of the caller included */
    public Press(int processors) {
        int threads = Math.max(1, processors - 1);
        others = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new ThreadPoolExecutor.CallerRunsPolicy());
        others.allowCoreThreadTimeOut(true);
    }

    /** @throws RuntimeException what stopped this document or one before it */
    public void print(Runnable document) {
        FutureTask<Void> task = new FutureTask<>(document, null);
        others.execute(task);
        printing.add(task);
        while (!printing.isEmpty() && printing.peek().isDone()) {
            ended(printing.poll());
        }
    }

    /** Waits until all are printed. */
    public void finish() {
        while (!printing.isEmpty()) {
            ended(printing.poll());
        }
    }

    private static void ended(Future<?> document) {
        try {
            document.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while documents were printed", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Documents in work are left to their end; nothing they write to is closed under them. */
    @Override
    public void close() {
        others.shutdown();
        try {
            others.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            others.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
