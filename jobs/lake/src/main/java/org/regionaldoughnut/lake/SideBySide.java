package org.regionaldoughnut.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Small jobs of Spark done at the same time: each leaves cores idle. */
public final class SideBySide {
    private SideBySide() {}

    /** What two jobs give. */
    public record Two<A, B>(A one, B other) {}

    /** @throws RuntimeException what the first of them that failed has thrown */
    @SuppressWarnings("unchecked")
    public static <A, B> Two<A, B> two(Callable<A> one, Callable<B> other) {
        List<Object> given = all(List.<Callable<Object>>of(one::call, other::call));
        return new Two<>((A) given.get(0), (B) given.get(1));
    }

    /**
     * @return what they give, in their order
     * @throws RuntimeException what the first of them that failed has thrown
     */
    public static <T> List<T> all(List<? extends Callable<T>> jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, jobs.size()));
        try {
            List<T> given = new ArrayList<>();
            for (Future<T> job : threads.invokeAll(jobs)) {
                given.add(job.get());
            }
            return given;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jobs ran side by side", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
