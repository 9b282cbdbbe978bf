package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.regionaldoughnut.lake.Lookup;
import org.regionaldoughnut.model.OpenDimension;

/** What the sender wants done with a row, where the format says so in a column by SDMX's codes. */
final class RowAction {
    private static final String INFORMATION = "information";
    private static final String DELETE = "D";
    private static final Map<String, String> ACTIONS =
            new TreeMap<>(Map.of("A", "append", "R", "replace", DELETE, "delete", "M", "merge", "I", INFORMATION));
    private static final Column NOTHING = lit(null).cast("string");

    private final Optional<Column> received;

    /** @param received the column; none where the format has none, or the file leaves it out */
    RowAction(Optional<Column> received) {
        this.received = received;
    }

    /** Null where nothing is said, as in SDMX's "information": then the file is the whole table. */
    Column value() {
        Column known = known();
        return received.isEmpty() ? NOTHING : when(known.notEqual(lit(INFORMATION)), known);
    }

    /** Why the row cannot be kept: an action that is none. */
    Column reason() {
        return received.map(text -> when(
                        text.isNotNull().and(known().isNull()),
                        concat(
                                lit("Cannot tell what to do by '"),
                                text,
                                lit("': known are " + String.join(", ", ACTIONS.keySet()) + "."))))
                .orElse(NOTHING);
    }

    /** Whether rows may delete. */
    boolean mayDelete() {
        return received.isPresent();
    }

    /** Whether the row deletes: of what it leaves empty any value is meant. */
    Column deletes() {
        return received.map(text -> coalesce(upper(text).equalTo(lit(DELETE)), lit(false)))
                .orElse(lit(false));
    }

    /** @return the value, and where a row that deletes has none, that any is meant */
    Column orAny(Column value) {
        return orAny(value, OpenDimension.ANY);
    }

    Column orAny(Column value, String any) {
        return mayDelete() ? coalesce(value, when(deletes(), lit(any))) : value;
    }

    private Column known() {
        return received.map(text -> new Lookup(ACTIONS).of(upper(text))).orElse(NOTHING);
    }
}
