package org.regionaldoughnut.indicators;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regionaldoughnut.lake.ExactSum;

/** Adds bundles of one part to one tally. */
final class OpenedBundles implements Added {
    private final int values;
    private final Tally tally;
    private final List<String> regions = new ArrayList<>();
    private final List<String> periods = new ArrayList<>();
    private final List<Terms.Cell> cells = new ArrayList<>();
    private final Map<Terms.Cell, Integer> cellNumbers = new HashMap<>();
    private final Map<String, Integer> regionNumbers = new HashMap<>();
    private final Map<String, Integer> periodNumbers = new HashMap<>();
    private final long[] parts = new long[ExactSum.PARTS];

    /** @param values number of value expressions */
    OpenedBundles(int values) {
        this.values = values;
        this.tally = new Tally(values);
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public List<Terms.Cell> cells() {
        return cells;
    }

    @Override
    public List<String> regions() {
        return regions;
    }

    @Override
    public List<String> periods() {
        return periods;
    }

    void add(byte[] bundle) {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        in.getInt();
        int[] itsCells = cells(in);
        int[] itsRegions = names(in, regions, regionNumbers);
        int[] itsPeriods = names(in, periods, periodNumbers);
        long[] vintages = new long[in.getInt()];
        for (int i = 0; i < vintages.length; i++) {
            vintages[i] = in.getLong();
        }
        while (in.hasRemaining()) {
            int cell = itsCells[(int) number(in)];
            int region = itsRegions[(int) number(in)];
            int place = tally.place(cell, region, itsPeriods[(int) number(in)]);
            long rows = number(in);
            int status = in.get();
            tally.add(place, rows, status, vintages[(int) number(in)]);
            int flags = in.get();
            for (int limit = 0; limit < Tally.INTERVAL; limit++) {
                if ((flags & 1 << limit) != 0) {
                    tally.addInterval(place, limit, in.getDouble());
                }
            }
            for (int k = 0; k < values; k++) {
                addValues(in, place, k);
            }
        }
    }

    private void addValues(ByteBuffer in, int place, int k) {
        long count = number(in);
        if (count == 1) {
            tally.addValue(place, k, in.getDouble());
        } else if (count > 1) {
            double least = in.getDouble();
            double most = in.getDouble();
            for (int part = 0; part < ExactSum.PARTS; part++) {
                long sum = number(in);
                parts[part] = sum >>> 1 ^ -(sum & 1);
            }
            tally.addSum(place, k, count, least, most, parts);
        }
    }

    private int[] cells(ByteBuffer in) {
        int[] here = new int[in.getInt()];
        for (int i = 0; i < here.length; i++) {
            List<Integer> requests = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                requests.add(in.getInt());
            }
            here[i] = cellNumbers.computeIfAbsent(new Terms.Cell(List.copyOf(requests), text(in)), cell -> {
                cells.add(cell);
                return cells.size() - 1;
            });
        }
        return here;
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getInt()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int[] names(ByteBuffer in, List<String> all, Map<String, Integer> numbers) {
        int[] here = new int[in.getInt()];
        for (int i = 0; i < here.length; i++) {
            here[i] = numbers.computeIfAbsent(text(in), name -> {
                all.add(name);
                return all.size() - 1;
            });
        }
        return here;
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next = in.get();
        while (next < 0) {
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
            next = in.get();
        }
        return value | (long) next << shift;
    }
}
