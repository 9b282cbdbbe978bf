package org.regionaldoughnut.publish;

import java.util.List;
import java.util.Objects;

/**
 * A table of a release.
 *
 * @param files relative to the release's folder
 * @param sha256 hash of the sorted values, without the name of the run
 */
public record ReleasedTable(String name, long rows, List<String> files, String sha256) {
    public ReleasedTable {
        Objects.requireNonNull(name);
        Objects.requireNonNull(sha256);
        files = List.copyOf(files);
    }
}
