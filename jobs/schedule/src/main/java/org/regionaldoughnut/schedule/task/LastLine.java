package org.regionaldoughnut.schedule.task;

import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** Passes all on and remembers the last line that is not empty: what a task leaves for others. */
final class LastLine extends Writer {
    private static final int LONGEST = 64 << 10;

    private final Writer to;
    private final StringBuilder line = new StringBuilder();
    private String last = "";

    LastLine(Writer to) {
        this.to = to;
    }

    @Override
    public synchronized void write(char[] chars, int offset, int length) throws IOException {
        to.write(chars, offset, length);
        for (var i = offset; i < offset + length; i++) {
            if (chars[i] == '\n') {
                keep();
            } else if (line.length() < LONGEST) {
                line.append(chars[i]);
            }
        }
    }

    private void keep() {
        if (!line.toString().isBlank()) {
            last = line.toString().strip();
        }
        line.setLength(0);
    }

    synchronized Optional<String> last() {
        keep();
        return last.isEmpty() || last.length() >= LONGEST ? Optional.empty() : Optional.of(last);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    @Override
    public void close() {}
}
