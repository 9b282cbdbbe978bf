package org.regionaldoughnut.office;

import java.nio.file.Path;

/** Something wrong in a configuration file. {@code line} is 1-based; 0 where the whole file is meant. */
public record Problem(Path file, int line, String message) implements Comparable<Problem> {

    /** {@code conf/uk/office.yaml:12: message}, the file relative to the working directory where it lies below it. */
    @Override
    public String toString() {
        Path here = Path.of("").toAbsolutePath();
        Path shown = file.toAbsolutePath().startsWith(here) ? here.relativize(file.toAbsolutePath()) : file;
        return shown + (line > 0 ? ":" + line : "") + ": " + message;
    }

    @Override
    public int compareTo(Problem other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : message.compareTo(other.message);
    }
}
