package org.regionaldoughnut.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.regionaldoughnut.office.Contract;

/** A column of a released table: the contract's, and what only a release has. */
record ReleaseColumn(Contract.Column contract, Type type) {
    private static final Contract.Column PARTIAL = new Contract.Column(
            "partial",
            "string",
            "STRING",
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "Where a region lies in several regions of the next level: those regions, joined by a semicolon.");

    ReleaseColumn {
        Objects.requireNonNull(contract);
        Objects.requireNonNull(type);
    }

    /** What a released column can hold, and the Spark SQL type it is read as. */
    enum Type {
        TEXT("string"),
        DOUBLE("double"),
        INTEGER("int"),
        BOOLEAN("boolean"),
        TIME("timestamp");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        private static Type of(Contract.Column column) {
            String physical = column.physicalType().toLowerCase(Locale.ROOT);
            for (Type type : values()) {
                if (type.sql.equals(physical)) {
                    return type;
                }
            }
            throw new IllegalArgumentException(
                    "column '" + column.name() + "' has the type " + physical + ", which is not released");
        }
    }

    static List<ReleaseColumn> of(Contract contract) {
        List<Contract.Column> columns = new ArrayList<>(contract.columns());
        if (contract.id().equals("regions") && contract.column(PARTIAL.name()).isEmpty()) {
            columns.add(PARTIAL);
        }
        return columns.stream()
                .map(column -> new ReleaseColumn(column, Type.of(column)))
                .toList();
    }

    String name() {
        return contract.name();
    }
}
