package org.regionaldoughnut.indicators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/**
 * Adds up rows where they lie and bundles the sums by unit of work. Rows come with the columns of {@link Terms}; where
 * adding up makes few of many it goes on, where rows are nearly all different it is not tried again.
 */
final class Gathering implements PairFlatMapFunction<Iterator<InternalRow>, Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    private static final int MOST_PLACES = 1 << 16;

    /** So many rows a place are worth the look for it. */
    private static final int WORTHWHILE = 3;

    private final int part;
    private final int values;
    private final Portable<List<Request>> requests;
    private final Matching matching;
    private final Dispatch dispatch;

    /**
     * @param part number of the part that the rows are of
     * @param values number of its value expressions
     * @param requests all that are made
     */
    Gathering(int part, int values, List<Request> requests, Matching matching, Dispatch dispatch) {
        this.part = part;
        this.values = values;
        this.requests = Portable.of(requests);
        this.matching = matching;
        this.dispatch = dispatch;
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<InternalRow> rows) {
        return new Bundles(rows);
    }

    /** Texts of rows, numbered as they come; the same one often comes twice in a row. */
    private static final class Names {
        private final List<String> names = new ArrayList<>();
        private final List<UTF8String> texts = new ArrayList<>();
        private final Map<UTF8String, Integer> numbers = new HashMap<>();
        private int last = -1;

        int number(UTF8String name) {
            if (last < 0 || !texts.get(last).equals(name)) {
                Integer known = numbers.get(name);
                last = known == null ? newNumber(name.clone()) : known;
            }
            return last;
        }

        private int newNumber(UTF8String name) {
            texts.add(name);
            names.add(name.toString());
            numbers.put(name, names.size() - 1);
            return names.size() - 1;
        }
    }

    private final class Bundles implements Iterator<Tuple2<Integer, byte[]>> {
        private final Iterator<InternalRow> rows;
        private final Names regions = new Names();
        private final Names periods = new Names();
        private final Denominations denominations = new Denominations(requests.get());
        private final Matching.Cells cells = matching.cells(denominations);
        private int[][] needing = new int[0][];
        private int[] yearsOfPeriods = new int[0];
        private final Tally tally = new Tally(values);
        private final Map<Integer, Bundle> open = new TreeMap<>();
        private final Queue<Tuple2<Integer, byte[]>> sealed = new ArrayDeque<>();
        private final double[] intervals = new double[3];
        private final double[] own = new double[values];
        private Bundle latest;
        private int latestUnit;
        private long gathered;
        private boolean worthwhile = true;

        Bundles(Iterator<InternalRow> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (sealed.isEmpty() && rows.hasNext()) {
                take(rows.next());
                if (!rows.hasNext()) {
                    spread();
                    open.forEach((unit, bundle) -> seal(unit, bundle));
                    open.clear();
                    for (int partition = 0; partition < dispatch.numPartitions(); partition++) {
                        sealed.add(new Tuple2<>(Dispatch.ahead(partition), denominations.sealed()));
                    }
                }
            }
            return !sealed.isEmpty();
        }

        @Override
        public Tuple2<Integer, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return sealed.remove();
        }

        private void take(InternalRow row) {
            if (row.isNullAt(Terms.REGION) || row.isNullAt(Terms.PERIOD) || row.isNullAt(Terms.YEAR)) {
                return;
            }
            int[] its = cells.of(row.getLong(Terms.KEY), row, Terms.FIRST_VALUE + values);
            if (its.length == 0) {
                return;
            }
            int region = regions.number(row.getUTF8String(Terms.REGION));
            int period = periods.number(row.getUTF8String(Terms.PERIOD));
            int year = row.getInt(Terms.YEAR);
            remember(period, year);
            int status = Terms.precedence(row.isNullAt(Terms.STATUS) ? null : row.getUTF8String(Terms.STATUS));
            long vintage = row.getLong(Terms.VINTAGE);
            for (int limit = 0; limit < intervals.length; limit++) {
                intervals[limit] = number(row, Terms.LOWER + limit);
            }
            for (int k = 0; k < values; k++) {
                own[k] = number(row, Terms.FIRST_VALUE + k);
            }
            for (int cell : its) {
                int[] units = needing(cell);
                if (worthwhile || units.length != 1) {
                    gather(cell, region, period, status, vintage);
                } else if (dispatch.wants(units[0], year)) {
                    int unit = dispatch.unit(units[0], year);
                    Bundle bundle = bundle(unit);
                    bundle.add(cell, region, period, status, vintage, intervals, own);
                    sealFull(unit, bundle);
                }
            }
        }

        private int[] needing(int cell) {
            if (cell >= needing.length) {
                int before = needing.length;
                needing = Arrays.copyOf(needing, cells.size());
                for (int next = before; next < needing.length; next++) {
                    needing[next] = dispatch.needing(cells.get(next));
                }
            }
            return needing[cell];
        }

        private void gather(int cell, int region, int period, int status, long vintage) {
            int place = tally.place(cell, region, period);
            tally.add(place, 1, status, vintage);
            for (int limit = 0; limit < intervals.length; limit++) {
                if (!Double.isNaN(intervals[limit])) {
                    tally.addInterval(place, limit, intervals[limit]);
                }
            }
            for (int k = 0; k < values; k++) {
                if (!Double.isNaN(own[k])) {
                    tally.addValue(place, k, own[k]);
                }
            }
            gathered++;
            if (tally.size() == MOST_PLACES) {
                worthwhile = gathered > (long) WORTHWHILE * MOST_PLACES;
                spread();
            }
        }

        private void remember(int period, int year) {
            if (period >= yearsOfPeriods.length) {
                yearsOfPeriods = Arrays.copyOf(yearsOfPeriods, 2 * period + 16);
            }
            yearsOfPeriods[period] = year;
        }

        /** What is no finite number is no value. */
        private static double number(InternalRow row, int field) {
            double value = row.isNullAt(field) ? Double.NaN : row.getDouble(field);
            return Double.isInfinite(value) ? Double.NaN : value;
        }

        private Bundle bundle(int unit) {
            if (latest == null || latestUnit != unit) {
                latest = open.computeIfAbsent(unit, u -> new Bundle(part, cells.all(), regions.names, periods.names));
                latestUnit = unit;
            }
            return latest;
        }

        /** Every place goes to the units that need it. */
        private void spread() {
            for (int place = 0; place < tally.size(); place++) {
                int year = yearsOfPeriods[tally.period(place)];
                for (int needing : needing(tally.cell(place))) {
                    if (dispatch.wants(needing, year)) {
                        int unit = dispatch.unit(needing, year);
                        Bundle bundle = bundle(unit);
                        bundle.add(tally, place, values);
                        sealFull(unit, bundle);
                    }
                }
            }
            tally.clear();
            gathered = 0;
        }

        private void sealFull(int unit, Bundle bundle) {
            if (bundle.isFull()) {
                seal(unit, bundle);
                open.remove(unit);
                latest = null;
            }
        }

        private void seal(int unit, Bundle bundle) {
            if (!bundle.isEmpty()) {
                sealed.add(new Tuple2<>(unit, bundle.sealed()));
            }
        }
    }
}
