package org.regionaldoughnut.schedule.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed log-ins by a word, such as a name and an address: too many in a while, and the next has to wait. */
public final class LoginThrottle {
    public static final Duration WHILE = Duration.ofMinutes(5);
    private static final int MOST_WORDS = 10_000;

    private final int mostFailures;
    private final Clock clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MOST_WORDS;
        }
    };

    public LoginThrottle(int mostFailures, Clock clock) {
        this.mostFailures = mostFailures;
        this.clock = clock;
    }

    /** How long the next try has to wait; zero for not at all. */
    public synchronized Duration waiting(String word) {
        Deque<Instant> recent = recent(word);
        return recent.size() < mostFailures
                ? Duration.ZERO
                : Duration.between(clock.instant(), recent.peekFirst().plus(WHILE));
    }

    public synchronized void failed(String word) {
        Deque<Instant> recent = recent(word);
        recent.addLast(clock.instant());
        failures.put(word, recent);
    }

    public synchronized void succeeded(String word) {
        failures.remove(word);
    }

    private Deque<Instant> recent(String word) {
        Deque<Instant> recent = failures.getOrDefault(word, new ArrayDeque<>());
        Instant oldest = clock.instant().minus(WHILE);
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(oldest)) {
            recent.removeFirst();
        }
        return recent;
    }
}
