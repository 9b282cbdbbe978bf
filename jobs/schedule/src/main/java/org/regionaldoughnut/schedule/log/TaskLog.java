package org.regionaldoughnut.schedule.log;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** The log of one try while it is written. A log that cannot be written does not stop the try. */
public final class TaskLog extends Writer {
    private final Path file;
    private final Clock clock;
    private final long limit;
    private final StringBuilder begun = new StringBuilder();
    private Writer out;
    private long written;

    TaskLog(Path file, Clock clock, long limit) throws IOException {
        this.file = file;
        this.clock = clock;
        this.limit = limit;
        this.out = open();
        this.written = Files.size(file);
    }

    /** Where it is kept which process the try runs. */
    public Path processFile() {
        return TaskLogs.processFile(file);
    }

    private Writer open() throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public synchronized void line(String text) {
        write(text + "\n");
    }

    @Override
    public synchronized void write(char[] chars, int offset, int length) {
        for (var i = offset; i < offset + length; i++) {
            if (chars[i] == '\n') {
                writeLine();
            } else if (chars[i] != '\r') {
                begun.append(chars[i]);
            }
        }
    }

    @Override
    public synchronized void write(String text) {
        write(text.toCharArray(), 0, text.length());
    }

    private void writeLine() {
        var line = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + begun + "\n";
        begun.setLength(0);
        try {
            if (written + line.length() > limit && written > 0) {
                out.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                out = open();
                written = 0;
            }
            out.write(line);
            out.flush();
            written += line.length();
        } catch (IOException e) {
            begun.setLength(0);
        }
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        if (begun.length() > 0) {
            writeLine();
        }
        try {
            out.close();
        } catch (IOException e) {
            begun.setLength(0);
        }
    }
}
