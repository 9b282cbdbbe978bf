package org.regionaldoughnut.schedule.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.schedule.model.TryKey;

/**
 * The log files: {@code dag_id=.../run_id=.../task_id=.../attempt=N.log}, each line with its time before it. A file that
 * grows beyond its limit is moved to {@code attempt=N.log.1}, so that a try keeps at most twice the limit.
 */
public final class TaskLogs {
    private static final int READ_AT_MOST = 4 << 20;

    private final Path folder;
    private final Clock clock;
    private final long limit;

    /** @param limit bytes of one file */
    public TaskLogs(Path folder, Clock clock, long limit) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
        this.limit = limit;
    }

    /** Where a try's log is, whether it has one or not. */
    public Path file(TryKey key) {
        return folder.resolve("dag_id=" + safe(key.dagId()))
                .resolve("run_id=" + safe(key.runId()))
                .resolve("task_id=" + safe(key.taskId()))
                .resolve("attempt=" + key.tryNumber() + ".log");
    }

    /** Where it is kept which process a try runs. */
    public Path processFile(TryKey key) {
        return processFile(file(key));
    }

    static Path processFile(Path log) {
        return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", ".pid"));
    }

    /** Names come from users: what is no plain name is told apart by its hash. */
    private static String safe(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9_.:+-]", "_");
        var same = plain.equals(name) && plain.length() <= 120 && !plain.startsWith(".");
        return same
                ? plain
                : "_" + plain.substring(0, Math.min(80, plain.length())) + "-"
                        + Hash.of(List.of(name)).substring(0, 12);
    }

    /** Opens a try's log to be written on. */
    public TaskLog open(TryKey key) {
        var file = file(key);
        try {
            Files.createDirectories(file.getParent());
            return new TaskLog(file, clock, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some lines, and where to read on. */
    public record Part(List<LogLine> lines, long next) {}

    /** @param from byte to read from, as told by the part before; 0 for the beginning */
    public Part read(TryKey key, long from) {
        var file = file(key);
        var lines = new ArrayList<LogLine>();
        if (!Files.isRegularFile(file)) {
            return new Part(lines, from);
        }
        try (var channel = Files.newByteChannel(file)) {
            var start = Math.min(Math.max(0, from), channel.size());
            channel.position(start);
            var buffer = java.nio.ByteBuffer.allocate((int) Math.min(READ_AT_MOST, channel.size() - start));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            var read = buffer.position();
            var end = lastLineEnd(buffer.array(), read);
            new String(buffer.array(), 0, end, StandardCharsets.UTF_8)
                    .lines()
                    .map(TaskLogs::line)
                    .forEach(lines::add);
            return new Part(lines, start + end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param from lines to pass over @param most lines to give */
    public List<LogLine> lines(TryKey key, long from, int most) {
        var found = new ArrayList<LogLine>();
        var passed = 0L;
        for (var part = read(key, 0); !part.lines().isEmpty() && found.size() < most; part = read(key, part.next())) {
            for (var line : part.lines()) {
                if (passed++ >= from && found.size() < most) {
                    found.add(line);
                }
            }
        }
        return found;
    }

    /** Whole lines only: the rest comes with the next part. A line longer than a part is given as it is. */
    private static int lastLineEnd(byte[] bytes, int length) {
        for (var i = length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return length == READ_AT_MOST ? length : 0;
    }

    private static LogLine line(String text) {
        var space = text.indexOf(' ');
        if (space > 0) {
            try {
                return new LogLine(Optional.of(Instant.parse(text.substring(0, space))), text.substring(space + 1));
            } catch (DateTimeException e) {
                return new LogLine(Optional.empty(), text);
            }
        }
        return new LogLine(Optional.empty(), text);
    }

    /** Removes logs that nobody has written on for so long. @return how many files */
    public int removeOlderThan(Duration age) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var before = clock.instant().minus(age);
        var removed = 0;
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isRegularFile(path)
                        && Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
                    Files.delete(path);
                    removed++;
                } else if (Files.isDirectory(path) && !path.equals(folder)) {
                    try (var inside = Files.list(path)) {
                        if (inside.findAny().isEmpty()) {
                            Files.delete(path);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return removed;
    }
}
