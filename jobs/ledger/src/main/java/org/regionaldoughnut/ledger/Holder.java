package org.regionaldoughnut.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The process behind a lease.
 *
 * @param host its machine
 * @param pid its number there
 * @param started when it began; tells it from a later process with the same number
 */
public record Holder(String host, long pid, Optional<Instant> started) {
    /** The operating system derives the start of a process from a clock that may be set in between. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    public Holder {
        started = Checks.kept(started, "started");
    }

    public static Holder thisProcess() {
        var process = ProcessHandle.current();
        return new Holder(hostName(), process.pid(), process.info().startInstant());
    }

    /** Whether this is a process of our machine that is no more; of another machine nothing is known. */
    public boolean isGoneFrom(String ourHost) {
        if (!host.equals(ourHost)) {
            return false;
        }
        var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return true;
        }
        var begun = process.get().info().startInstant();
        return begun.isPresent()
                && started.isPresent()
                && Duration.between(begun.get(), started.get()).abs().compareTo(CLOCK_STEP) > 0;
    }

    /** Whether this is a process of our machine that lives, so that a late heartbeat means no more than a pause. */
    public boolean livesOn(String ourHost) {
        return host.equals(ourHost) && !isGoneFrom(ourHost);
    }

    /** The kernel's word for it where there is one: the resolver may be slow, and the environment may differ. */
    private static String hostName() {
        try {
            var named = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return named.isEmpty() ? "localhost" : named;
        } catch (IOException e) {
            return resolvedHostName();
        }
    }

    private static String resolvedHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
