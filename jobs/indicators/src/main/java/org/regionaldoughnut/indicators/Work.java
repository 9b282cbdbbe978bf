package org.regionaldoughnut.indicators;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import scala.Tuple2;

/**
 * Turns what was added up into estimates, unit by unit, on the workers: bundles in order of their units become rows of
 * {@code statistics.indicators}. Units are numbered by {@link Dispatch}.
 */
final class Work implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Portable<Given>> given;
    private final String[][] values;
    private final Dispatch dispatch;

    /** A part whose rows lie where they are needed. */
    record InPlace(int part, Scan scan, Matching matching) implements Serializable {
        ByYear byYear(Iterator<ColumnarBatch> batches, int values) {
            return new ByYear(new Feed(scan.reading(batches), matching.cells(), values), values);
        }
    }

    /**
     * All a unit has to know beside its rows.
     *
     * @param ofYears by slice of a year: its indicators
     */
    record Given(
            Plan plan,
            List<List<String>> ofYears,
            List<String> acrossYears,
            List<Region> regions,
            People people,
            Estimator.Conventions conventions,
            List<Request> requests,
            String run) {}

    /**
     * @param given sent to each worker once, not with each of its tasks
     * @param values by part of the rows: its value expressions
     */
    Work(Broadcast<Portable<Given>> given, List<List<String>> values, Dispatch dispatch) {
        this.given = given;
        this.values = values.stream().map(part -> part.toArray(String[]::new)).toArray(String[][]::new);
        this.dispatch = dispatch;
    }

    /** Rows of {@code statistics.indicators} from bundles alone. */
    Iterator<InternalRow> estimates(Iterator<Tuple2<Integer, byte[]>> bundles) {
        return new Estimates(given.value().get(), values(), dispatch, bundles, Optional.empty(), Optional.empty());
    }

    /** The same from bundles and from rows that lie by year. */
    Iterator<InternalRow> estimates(
            Iterator<Tuple2<Integer, byte[]>> bundles, InPlace inPlace, Iterator<ColumnarBatch> batches) {
        ByYear rows = inPlace.byYear(batches, values[inPlace.part()].length);
        return new Estimates(given.value().get(), values(), dispatch, bundles, Optional.of(inPlace), Optional.of(rows));
    }

    private List<List<String>> values() {
        return Arrays.stream(values).map(List::of).toList();
    }

    /**
     * One unit after the other, and of each one indicator after the other, so that little is kept in memory. The rows of a
     * unit are in the order of the table's key, so that a release, which is sorted, finds them in order.
     */
    private static final class Estimates implements Iterator<InternalRow> {
        private static final Comparator<Estimate> BY_KEY = Comparator.comparing(Estimate::breakdown)
                .thenComparing(Estimate::region)
                .thenComparing(Estimate::period);

        private final Given all;
        private final List<List<String>> values;
        private final Dispatch dispatch;
        private final RegionTree tree;
        private final RegionNumbers regions;
        private final Iterator<Tuple2<Integer, byte[]>> bundles;
        private final StatisticsTables.Estimated written;
        private final Optional<InPlace> inPlace;
        private final Optional<ByYear> rows;
        private final Set<Request> reused;
        private Optional<Tuple2<Integer, byte[]>> ahead;
        private Optional<Unit> unit = Optional.empty();
        private Iterator<String> indicators = Collections.emptyIterator();
        private String itsUnit = "";
        private Iterator<Estimate> current = Collections.emptyIterator();

        Estimates(
                Given all,
                List<List<String>> values,
                Dispatch dispatch,
                Iterator<Tuple2<Integer, byte[]>> bundles,
                Optional<InPlace> inPlace,
                Optional<ByYear> rows) {
            this.all = all;
            this.values = values;
            this.dispatch = dispatch;
            this.tree = new RegionTree(all.regions());
            this.regions = new RegionNumbers(tree);
            this.bundles = bundles;
            this.inPlace = inPlace;
            this.rows = rows;
            this.written = new StatisticsTables.Estimated(all.run());
            this.reused = all.plan().reused();
            this.ahead = read();
        }

        private Optional<Tuple2<Integer, byte[]>> read() {
            return bundles.hasNext() ? Optional.of(bundles.next()) : Optional.empty();
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext()) {
                if (indicators.hasNext()) {
                    String id = indicators.next();
                    List<Estimate> estimates =
                            new ArrayList<>(unit.orElseThrow().estimate(id));
                    estimates.sort(BY_KEY);
                    itsUnit = all.plan().indicators().get(id).unit();
                    current = estimates.iterator();
                } else if (ahead.isPresent() || rows.flatMap(ByYear::year).isPresent()) {
                    open();
                } else {
                    return false;
                }
            }
            return true;
        }

        private void open() {
            int number = Math.min(
                    ahead.map(Tuple2::_1).orElse(Integer.MAX_VALUE),
                    unitOfRows().orElse(Integer.MAX_VALUE));
            // what was measured for the unit before is let go of first
            unit = Optional.empty();
            unit = Optional.of(new Unit(all.plan(), tree, all.people(), all.conventions(), measured(number)));
            indicators = (number < 0
                            ? List.of(all.acrossYears().get(-number - 1))
                            : all.ofYears().get(dispatch.slice(number)))
                    .iterator();
        }

        private Optional<Integer> unitOfRows() {
            return rows.flatMap(ByYear::year).map(year -> dispatch.unit(Dispatch.OF_YEAR, year));
        }

        private Measures measured(int number) {
            Received received = new Received(values);
            while (ahead.filter(bundle -> bundle._1() == number).isPresent()) {
                received.add(ahead.get()._2());
                ahead = read();
            }
            Measures measures = new Measures(all.requests(), reused, regions);
            received.giveTo(measures);
            if (unitOfRows().filter(unit -> unit == number).isPresent()) {
                measures.add(
                        rows.orElseThrow().next(),
                        values.get(inPlace.orElseThrow().part()));
            }
            return measures;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return written.row(current.next(), itsUnit);
        }
    }
}
