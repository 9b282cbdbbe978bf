package org.regionaldoughnut.lake.columns;

import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.io.api.Binary;

/** A dictionary of texts that does not look up one that is the very one before, or that which followed it before. */
final class RepeatedTexts extends PlainBinaryDictionaryValuesWriter {
    private static final int NONE = -1;

    private Binary last;
    private int itsNumber;

    /** By number: the text, and the number of that which followed it. */
    private Binary[] texts = new Binary[16];

    private int[] followers = new int[16];

    RepeatedTexts(ParquetProperties properties) {
        super(
                properties.getDictionaryPageSizeThreshold(),
                Encoding.RLE_DICTIONARY,
                Encoding.PLAIN,
                properties.getAllocator());
        Arrays.fill(followers, NONE);
    }

    @Override
    public void writeBytes(Binary text) {
        if (text == last) {
            encodedValues.add(itsNumber);
            return;
        }
        int before = itsNumber;
        int follower = last == null ? NONE : followers[before];
        if (follower != NONE && texts[follower] == text) {
            encodedValues.add(follower);
            itsNumber = follower;
        } else {
            super.writeBytes(text);
            itsNumber = binaryDictionaryContent.getInt(text);
            room(itsNumber);
            texts[itsNumber] = text;
            if (last != null) {
                followers[before] = itsNumber;
            }
        }
        last = text;
    }

    private void room(int number) {
        int room = texts.length;
        if (number >= room) {
            texts = Arrays.copyOf(texts, Math.max(2 * room, number + 1));
            followers = Arrays.copyOf(followers, texts.length);
            Arrays.fill(followers, room, followers.length, NONE);
        }
    }

    @Override
    protected void clearDictionaryContent() {
        super.clearDictionaryContent();
        last = null;
        Arrays.fill(texts, null);
        Arrays.fill(followers, NONE);
    }
}
