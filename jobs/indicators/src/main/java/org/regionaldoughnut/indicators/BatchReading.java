package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads batches of columns as they come from files. Most texts come as places in a dictionary, and are looked at once for
 * each batch; to make rows of them would copy every one of them.
 */
final class BatchReading extends Reading {
    private static final int UNKNOWN = -2;
    private static final int NO_COLUMN = -1;

    private final Iterator<ColumnarBatch> batches;
    private final Expression[] columns;
    private final int[] mustBeNull;
    private final int[] mustBeAmong;
    private final int[][] among;
    private final BasePredicate condition;

    /** What is known of a column of a batch before its rows are looked at. */
    private enum Nulls {
        NONE,
        SOME,
        ALL;

        static Nulls of(ColumnVector vector, int rows) {
            if (!vector.hasNull()) {
                return NONE;
            }
            boolean all = vector instanceof ConstantColumnVector || rows == vector.numNulls();
            return all ? ALL : SOME;
        }

        static Nulls of(Expression computed) {
            if (computed instanceof Literal literal) {
                return literal.value() == null ? ALL : NONE;
            }
            return SOME;
        }
    }

    /** By column: that of the batch; {@link #NO_COLUMN} where it is computed. */
    private final int[] places;

    private final ColumnVector[] vectors;
    private final Nulls[] nulls;
    private final WritableColumnVector[] dictionaryPlaces;

    /** Columns that must be null, and are in some rows of the batch. */
    private final List<ColumnVector> mixed = new ArrayList<>();

    /** By column and place in its dictionary: numbers of texts. */
    private final int[][] numbers;

    private ColumnarBatch batch;
    private InternalRow computable;
    private int row;
    private int size;

    /**
     * @param columns over the columns of batches
     * @param wanted of the rows that count, over the columns of batches
     */
    BatchReading(Iterator<ColumnarBatch> batches, Expression[] columns, Wanted wanted) {
        super(columns.length);
        this.batches = batches;
        this.columns = columns;
        this.mustBeNull = wanted.mustBeNull();
        this.mustBeAmong = wanted.mustBeAmong().keySet().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        this.among = wanted.mustBeAmong().values().toArray(int[][]::new);
        this.condition = wanted.condition() == null ? null : Predicate$.MODULE$.create(wanted.condition());
        this.places = new int[columns.length];
        this.vectors = new ColumnVector[columns.length];
        this.nulls = new Nulls[columns.length];
        this.dictionaryPlaces = new WritableColumnVector[columns.length];
        this.numbers = new int[columns.length][0];
        for (int column = 0; column < columns.length; column++) {
            places[column] = columns[column] instanceof BoundReference reference ? reference.ordinal() : NO_COLUMN;
            nulls[column] = Nulls.of(columns[column]);
        }
    }

    @Override
    boolean next() {
        while (true) {
            row++;
            while (row >= size) {
                if (!batches.hasNext()) {
                    return false;
                }
                open(batches.next());
            }
            if (counts()) {
                return true;
            }
        }
    }

    private void open(ColumnarBatch next) {
        batch = next;
        size = next.numRows();
        row = 0;
        if (!mayCount()) {
            size = 0;
            return;
        }
        for (int column = 0; column < places.length; column++) {
            if (places[column] != NO_COLUMN) {
                ColumnVector vector = next.column(places[column]);
                vectors[column] = vector;
                nulls[column] = Nulls.of(vector, size);
                dictionaryPlaces[column] = vector instanceof WritableColumnVector writable && writable.hasDictionary()
                        ? writable.getDictionaryIds()
                        : null;
                Arrays.fill(numbers[column], UNKNOWN);
            }
        }
    }

    private boolean counts() {
        for (ColumnVector vector : mixed) {
            if (!vector.isNullAt(row)) {
                return false;
            }
        }
        for (int i = 0; i < mustBeAmong.length; i++) {
            ColumnVector vector = batch.column(mustBeAmong[i]);
            if (vector.isNullAt(row) || Arrays.binarySearch(among[i], vector.getInt(row)) < 0) {
                return false;
            }
        }
        computable = null;
        return condition == null || condition.eval(computable());
    }

    /** Whether a row may count at all; those that must be looked at one by one are kept. */
    private boolean mayCount() {
        mixed.clear();
        for (int column : mustBeNull) {
            ColumnVector vector = batch.column(column);
            Nulls its = Nulls.of(vector, size);
            if (its == Nulls.NONE) {
                return false;
            }
            if (its == Nulls.SOME) {
                mixed.add(vector);
            }
        }
        return true;
    }

    private InternalRow computable() {
        if (computable == null) {
            computable = batch.getRow(row);
        }
        return computable;
    }

    private Object computed(int column) {
        return columns[column].eval(computable());
    }

    @Override
    boolean isNull(int column) {
        if (nulls[column] != Nulls.SOME) {
            return nulls[column] == Nulls.ALL;
        }
        return places[column] == NO_COLUMN ? computed(column) == null : vectors[column].isNullAt(row);
    }

    @Override
    int text(int column) {
        if (places[column] == NO_COLUMN) {
            Object text = computed(column);
            return text == null ? ABSENT : texts(column).number((UTF8String) text);
        }
        if (isNull(column)) {
            return ABSENT;
        }
        ColumnVector vector = vectors[column];
        WritableColumnVector ids = dictionaryPlaces[column];
        if (ids != null) {
            return number(column, ids.getDictId(row));
        }
        return vector instanceof ConstantColumnVector
                ? number(column, 0)
                : texts(column).number(vector.getUTF8String(row));
    }

    /** @param place in the dictionary */
    private int number(int column, int place) {
        int[] known = numbers[column];
        if (place >= known.length) {
            known = Arrays.copyOf(known, 2 * place + 16);
            Arrays.fill(known, numbers[column].length, known.length, UNKNOWN);
            numbers[column] = known;
        }
        if (known[place] == UNKNOWN) {
            known[place] = texts(column).number(vectors[column].getUTF8String(row));
        }
        return known[place];
    }

    @Override
    int integer(int column) {
        return places[column] == NO_COLUMN ? (Integer) computed(column) : vectors[column].getInt(row);
    }

    @Override
    long number(int column) {
        return places[column] == NO_COLUMN ? (Long) computed(column) : vectors[column].getLong(row);
    }

    @Override
    double decimal(int column) {
        return places[column] == NO_COLUMN ? (Double) computed(column) : vectors[column].getDouble(row);
    }
}
