package org.regionaldoughnut.schedule.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.regionaldoughnut.ledger.Holder;

/**
 * Which process a try runs, in a file beside its log. A node that is killed leaves its processes running: whoever takes
 * its tries over on the same machine stops them first, so that nothing is done twice at the same time.
 *
 * @param file is there while the process runs
 */
public record ProcessNote(Path file) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** A file that cannot be written does not stop the try: only what a killed node leaves behind is not found then. */
    void write(ProcessHandle process) {
        var started = process.info().startInstant().map(Instant::toString).orElse("");
        try {
            Files.writeString(file, Holder.thisProcess().host() + "\n" + process.pid() + "\n" + started + "\n");
        } catch (IOException e) {
            return;
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }

    /** Stops the process and what it has started, where it is on this machine and still the same. @return whether it was */
    public boolean stopLeftOver(Duration patience) {
        var left = read().filter(holder -> holder.livesOn(Holder.thisProcess().host()))
                .flatMap(holder -> ProcessHandle.of(holder.pid()));
        left.ifPresent(process -> stop(process, patience));
        remove();
        return left.isPresent();
    }

    private Optional<Holder> read() {
        try {
            var lines = Files.readAllLines(file);
            return Optional.of(new Holder(
                    lines.get(0),
                    Long.parseLong(lines.get(1)),
                    Optional.of(lines.get(2)).filter(text -> !text.isEmpty()).map(Instant::parse)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The gentle signal first, which lets Spark cancel its jobs; then the other. */
    static void stop(ProcessHandle process, Duration patience) {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        all.forEach(ProcessHandle::destroy);
        try {
            var end = System.nanoTime() + patience.toNanos();
            while (all.stream().anyMatch(ProcessNote::runs) && System.nanoTime() < end) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.stream().filter(ProcessNote::runs).forEach(ProcessHandle::destroyForcibly);
    }

    /** One that has ended and that nobody has asked for its end counts as alive, but has no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
