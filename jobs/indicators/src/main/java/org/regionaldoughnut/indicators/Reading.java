package org.regionaldoughnut.indicators;

/** Rows with the columns of {@link Terms}, one after the other. Texts are numbered by column, as they come. */
abstract class Reading {
    /** In place of the number of a text that is absent. */
    static final int ABSENT = -1;

    private final Texts[] texts;

    Reading(int columns) {
        texts = new Texts[columns];
        for (int column = 0; column < columns; column++) {
            texts[column] = new Texts();
        }
    }

    /** Goes on to the next row; false where there is none. */
    abstract boolean next();

    abstract boolean isNull(int column);

    /** Number of the text, or {@link #ABSENT}. */
    abstract int text(int column);

    abstract int integer(int column);

    abstract long number(int column);

    abstract double decimal(int column);

    Texts texts(int column) {
        return texts[column];
    }
}
