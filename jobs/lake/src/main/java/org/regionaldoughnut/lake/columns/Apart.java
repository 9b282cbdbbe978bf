package org.regionaldoughnut.lake.columns;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.regionaldoughnut.model.Hash;

/**
 * Rows that are kept in files of their own, so that who reads them alone need not look through the others: those whose
 * column has one of some texts.
 */
public record Apart(String column, Set<String> texts) implements Serializable {
    private static final String KEY = "doughnut.rows";

    public Apart {
        texts = Collections.unmodifiableSortedSet(new TreeSet<>(texts));
    }

    /** What a file says of its rows: that they are of these, or that none of them is. */
    Map<String, String> mark(boolean ofThese) {
        return Map.of(KEY, (ofThese ? "only:" : "without:") + name());
    }

    /** Whether a file so marked may have such rows. */
    public boolean mayBeIn(Map<String, String> marks) {
        return !mark(false).get(KEY).equals(marks.get(KEY));
    }

    Choice choice(StructType schema) {
        return new Choice(
                schema.fieldIndex(column),
                texts.stream().map(UTF8String::fromString).collect(Collectors.toSet()));
    }

    /** Tells whether rows are of these, one after the other. */
    static final class Choice {
        private final int ordinal;
        private final Set<UTF8String> texts;

        // of the row before
        private UTF8String last;
        private boolean was;

        private Choice(int ordinal, Set<UTF8String> texts) {
            this.ordinal = ordinal;
            this.texts = texts;
        }

        boolean of(InternalRow row) {
            UTF8String text = row.isNullAt(ordinal) ? null : row.getUTF8String(ordinal);
            if (text != last) {
                last = text;
                was = text != null && texts.contains(text);
            }
            return was;
        }
    }

    private String name() {
        List<String> all = new ArrayList<>(texts);
        all.add(0, column);
        return Hash.of(all);
    }
}
