package org.regionaldoughnut.lake.columns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/** One column of a group of rows on its way into pages; null where the row has no value. */
final class Column {
    private final int ordinal;
    private final Taker taker;
    private final ColumnDescriptor descriptor;
    private final Encoding repeated;
    private final ValuesWriter present;
    private final ValuesWriter values;
    private final PageWriter pages;
    private Statistics<?> statistics;
    private int rows;

    /** Takes the value at a place of a row, where there is one. */
    private interface Taker {
        void take(InternalRow row, int ordinal, ValuesWriter values, Statistics<?> statistics);
    }

    private static final Taker INT = (row, ordinal, values, statistics) -> {
        int value = row.getInt(ordinal);
        values.writeInteger(value);
        statistics.updateStats(value);
    };

    private static final Map<DataType, Taker> OF_ONE_ROW = Map.of(
            DataTypes.DoubleType,
            (row, ordinal, values, statistics) -> {
                double value = row.getDouble(ordinal);
                values.writeDouble(value);
                statistics.updateStats(value);
            },
            DataTypes.IntegerType,
            INT,
            DataTypes.DateType,
            INT,
            DataTypes.LongType,
            (row, ordinal, values, statistics) -> {
                long value = row.getLong(ordinal);
                values.writeLong(value);
                statistics.updateStats(value);
            },
            DataTypes.BooleanType,
            (row, ordinal, values, statistics) -> {
                boolean value = row.getBoolean(ordinal);
                values.writeBoolean(value);
                statistics.updateStats(value);
            });

    /** @param ordinal its place in the rows */
    Column(int ordinal, DataType type, ColumnDescriptor descriptor, ParquetProperties properties, PageWriter pages) {
        this.ordinal = ordinal;
        this.taker = taker(type);
        this.descriptor = descriptor;
        this.repeated = properties.newRepetitionLevelWriter(descriptor).getEncoding();
        this.present = properties.newDefinitionLevelWriter(descriptor);
        this.values = type.equals(DataTypes.StringType) ? texts(properties) : properties.newValuesWriter(descriptor);
        this.pages = pages;
        beginPage();
    }

    private static Taker taker(DataType type) {
        if (type.equals(DataTypes.StringType)) {
            return new Texts();
        }
        if (type.equals(DataTypes.TimestampType)) {
            return new Times();
        }
        return Optional.ofNullable(OF_ONE_ROW.get(type))
                .orElseThrow(() -> new IllegalArgumentException("a column of " + type));
    }

    private static ValuesWriter texts(ParquetProperties properties) {
        return FallbackValuesWriter.of(
                new RepeatedTexts(properties),
                new PlainValuesWriter(
                        properties.getInitialSlabSize(), properties.getPageSizeThreshold(), properties.getAllocator()));
    }

    void add(InternalRow row) {
        rows++;
        if (row.isNullAt(ordinal)) {
            present.writeInteger(0);
            statistics.incrementNumNulls();
        } else {
            present.writeInteger(1);
            taker.take(row, ordinal, values, statistics);
        }
    }

    private void beginPage() {
        statistics = Statistics.createStats(descriptor.getPrimitiveType());
        rows = 0;
    }

    void endPage() throws IOException {
        // how the values are encoded is known once their bytes are
        BytesInput bytes = BytesInput.concat(present.getBytes(), values.getBytes());
        pages.writePage(bytes, rows, rows, statistics, repeated, present.getEncoding(), values.getEncoding());
        present.reset();
        values.reset();
        beginPage();
    }

    void end() throws IOException {
        if (rows > 0) {
            endPage();
        }
        DictionaryPage dictionary = values.toDictPageAndClose();
        if (dictionary != null) {
            pages.writeDictionaryPage(dictionary);
            values.resetDictionary();
        }
        values.close();
        present.close();
    }

    /** Of the pages that have ended. */
    long bytes() {
        return pages.getMemSize();
    }

    /** Most texts are the one of the row before, and of the others most are that which followed it before. */
    private static final class Texts implements Taker {
        private static final int MOST_KNOWN = 1 << 14;

        private final Map<UTF8String, Known> known = new HashMap<>();
        private UTF8String given;
        private Known last;

        private static final class Known {
            private final UTF8String text;
            private final Binary binary;
            private Known next;

            /** Of the page that it was counted in. */
            private Statistics<?> counted;

            Known(UTF8String text) {
                // the row may lie in a buffer that is used again
                byte[] bytes = text.getBytes();
                this.text = UTF8String.fromBytes(bytes);
                this.binary = Binary.fromConstantByteArray(bytes);
            }
        }

        @Override
        public void take(InternalRow row, int ordinal, ValuesWriter values, Statistics<?> statistics) {
            UTF8String its = row.getUTF8String(ordinal);
            if (its != given) {
                given = its;
                if (last == null || !its.equals(last.text)) {
                    Known next =
                            last != null && last.next != null && its.equals(last.next.text) ? last.next : known(its);
                    if (last != null) {
                        last.next = next;
                    }
                    last = next;
                }
            }
            if (last.counted != statistics) {
                statistics.updateStats(last.binary);
                last.counted = statistics;
            }
            values.writeBytes(last.binary);
        }

        private Known known(UTF8String text) {
            Known its = known.get(text);
            if (its == null) {
                if (known.size() == MOST_KNOWN) {
                    known.clear();
                }
                its = new Known(text);
                known.put(its.text, its);
            }
            return its;
        }
    }

    /** Most times are the one of the row before. */
    private static final class Times implements Taker {
        private static final int BYTES = 12;

        private long last;
        private Binary time = int96(0);

        @Override
        public void take(InternalRow row, int ordinal, ValuesWriter values, Statistics<?> statistics) {
            long micros = row.getLong(ordinal);
            if (micros != last) {
                last = micros;
                time = int96(micros);
            }
            values.writeBytes(time); // without statistics: 96 bits have no order
        }

        /** As Spark keeps times: nanoseconds of the day, and the Julian day. */
        private static Binary int96(long micros) {
            Tuple2<Object, Object> day = DateTimeUtils.toJulianDay(micros);
            ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong((Long) day._2()).putInt((Integer) day._1());
            return Binary.fromConstantByteArray(bytes.array());
        }
    }
}
