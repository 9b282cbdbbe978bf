package org.regionaldoughnut.indicators;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads rows that Spark has made. */
final class RowReading extends Reading {
    private final Iterator<InternalRow> rows;
    private InternalRow row;

    RowReading(Iterator<InternalRow> rows, int columns) {
        super(columns);
        this.rows = rows;
    }

    @Override
    boolean next() {
        row = rows.hasNext() ? rows.next() : null;
        return row != null;
    }

    @Override
    boolean isNull(int column) {
        return row.isNullAt(column);
    }

    @Override
    int text(int column) {
        return row.isNullAt(column) ? ABSENT : texts(column).number(row.getUTF8String(column));
    }

    @Override
    int integer(int column) {
        return row.getInt(column);
    }

    @Override
    long number(int column) {
        return row.getLong(column);
    }

    @Override
    double decimal(int column) {
        return row.getDouble(column);
    }
}
