package org.regionaldoughnut.ingest.landing;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for bytes, but not for ever. */
final class Patience {
    private static final ExecutorService READERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "download");
        thread.setDaemon(true);
        return thread;
    });

    private Patience() {}

    static int read(InputStream in, byte[] buffer, Duration longest) throws IOException {
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return in.read(buffer);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                READERS);
        try {
            return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            in.close();
            throw new IOException("nothing came for " + longest.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof java.io.UncheckedIOException failed
                    ? failed.getCause()
                    : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }
}
