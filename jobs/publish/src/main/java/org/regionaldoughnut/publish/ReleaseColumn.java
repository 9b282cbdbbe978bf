package org.regionaldoughnut.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.office.Contract;

/** The columns of the released tables: those of the contracts, and what only a release has. */
final class ReleaseColumn {
    /** Not part of the content: the same figures computed by another run are the same release. */
    static final String RUN = "run";

    private static final Contract.Column PARTIAL = new Contract.Column(
            "partial",
            "string",
            "STRING",
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "Where a region lies in several regions of the next level: those regions, joined by a semicolon.");

    private ReleaseColumn() {}

    static List<Contract.Column> of(Contract contract) {
        List<Contract.Column> columns = new ArrayList<>(contract.columns());
        if (contract.id().equals("regions") && contract.column(PARTIAL.name()).isEmpty()) {
            columns.add(PARTIAL);
        }
        return columns;
    }
}
