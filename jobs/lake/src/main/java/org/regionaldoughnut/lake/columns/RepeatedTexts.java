package org.regionaldoughnut.lake.columns;

import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.io.api.Binary;

/** A dictionary of texts that does not look up a text which is the very one before it. */
final class RepeatedTexts extends PlainBinaryDictionaryValuesWriter {
    private Binary last;
    private int itsNumber;

    RepeatedTexts(ParquetProperties properties) {
        super(
                properties.getDictionaryPageSizeThreshold(),
                Encoding.RLE_DICTIONARY,
                Encoding.PLAIN,
                properties.getAllocator());
    }

    @Override
    public void writeBytes(Binary text) {
        if (text == last) {
            encodedValues.add(itsNumber);
        } else {
            super.writeBytes(text);
            last = text;
            itsNumber = binaryDictionaryContent.getInt(text);
        }
    }

    @Override
    protected void clearDictionaryContent() {
        super.clearDictionaryContent();
        last = null;
    }
}
