package org.regionaldoughnut.indicators;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.TreeMap;
import scala.Tuple2;

/**
 * Adds up rows where they lie and bundles the sums by unit of work. Rows come with the columns of {@link Terms}; where
 * adding up makes few of many it goes on, where rows are nearly all different it is not tried again.
 */
final class Gathering implements Scan.Use<Tuple2<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private static final int MOST_PLACES = 1 << 16;

    /** So many rows a place are worth the look for it. */
    private static final int WORTHWHILE = 3;

    private final int part;
    private final int values;
    private final Matching matching;
    private final Dispatch dispatch;

    /**
     * @param part number of the part that the rows are of
     * @param values number of its value expressions
     */
    Gathering(int part, int values, Matching matching, Dispatch dispatch) {
        this.part = part;
        this.values = values;
        this.matching = matching;
        this.dispatch = dispatch;
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> of(Reading rows) {
        return new Bundles(new Feed(rows, matching.cells(), values));
    }

    private final class Bundles implements Iterator<Tuple2<Integer, byte[]>> {
        private final Feed rows;
        private boolean ended;
        private int[][] needing = new int[0][];
        private int[] yearsOfPeriods = new int[0];
        private final Tally tally = new Tally(values);
        private final Waiting waiting = new Waiting(tally, values);
        private final Map<Integer, Bundle> open = new HashMap<>();
        private final Queue<Tuple2<Integer, byte[]>> sealed = new ArrayDeque<>();
        private Bundle latest;
        private int latestUnit;
        private long gathered;
        private boolean worthwhile = true;

        Bundles(Feed rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (sealed.isEmpty() && !ended) {
                if (rows.next()) {
                    take();
                } else {
                    ended = true;
                    spread();
                    new TreeMap<>(open).forEach((unit, bundle) -> seal(unit, bundle));
                    open.clear();
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

        private void take() {
            for (int cell : rows.cells()) {
                int[] units = needing(cell);
                if (worthwhile || units.length != 1) {
                    gather(cell);
                } else if (dispatch.wants(units[0], rows.year())) {
                    int unit = dispatch.unit(units[0], rows.year());
                    Bundle bundle = bundle(unit);
                    rows.addTo(bundle, cell);
                    sealFull(unit, bundle);
                }
            }
        }

        private int[] needing(int cell) {
            if (cell >= needing.length) {
                int before = needing.length;
                needing = Arrays.copyOf(needing, rows.allCells().size());
                for (int next = before; next < needing.length; next++) {
                    needing[next] = dispatch.needing(rows.cell(next));
                }
            }
            return needing[cell];
        }

        private void gather(int cell) {
            int period = rows.period();
            if (period >= yearsOfPeriods.length) {
                yearsOfPeriods = Arrays.copyOf(yearsOfPeriods, 2 * period + 16);
            }
            yearsOfPeriods[period] = rows.year();
            rows.addTo(waiting, cell);
            gathered++;
            if (tally.size() >= MOST_PLACES) {
                worthwhile = gathered > (long) WORTHWHILE * MOST_PLACES;
                spread();
            }
        }

        private Bundle bundle(int unit) {
            if (latest == null || latestUnit != unit) {
                latest = open.computeIfAbsent(
                        unit, u -> new Bundle(part, rows.allCells(), rows.regions(), rows.periods()));
                latestUnit = unit;
            }
            return latest;
        }

        /** Every place goes to the units that need it. */
        private void spread() {
            waiting.enter();
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
