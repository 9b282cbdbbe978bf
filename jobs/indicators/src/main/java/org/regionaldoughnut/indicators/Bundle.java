package org.regionaldoughnut.indicators;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regionaldoughnut.lake.ExactSum;

/**
 * Places of a {@link Tally} on their way from the workers that read rows to the one that computes a unit of work: few
 * bytes each, many of them together. A bundle names the cells, regions, periods and vintages that it speaks of.
 */
final class Bundle {
    /** So large, a bundle is sent. */
    private static final int FULL = 1 << 20;

    private static final int LONGEST = 10;
    private static final int INTERVAL = Tally.INTERVAL;

    private final int part;
    private final Numbers<Terms.Cell> cells;
    private final Numbers<String> regions;
    private final Numbers<String> periods;
    private final List<Long> vintages = new ArrayList<>();
    private final Map<Long, Integer> vintageNumbers = new HashMap<>();
    private long lastVintage;
    private int lastVintageNumber = -1;
    private byte[] bytes = new byte[1 << 10];
    private int length;

    /** Things by the number that a worker gave them, and of those in this bundle by the number they have in it. */
    private static final class Numbers<T> {
        private final List<T> all;
        private final List<T> here = new ArrayList<>();
        private int[] numbers = new int[0];

        Numbers(List<T> all) {
            this.all = all;
        }

        int number(int name) {
            if (name >= numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, name + 16));
            }
            if (numbers[name] == 0) {
                here.add(all.get(name));
                numbers[name] = here.size();
            }
            return numbers[name] - 1;
        }
    }

    /**
     * @param part number of the part that the places are of
     * @param cells by the number that places have for them; the list may grow
     * @param regions the same
     * @param periods the same
     */
    Bundle(int part, List<Terms.Cell> cells, List<String> regions, List<String> periods) {
        this.part = part;
        this.cells = new Numbers<>(cells);
        this.regions = new Numbers<>(regions);
        this.periods = new Numbers<>(periods);
    }

    boolean isFull() {
        return length >= FULL;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** One row that nothing was added to. */
    void add(int cell, int region, int period, int status, long vintage, double[] intervals, double[] values) {
        begin(cell, region, period, 1, status, vintage);
        int flags = 0;
        for (int limit = 0; limit < INTERVAL; limit++) {
            flags |= Double.isNaN(intervals[limit]) ? 0 : 1 << limit;
        }
        put(flags);
        for (double interval : intervals) {
            if (!Double.isNaN(interval)) {
                putDouble(interval);
            }
        }
        for (double value : values) {
            if (Double.isNaN(value)) {
                put(0);
            } else {
                put(1);
                putDouble(value);
            }
        }
    }

    /** A place of the tally. */
    void add(Tally tally, int place, int values) {
        begin(
                tally.cell(place),
                tally.region(place),
                tally.period(place),
                tally.rows(place),
                tally.status(place),
                tally.vintage(place));
        int flags = 0;
        for (int limit = 0; limit < INTERVAL; limit++) {
            flags |= Double.isNaN(tally.interval(place, limit)) ? 0 : 1 << limit;
        }
        put(flags);
        for (int limit = 0; limit < INTERVAL; limit++) {
            if ((flags & 1 << limit) != 0) {
                putDouble(tally.interval(place, limit));
            }
        }
        for (int k = 0; k < values; k++) {
            long count = tally.count(place, k);
            putNumber(count);
            if (count > 0) {
                putDouble(tally.least(place, k));
            }
            if (count > 1) {
                putDouble(tally.most(place, k));
                int first = tally.firstPart(place, k);
                for (int part = 0; part < ExactSum.PARTS; part++) {
                    long sum = tally.parts()[first + part];
                    putNumber(sum << 1 ^ sum >> 63);
                }
            }
        }
    }

    private void begin(int cell, int region, int period, long rows, int status, long vintage) {
        putNumber(cells.number(cell));
        putNumber(regions.number(region));
        putNumber(periods.number(period));
        putNumber(rows);
        put(status);
        if (vintage != lastVintage || lastVintageNumber < 0) {
            lastVintageNumber = vintageNumbers.computeIfAbsent(vintage, v -> {
                vintages.add(v);
                return vintages.size() - 1;
            });
            lastVintage = vintage;
        }
        putNumber(lastVintageNumber);
    }

    private void put(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void putDouble(double value) {
        room(Double.BYTES);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    /** Seven bits a byte, the lowest first. */
    private void putNumber(long value) {
        room(LONGEST);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    byte[] sealed() {
        try (ByteArrayOutputStream sealed = new ByteArrayOutputStream(length + (1 << 10));
                DataOutputStream out = new DataOutputStream(sealed)) {
            out.writeInt(part);
            out.writeInt(cells.here.size());
            for (Terms.Cell cell : cells.here) {
                out.writeInt(cell.requests().size());
                for (int request : cell.requests()) {
                    out.writeInt(request);
                }
                write(cell.code(), out);
            }
            for (List<String> names : List.of(regions.here, periods.here)) {
                out.writeInt(names.size());
                for (String name : names) {
                    write(name, out);
                }
            }
            out.writeInt(vintages.size());
            for (long vintage : vintages) {
                out.writeLong(vintage);
            }
            out.write(bytes, 0, length);
            return sealed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The number of the part that a bundle is of. */
    static int part(byte[] bundle) {
        return ByteBuffer.wrap(bundle).getInt();
    }
}
