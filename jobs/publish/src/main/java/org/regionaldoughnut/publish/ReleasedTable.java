package org.regionaldoughnut.publish;

import java.util.List;
import java.util.Objects;
import org.regionaldoughnut.office.Contract;

/**
 * A table of a release.
 *
 * @param contract whose columns it has
 * @param files relative to the release's folder
 * @param sha256 identity of the sorted values, without the name of the run
 */
public record ReleasedTable(String name, Contract contract, long rows, List<String> files, String sha256) {
    public ReleasedTable {
        Objects.requireNonNull(name);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(sha256);
        files = List.copyOf(files);
    }
}
