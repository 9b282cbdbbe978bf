package org.regionaldoughnut.schedule.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.schedule.model.TryKey;
import org.regionaldoughnut.schedule.store.TickingClock;

class TaskLogsTest {
    @TempDir
    Path folder;

    private final TickingClock clock = new TickingClock(Instant.parse("2024-03-10T12:00:00Z"));
    private final TryKey key = new TryKey("dag", "manual__1", "task", 1);

    @Test
    void linesCarryTheirTimeAndAreReadOnFromWhereReadingStopped() {
        var logs = new TaskLogs(folder, clock, 1 << 20);
        try (var log = logs.open(key)) {
            log.line("one");
            var first = logs.read(key, 0);
            log.write("tw");
            log.write("o\nthree\n");

            assertThat(first.lines()).containsExactly(new LogLine(Optional.of(clock.instant()), "one"));
            assertThat(logs.read(key, first.next()).lines())
                    .extracting(LogLine::text)
                    .containsExactly("two", "three");
        }
    }

    @Test
    void aLogThatGrowsTooLargeIsRotated() throws Exception {
        var logs = new TaskLogs(folder, clock, 1000);
        try (var log = logs.open(key)) {
            for (var i = 0; i < 200; i++) {
                log.line("line " + i);
            }
        }
        var file = logs.file(key);
        assertThat(Files.size(file)).isLessThanOrEqualTo(1000);
        assertThat(file.resolveSibling("attempt=1.log.1")).exists();
        assertThat(logs.read(key, 0).lines()).last().extracting(LogLine::text).isEqualTo("line 199");
    }

    @Test
    void namesCannotLeaveTheFolder() {
        var logs = new TaskLogs(folder, clock, 1000);
        for (var name : new String[] {"../../etc", "a/b", "..", "x".repeat(300)}) {
            var file = logs.file(new TryKey(name, name, name, 1)).normalize();
            assertThat(file).startsWithRaw(folder.toAbsolutePath().normalize());
            assertThat(file.getNameCount())
                    .isEqualTo(folder.toAbsolutePath().normalize().getNameCount() + 4);
        }
    }

    @Test
    void oldLogsAreRemovedWithTheirEmptyFolders() throws Exception {
        var logs = new TaskLogs(folder, clock, 1000);
        try (var log = logs.open(key)) {
            log.line("old");
        }
        Files.setLastModifiedTime(
                logs.file(key), java.nio.file.attribute.FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));

        assertThat(logs.removeOlderThan(Duration.ofDays(30))).isOne();
        assertThat(folder).isEmptyDirectory();
    }
}
