package org.regionaldoughnut.schedule.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does for many threads at once what each of them asks for, since a transaction for twenty costs little more than one
 * for one. Who comes while nobody is at work begins at once; who comes meanwhile is served with all others that came.
 */
final class Together<K, V> {
    private static final int AT_A_TIME = 100;

    private final Function<Collection<K>, Map<K, V>> work;
    private final Queue<Asked<K, V>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock atWork = new ReentrantLock();

    private static final class Asked<K, V> {
        private final K key;
        private boolean done;
        private Optional<V> answer = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Asked(K key) {
            this.key = key;
        }
    }

    /** @param work gives an answer for each key that has one */
    Together(Function<Collection<K>, Map<K, V>> work) {
        this.work = work;
    }

    /** Waits for the answer; of two that ask for the same, one gets it. What the work throws, all throw that it was for. */
    Optional<V> ask(K key) {
        var asked = new Asked<K, V>(key);
        waiting.add(asked);
        atWork.lock();
        try {
            while (!asked.done) {
                serve();
            }
        } finally {
            atWork.unlock();
        }
        asked.failure.ifPresent(failure -> {
            throw failure;
        });
        return asked.answer;
    }

    private void serve() {
        var served = new ArrayList<Asked<K, V>>();
        for (var next = waiting.poll(); next != null; next = served.size() < AT_A_TIME ? waiting.poll() : null) {
            served.add(next);
        }
        try {
            var answers =
                    new HashMap<>(work.apply(served.stream().map(one -> one.key).toList()));
            served.forEach(one -> one.answer = Optional.ofNullable(answers.remove(one.key)));
        } catch (RuntimeException e) {
            served.forEach(one -> one.failure = Optional.of(e));
        }
        served.forEach(one -> one.done = true);
    }
}
